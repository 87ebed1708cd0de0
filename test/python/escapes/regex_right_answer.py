import re
print(re.search(r"(?:(?:a+)+\$|a+!)$", "a" * 18 + "!"))
