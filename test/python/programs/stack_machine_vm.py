import enum
import operator


class Op(enum.IntEnum):
    PUSH = 1
    ADD = enum.auto()
    SUB = enum.auto()
    MUL = enum.auto()
    DUP = enum.auto()
    SWAP = enum.auto()
    JMP = enum.auto()
    JZ = enum.auto()
    CALL = enum.auto()
    RET = enum.auto()
    PRINT = enum.auto()
    HALT = enum.auto()


ARGS = {Op.PUSH, Op.JMP, Op.JZ, Op.CALL}


def assemble(source):
    labels, code = {}, []
    for number, line in enumerate(source.strip().splitlines(), 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0].endswith(":"):
            labels[words.pop(0)[:-1]] = len(code)
        if not words:
            continue
        try:
            op = Op[words[0].upper()]
        except KeyError:
            raise SyntaxError(f"line {number}: no operation {words[0]!r}") from None
        code.append(op)
        if op in ARGS:
            code.append(words[1])
    return [labels.get(word, word) if isinstance(word, str) and not word.lstrip("-").isdigit()
            else int(word) if isinstance(word, str) else word for word in code]


def execute(code, limit=10_000):
    stack, calls, ip = [], [], 0
    binary = {Op.ADD: operator.add, Op.SUB: operator.sub, Op.MUL: operator.mul}
    for step in range(limit):
        op = code[ip]
        ip += 1
        arg = None
        if op in ARGS:
            arg, ip = code[ip], ip + 1
        if op is Op.PUSH:
            stack.append(arg)
        elif op in binary:
            b, a = stack.pop(), stack.pop()
            stack.append(binary[op](a, b))
        elif op is Op.DUP:
            stack.append(stack[-1])
        elif op is Op.SWAP:
            stack[-1], stack[-2] = stack[-2], stack[-1]
        elif op is Op.JMP or (op is Op.JZ and stack.pop() == 0):
            ip = arg
        elif op is Op.CALL:
            calls.append(ip)
            ip = arg
        elif op is Op.RET:
            ip = calls.pop()
        elif op is Op.PRINT:
            print(">", stack.pop())
        elif op is Op.HALT:
            return step, stack
    raise TimeoutError(f"no end in {limit} steps")


FACTORIAL = """
        push 1
        push 10        # result n
loop:   dup
        jz done
        dup
        call scale
        push 1
        sub
        jmp loop
scale:  swap           # result n n -> result*n n
        push 0
        add
        swap
        jmp times
times:  ret
done:   print
        print
        halt
"""
code = assemble(FACTORIAL)
print(code[:8], len(code), [op.name for op in Op if op > 9])
try:
    print(execute(code))
except Exception as error:
    print(type(error).__name__, error)
print(execute(assemble("push 6\npush 7\nmul\ndup\nprint\nhalt")))
for bad in ("push 1\npusch 2", "l: jmp l", "add"):
    try:
        execute(assemble(bad), 100)
    except (SyntaxError, TimeoutError, IndexError) as error:
        print(type(error).__name__, error)
