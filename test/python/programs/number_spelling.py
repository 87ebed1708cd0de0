SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
GROUPS = ["", " thousand", " million", " billion", " trillion"]


def spell(n):
    if n < 0:
        return "minus " + spell(-n)
    if n < 20:
        return SMALL[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")
    if n < 1000:
        hundreds, rest = divmod(n, 100)
        return f"{SMALL[hundreds]} hundred" + (f" and {spell(rest)}" if rest else "")
    parts, level = [], 0
    while n:
        n, part = divmod(n, 1000)
        if part:
            parts.append(spell(part) + GROUPS[level])
        level += 1
    return ", ".join(reversed(parts))


def ordinal(n):
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


for n in (0, 7, 13, 40, 85, 100, 342, 1000, 90_017, -1_000_001, 123456789012):
    print(f"{n:>16,} {spell(n)}")
print([ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)])
try:
    spell(10**15)
except IndexError as error:
    print(error)
print(max(range(200), key=lambda n: len(spell(n))), sum(c.isalpha() for n in range(1, 101) for c in spell(n)))
