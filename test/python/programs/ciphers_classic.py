import string
from collections import Counter
from itertools import cycle

ALPHABET = string.ascii_uppercase
ENGLISH = dict(zip("ETAOINSHRDLU", (12.7, 9.1, 8.2, 7.5, 7.0, 6.7, 6.3, 6.1, 6.0, 4.3, 4.0, 2.8)))


def caesar(text, by):
    table = str.maketrans(ALPHABET + ALPHABET.lower(),
                          ALPHABET[by % 26:] + ALPHABET[:by % 26] + (ALPHABET[by % 26:] + ALPHABET[:by % 26]).lower())
    return text.translate(table)


def crack(text):
    def score(by):
        counts = Counter(caesar(text, -by).upper())
        return sum(counts[char] * weight for char, weight in ENGLISH.items())
    return max(range(26), key=score)


def vigenere(text, key, sign=1):
    shifts = cycle(ALPHABET.index(char) for char in key.upper())
    return "".join(caesar(char, sign * next(shifts)) if char.isalpha() else char for char in text)


def rail_fence(text, rails):
    rows = [[] for _ in range(rails)]
    pattern = list(range(rails)) + list(range(rails - 2, 0, -1))
    for char, row in zip(text, cycle(pattern)):
        rows[row].append(char)
    return "".join(sum(rows, []))


def unfence(text, rails):
    order = rail_fence(range(len(text)), rails) if False else None
    places = sorted(range(len(text)), key=lambda i: (min(i % (2 * rails - 2), -i % (2 * rails - 2)), i))
    out = [""] * len(text)
    for place, char in zip(places, text):
        out[place] = char
    return "".join(out)


class Enigma:
    def __init__(self, wiring, start="AAA"):
        self.wiring = wiring
        self.at = [ALPHABET.index(char) for char in start]

    def turn(self):
        for i in reversed(range(3)):
            self.at[i] = (self.at[i] + 1) % 26
            if self.at[i]:
                break

    def press(self, char):
        self.turn()
        n = ALPHABET.index(char)
        for wires, at in zip(self.wiring, self.at):
            n = (ALPHABET.index(wires[(n + at) % 26]) - at) % 26
        n = 25 - n
        for wires, at in reversed(list(zip(self.wiring, self.at))):
            n = (wires.index(ALPHABET[(n + at) % 26]) - at) % 26
        return ALPHABET[n]

    def type(self, text):
        return "".join(map(self.press, text))


MORSE = dict(zip("SOETANI", ("...", "---", ".", "-", ".-", "-.", "..")))
text = "Attack at dawn; bring the eastern letters, Tom!"
secret = caesar(text, 7)
print(secret, crack(secret), caesar(secret, -crack(secret)) == text, caesar("xyz", 29), caesar("abc", -1))
print(vigenere(text, "Lemon"), vigenere(vigenere(text, "Lemon"), "Lemon", -1) == text)
print(rail_fence("WEAREDISCOVERED", 3), unfence(rail_fence("WEAREDISCOVERED", 3), 3))
wiring = ["EKMFLGDQVZNTOWYHXUSPAIBRCJ", "AJDKSIRUXBLHWTMCQGZNPYFVOE", "BDFHJLCPRTXVZNYEIWGAKMUSQO"]
coded = Enigma(wiring, "KTA").type("HELLOWORLD" * 3)
print(coded, Enigma(wiring, "KTA").type(coded))
print(" ".join(MORSE[c] for c in "SOS"), "".join({v: k for k, v in MORSE.items()}[m] for m in "- . -. -".split()))
xored = bytes(a ^ b for a, b in zip(b"secret text", cycle(b"key")))
print(xored.hex(), bytes(a ^ b for a, b in zip(xored, cycle(b"key"))).decode(), "Hello".translate({101: "3", ord("l"): None}))
