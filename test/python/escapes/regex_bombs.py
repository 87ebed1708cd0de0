import re
while True:
    re.compile("(?:" * 90 + "a" + "{50})" * 90)
    re.sub("", "x" * 10000, "y" * 10000)
