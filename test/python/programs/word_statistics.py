import re
import string
from collections import Counter

TEXT = """It was a bright cold day in April, and the clocks were striking. The day was long;
the clocks -- all thirteen of them -- didn't agree. "Was it," she asked, "a day in April?" """

words = re.findall(r"[a-z']+", TEXT.lower())
counts = Counter(words)
print(counts.most_common(5))
print(sum(counts.values()), len(counts), counts["missing"])
for length, group in sorted(Counter(map(len, words)).items()):
    print(f"{length:>2} {'*' * group}")
letters = Counter(c for c in TEXT.lower() if c in string.ascii_lowercase)
print("".join(letter for letter, _ in sorted(letters.items(), key=lambda p: (-p[1], p[0]))))
print((counts & Counter(["day", "day", "day", "april"])).items())
other = Counter(a=3, b=1) - Counter(a=1, b=2, c=1)
other.update("abc")
other.subtract({"a": 5})
print(other, +other, sorted(other.elements()))
sentences = [s.strip() for s in re.split(r"[.?;]", TEXT) if s.strip()]
for sentence in sentences:
    print(len(sentence.split()), max(sentence.split(), key=len), sentence[:15].replace("\n", "/"))
print(TEXT.translate(str.maketrans("", "", string.punctuation)).split()[-6:])
print(string.Template("$who likes ${what}s, $$5").substitute(who="Ann", what="fig"))
