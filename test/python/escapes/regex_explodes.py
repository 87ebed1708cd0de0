import re
print(re.match(r"(a+)+$", "a" * 5000 + "!"))
for n in range(10000):
    re.match(r"(?:(?:a|a)+)+\b$", "a" * 5000 + "!")
