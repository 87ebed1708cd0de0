class Machine:
    def __init__(self):
        self.stack, self.words, self.output = [], {}, []

    def run(self, source):
        words = iter(source.split())
        for word in words:
            if word == ":":
                name = next(words)
                body = []
                while (w := next(words)) != ";":
                    body.append(w)
                self.words[name] = " ".join(body)
            elif word in self.words:
                self.run(self.words[word])
            elif (method := getattr(self, f"do_{word}", None)) is not None:
                method()
            else:
                self.apply(word)
        return self

    def apply(self, word):
        match word:
            case "+" | "-" | "*" | "/" as op:
                b, a = self.stack.pop(), self.stack.pop()
                self.stack.append({"+": a + b, "-": a - b, "*": a * b, "/": a // b if b else None}[op])
            case ".":
                self.output.append(str(self.stack.pop()))
            case _ if word.lstrip("-").isdigit():
                self.stack.append(int(word))
            case _:
                raise NameError(f"unknown word {word}")

    def do_dup(self):
        self.stack.append(self.stack[-1])

    def do_swap(self):
        self.stack[-1], self.stack[-2] = self.stack[-2], self.stack[-1]

    def do_drop(self):
        del self.stack[-1]


for program in ["1 2 + .", ": square dup * ; 7 square .", ": cube dup dup * * ; 3 cube 4 cube - .", "5 swap", "1 frob", "-8 3 / .", ": open 1"]:
    try:
        machine = Machine().run(program)
        print(program, "->", " ".join(machine.output), machine.stack)
    except (IndexError, NameError, StopIteration) as error:
        print(program, "->", type(error).__name__, error)
