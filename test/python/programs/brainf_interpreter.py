import sys


class ParseError(Exception):
    pass


def compile_source(source):
    program, stack = [], []
    for at, char in enumerate(source):
        if char in "+-":
            step = 1 if char == "+" else -1
            if program and program[-1][0] == "add":
                program[-1] = ("add", program[-1][1] + step)
            else:
                program.append(("add", step))
        elif char in "<>":
            step = 1 if char == ">" else -1
            if program and program[-1][0] == "move":
                program[-1] = ("move", program[-1][1] + step)
            else:
                program.append(("move", step))
        elif char == "[":
            stack.append((len(program), at))
            program.append(("open", None))
        elif char == "]":
            if not stack:
                raise ParseError(f"] at {at} closes nothing")
            start, _ = stack.pop()
            program[start] = ("skip", len(program))
            program.append(("back", start))
        elif char in ".,":
            program.append(("write" if char == "." else "read", None))
    if stack:
        raise ParseError(f"[ at {stack[-1][1]} is never closed")
    return program


def run(program, text=""):
    tape, at, ip, out, steps = [0] * 64, 0, 0, [], 0
    given = iter(text)
    while ip < len(program):
        match program[ip]:
            case ("add", n):
                tape[at] = (tape[at] + n) % 256
            case ("move", n):
                at += n
            case ("skip", to) if not tape[at]:
                ip = to
            case ("back", to) if tape[at]:
                ip = to
            case ("write", _):
                out.append(chr(tape[at]))
            case ("read", _):
                tape[at] = ord(next(given, "\0"))
        ip += 1
        steps += 1
    return "".join(out), steps


HELLO = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."
program = compile_source(HELLO)
print(len(HELLO), len(program), program[:4])
sys.stdout.write(run(program)[0])
print(run(program)[1])
print(run(compile_source(",[.,]"), "echo!"))
print(run(compile_source(",>,<[->+<]>."), "\x21\x20"))
for bad in ("[[]", "+]", "[+"):
    try:
        compile_source(bad)
    except ParseError as error:
        print(repr(bad), error)
