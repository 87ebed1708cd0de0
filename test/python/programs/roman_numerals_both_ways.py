PAIRS = list(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()))


class Roman(int):
    def __new__(cls, value):
        if isinstance(value, str):
            value = cls.parse(value)
        if not 0 < value < 4000:
            raise ValueError(f"{value} has no roman numeral")
        return super().__new__(cls, value)

    @staticmethod
    def parse(text):
        total, rest = 0, text.upper()
        for number, letters in PAIRS:
            while rest.startswith(letters):
                total += number
                rest = rest.removeprefix(letters)
        if rest or str(Roman(total)) != text.upper():
            raise ValueError(f"not a roman numeral: {text}")
        return total

    def __str__(self):
        out, rest = [], int(self)
        for number, letters in PAIRS:
            times, rest = divmod(rest, number)
            out.append(letters * times)
        return "".join(out)

    def __repr__(self):
        return f"Roman('{self}')"

    def __add__(self, other):
        return Roman(int(self) + int(other))

    __radd__ = __add__


print(Roman(1994), repr(Roman("mmxxiv")), Roman("IV") + 6, 3 + Roman(1), sum([Roman(5), Roman(6)]))
print(f"{Roman(14)!s:>6}|{Roman(14):>6}|{Roman(9) * 2}|{Roman(3) < 4}")
for bad in (0, 4000, "IIX", "abc", "IVIV"):
    try:
        Roman(bad)
    except ValueError as error:
        print(error)
print({Roman(5): "v"}[5], sorted([Roman(9), Roman(3), 7]))
