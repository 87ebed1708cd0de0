import re
while True:
    re.compile("(?:" * 90 + "a" + "{50}){50}" * 2 + ")" * 88)
    re.sub("", "x" * 10000, "y" * 10000)
