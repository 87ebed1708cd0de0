import re
text = "a" * 200000
while True:
    re.search(r"(.*a.*a.*a.*)x", text)
