import textwrap


def justify(words, width):
    line, size = [], 0
    for word in words:
        if line and size + len(line) + len(word) > width:
            yield spread(line, width - size)
            line, size = [], 0
        line.append(word)
        size += len(word)
    if line:
        yield " ".join(line)


def spread(line, spaces):
    if len(line) == 1:
        return line[0]
    each, more = divmod(spaces, len(line) - 1)
    return "".join(word + " " * (each + (i < more)) for i, word in enumerate(line[:-1])) + line[-1]


def columns(texts, width, gap=" | "):
    blocks = [textwrap.wrap(text, width) or [""] for text in texts]
    height = max(map(len, blocks))
    for row in range(height):
        yield gap.join((block[row] if row < len(block) else "").ljust(width) for block in blocks)


def table(rows, align):
    widths = [max(len(str(cell)) for cell in column) for column in zip(*rows)]
    line = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    for i, row in enumerate(rows):
        if i < 2:
            yield line
        yield "|" + "|".join(f" {cell!s:{side}{width}} " for cell, side, width in zip(row, align, widths)) + "|"
    yield line


TEXT = ("The quick brown fox jumps over the lazy dog, whose extraordinarily-hyphenated patience "
        "is, as everybody knows, not infinite.")
for width in (24, 11):
    print("\n".join(f"[{line:<{width}}]" for line in justify(TEXT.split(), width)))
print(*columns([TEXT[:50], "short", TEXT[50:90]], 14), sep="\n")
print(*table([("item", "n", "price"), ("tea", 3, "4.50"), ("biscuits", 12, "11.00")], "<^>"), sep="\n")
print(textwrap.fill(TEXT, 40, initial_indent="* ", subsequent_indent="  "))
print(textwrap.wrap(TEXT, 20, break_on_hyphens=False, max_lines=3, placeholder=" ..."))
print(textwrap.shorten(TEXT, 30), textwrap.shorten("word", 3, placeholder="…"), sep="|")
print(textwrap.indent("a\n\n b\n", "> "), end="")
print(repr(textwrap.dedent("""
    def f():
        return 1
      # odd
""")), textwrap.wrap("supercalifragilistic", 6), textwrap.wrap("", 5))
print("a\tb\tcc\td".expandtabs(4), "|".join("x y  z".split(" ")), "end".rjust(6, ".") + "mid".center(8, "-"))
