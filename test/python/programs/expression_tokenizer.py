import re
from typing import NamedTuple

SPEC = [("NUMBER", r"\d+(?:\.\d+)?"), ("NAME", r"[A-Za-z_]\w*"), ("OP", r"[-+*/()=^]"), ("SKIP", r"[ \t]+"), ("BAD", r".")]
PATTERN = re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in SPEC))


class Token(NamedTuple):
    kind: str
    text: str
    column: int


def tokenize(line):
    for match in PATTERN.finditer(line):
        kind = match.lastgroup
        if kind == "SKIP":
            continue
        if kind == "BAD":
            raise SyntaxError(f"unexpected {match.group()!r} at {match.start()}")
        yield Token(kind, match.group(), match.start())


for text in ["x = 3 * (y + 4.25)", "rate^2", "a $ b"]:
    try:
        for token in tokenize(text):
            print(f"{token.kind:<7}{token.text:<6}{token.column:>3}")
    except SyntaxError as error:
        print("error:", error)
first, *rest = tokenize("a+b")
print(first, len(rest), first._replace(column=9), Token._fields)
