import operator
import re
from functools import reduce


class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values))
        self.outer = outer

    def __missing__(self, name):
        if self.outer is None:
            raise NameError(f"unbound: {name}")
        return self.outer[name]

    def owner(self, name):
        return self if name in self or self.outer is None else self.outer.owner(name)


def read(text):
    stack = [[]]
    for token in re.findall(r"[()']|[^\s()']+", text):
        if token == "(":
            stack.append([])
        elif token == ")":
            if len(stack) == 1:
                raise SyntaxError("too many )")
            done = stack.pop()
            stack[-1].append(done)
        else:
            try:
                stack[-1].append(int(token))
            except ValueError:
                stack[-1].append(token)
    if len(stack) > 1:
        raise SyntaxError(f"{len(stack) - 1} lists are open")
    return stack[0]


def evaluate(x, env):
    while True:
        if isinstance(x, str):
            return env[x]
        if not isinstance(x, list):
            return x
        match x:
            case ["quote", value]:
                return value
            case ["if", test, then, *other]:
                x = then if evaluate(test, env) else (other[0] if other else None)
            case ["define", [name, *params], body]:
                env[name] = ("closure", params, body, env)
                return name
            case ["define", name, value]:
                env[name] = evaluate(value, env)
                return name
            case ["set!", name, value]:
                env.owner(name)[name] = evaluate(value, env)
                return None
            case ["lambda", params, body]:
                return ("closure", params, body, env)
            case ["let", pairs, body]:
                env = Env([n for n, _ in pairs], [evaluate(v, env) for _, v in pairs], env)
                x = body
            case ["begin", *steps, last]:
                for one in steps:
                    evaluate(one, env)
                x = last
            case [head, *args]:
                func, *values = [evaluate(one, env) for one in [head, *args]]
                if callable(func):
                    return func(*values)
                _, params, x, outer = func
                if len(params) != len(values):
                    raise TypeError(f"{head} takes {len(params)}, got {len(values)}")
                env = Env(params, values, outer)
            case []:
                return []


def show(x):
    if isinstance(x, list):
        return f"({' '.join(map(show, x))})"
    return {True: "#t", False: "#f", None: "nil"}.get(x, str(x)) if not isinstance(x, (tuple, int)) or isinstance(x, bool) else \
        "<closure>" if isinstance(x, tuple) else str(x)


BASE = Env()
BASE.update({"+": lambda *a: sum(a), "*": lambda *a: reduce(operator.mul, a, 1), "-": operator.sub, "<": operator.lt,
             "=": operator.eq, "list": lambda *a: list(a), "car": lambda l: l[0], "cdr": lambda l: l[1:],
             "cons": lambda a, l: [a, *l], "null?": lambda l: l == [], "nil": []})
PROGRAM = """
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 25)
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(loop 3000 0)
(define (map f l) (if (null? l) nil (cons (f (car l)) (map f (cdr l)))))
(map (lambda (x) (* x x)) (list 1 2 3 4))
(define counter (let ((n 0)) (lambda () (begin (set! n (+ n 1)) n))))
(counter) (counter)
(let ((x 2) (y 3)) (list x y (quote (a (b) 7)) (< x y)))
(fact 1 2)
(undefined 1)
fact
"""
for form in read(PROGRAM):
    try:
        print(show(evaluate(form, BASE)))
    except (NameError, TypeError) as error:
        print(type(error).__name__, error)
for bad in ("(a (b)", "a)"):
    try:
        read(bad)
    except SyntaxError as error:
        print(error)
