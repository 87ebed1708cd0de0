import unicodedata
from collections import Counter

TEXTS = ["naïve café", "Straße", "ΣΊΣΥΦΟΣ", "İstanbul", "e\u0301\u0301", "日本語テキスト", "👩\u200d👩\u200d👧 family", "ﬁne ﬀ"]


def strip_accents(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def clusters(text):
    groups = []
    for char in text:
        joins = groups and (unicodedata.combining(char) or char == "\u200d" or groups[-1].endswith("\u200d"))
        if joins:
            groups[-1] += char
        else:
            groups.append(char)
    return groups


for text in TEXTS:
    print(f"{text!r} {len(text)} {len(text.encode())} {len(text.encode('utf-16-le')) // 2} {len(clusters(text))}")
    print("   ", text.upper(), text.lower(), text.title(), text.casefold(), text.swapcase(), sep=" | ")
    print("   ", strip_accents(text), ascii(text), [unicodedata.category(c) for c in text[:4]], sep=" | ")
print("straße".casefold() == "STRASSE".casefold(), "ß".upper().lower(), "ǆ".title(), "ŉ".upper())
print(unicodedata.normalize("NFKC", "ﬁ①²"), unicodedata.name("☃"), unicodedata.lookup("GREEK SMALL LETTER PI"))
print([c.isdigit() for c in "1²½٣"], [c.isdecimal() for c in "1²½٣"], [c.isnumeric() for c in "1²½٣"], int("٣٤"), float("١.٥"))
print("x\u2028y\x85z\x1cw".splitlines(), "a\u3000b\xa0c".split(), "\u200b ".strip() == "\u200b")
print("😀".encode("utf-8"), b"\xf0\x9f\x98\x80".decode(), [hex(ord(c)) for c in "a😀"], chr(0x10ffff).encode("utf-8"))
for data, errors in [(b"ab\xffcd", "replace"), (b"ab\xffcd", "ignore"), (b"\xe2\x82", "backslashreplace"), (b"\xff", "strict")]:
    try:
        print(data.decode("utf-8", errors))
    except UnicodeDecodeError as error:
        print(error, error.start, error.reason)
for text, codec in [("é", "ascii"), ("☃", "latin-1"), ("\ud800", "utf-8")]:
    try:
        text.encode(codec)
    except UnicodeEncodeError as error:
        print(error)
print("é☃".encode("ascii", "xmlcharrefreplace"), "é☃".encode("ascii", "namereplace"), "日本".encode("utf-16"))
print(Counter(unicodedata.category(c) for c in "".join(TEXTS)).most_common(3), "ab" < "aé" < "b" < "é" < "😀")
print("│".join(f"{word:^9}" for word in ("né", "日本", "a😀b")), "x".ljust(4, "·"), "ı".upper(), "K".lower() == "k")
