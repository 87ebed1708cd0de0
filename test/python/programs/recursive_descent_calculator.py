import operator

OPERATORS = {"+": (1, operator.add), "-": (1, operator.sub), "*": (2, operator.mul), "/": (2, operator.truediv), "//": (2, operator.floordiv), "%": (2, operator.mod), "**": (3, operator.pow)}


class Parser:
    def __init__(self, text):
        for symbol in ("**", "//"):
            text = text.replace(symbol, f" {'^' if symbol == '**' else '_'} ")
        for symbol in "+-*/%()":
            text = text.replace(symbol, f" {symbol} ")
        self.tokens = [{"^": "**", "_": "//"}.get(t, t) for t in text.split()]
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        token = self.peek()
        self.at += 1
        return token

    def atom(self):
        token = self.take()
        if token is None:
            raise ValueError("unexpected end")
        if token == "(":
            value = self.expression(0)
            if self.take() != ")":
                raise ValueError("missing )")
            return value
        if token == "-":
            return -self.expression(2)
        return float(token) if "." in token else int(token)

    def expression(self, least):
        left = self.atom()
        while (entry := OPERATORS.get(self.peek())) and entry[0] >= least:
            level, apply = entry
            self.take()
            left = apply(left, self.expression(level if apply is operator.pow else level + 1))
        return left


for text in ["1 + 2 * 3", "(1 + 2) * 3", "2 ** 3 ** 2", "-7 // 2", "7 % 4 - 10 / 4", "2 * (3", "", "1 / 0", "1.5 * x", "-2 ** 2", "10 - 4 - 3"]:
    try:
        print(f"{text!r:>20} = {Parser(text).expression(0)}")
    except (ValueError, ZeroDivisionError) as error:
        print(f"{text!r:>20} ! {error}")
