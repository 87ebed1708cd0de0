import re
from collections import namedtuple

Token = namedtuple("Token", "kind text at")
SPEC = [("num", r"\d+(?:\.\d+)?"), ("name", r"[A-Za-z_]\w*"), ("op", r"\*\*|[-+*/%()=,?:<>!]=?"),
        ("space", r"\s+"), ("bad", r".")]
PATTERN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in SPEC))
BINDING = {"?": (2, 1), "=": (2, 1), "<": (3, 4), ">": (3, 4), "==": (3, 4), "+": (5, 6), "-": (5, 6), "*": (7, 8),
           "/": (7, 8), "%": (7, 8), "**": (12, 11), "(": (14, 0)}


def tokens(text):
    for match in PATTERN.finditer(text):
        if match.lastgroup == "bad":
            raise SyntaxError(f"unexpected {match.group()!r} at {match.start()}")
        if match.lastgroup != "space":
            yield Token(match.lastgroup, match.group(), match.start())
    yield Token("end", "", len(text))


class Parser:
    def __init__(self, text):
        self.tokens = list(tokens(text))
        self.i = 0

    @property
    def now(self):
        return self.tokens[self.i]

    def take(self, text=None):
        token = self.now
        if text is not None and token.text != text:
            raise SyntaxError(f"expected {text!r} at {token.at}, found {token.text or 'the end'!r}")
        self.i += 1
        return token

    def parse(self):
        tree = self.expression(0)
        if self.now.kind != "end":
            raise SyntaxError(f"nothing should follow at {self.now.at}")
        return tree

    def expression(self, least):
        token = self.take()
        if token.kind == "num":
            left = float(token.text) if "." in token.text else int(token.text)
        elif token.kind == "name":
            left = token.text
        elif token.text in ("-", "!"):
            left = (token.text, self.expression(9))
        elif token.text == "(":
            left = self.expression(0)
            self.take(")")
        else:
            raise SyntaxError(f"no expression at {token.at}")
        while (power := BINDING.get(self.now.text)) and power[0] >= least:
            op = self.take().text
            if op == "(":
                args = []
                while self.now.text != ")":
                    args.append(self.expression(0))
                    if self.now.text != ")":
                        self.take(",")
                self.take(")")
                left = ("call", left, *args)
            elif op == "?":
                middle = self.expression(0)
                self.take(":")
                left = ("?", left, middle, self.expression(power[1]))
            else:
                left = (op, left, self.expression(power[1]))
        return left


def show(tree):
    return f"({' '.join(map(show, tree))})" if isinstance(tree, tuple) else str(tree)


for text in ("1 + 2 * 3", "2 ** 3 ** 2", "-x ** 2", "a = b = c + 1", "f(x, g(1), )", "a < b ? c : d ? e : f",
             "(1 + 2) * -3.50", "1 +", "(1", "1 $ 2", "f(1 2)", "a b"):
    try:
        print(f"{text:<24}", show(Parser(text).parse()))
    except SyntaxError as error:
        print(f"{text:<24} error: {error}")
