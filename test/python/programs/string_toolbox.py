text = "  The Quick\tbrown-Fox, naïve café ☕ 42%  "
print(repr(text.strip()), text.split(), text.strip().partition(","), text.count("n"), text.find("zebra"))
print(text.title(), text.swapcase(), "straße".upper(), "İ".lower().encode(), "ǆ".title(), sep="|")
print([c for c in "a1 ²½é_中" if c.isalpha()], [c for c in "1²½" if c.isdigit()], "½".isnumeric(), "中".isidentifier())


def caesar(message, shift):
    def turn(c):
        if c.isascii() and c.isalpha():
            base = ord("a") if c.islower() else ord("A")
            return chr((ord(c) - base + shift) % 26 + base)
        return c
    return "".join(map(turn, message))


def is_palindrome(phrase):
    letters = [c for c in phrase.casefold() if c.isalnum()]
    return letters == letters[::-1]


def run_length(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out.append(f"{s[i]}{j - i if j - i > 1 else ''}")
        i = j
    return "".join(out)


secret = caesar("Hello, World é!", 3)
print(secret, caesar(secret, -3), is_palindrome("A man, a plan: Panama!"), is_palindrome("no"), run_length("aaabccd"))
print("%-10s|%5.1f|%+d|%x|%c|%%|%r" % ("left", 3.14159, 5, 255, "z", "q"), "{:*^9}|{:>5}|{:<5}|{:,}".format("mid", "r", "l", 1234567))
print("a,b,,c".split(","), "a  b ".split(" "), "x".join("abc"), "one\ntwo\r\nthree".splitlines(True), "abc".zfill(5), "-4".zfill(5))
print("tacocat"[::-2], "abc" * 2 < "abd", "Z" < "a", sorted("bAc", key=str.lower), max("apple", "fig", key=len), "é" == "e\u0301")
print("ab\tc".expandtabs(4), "xxhixx".strip("x"), "prefix-body".removeprefix("prefix-"), "a.b.c".rsplit(".", 1), "aXbX".replace("X", "-", 1))
print(f"{'nested ' + f'{1 + 1}'!r:>15} {3.0!s} {10:{'>'}{6}} {7=} {[x for x in 'ab']}")
