/** Loops whose bodies become functions of their own; the answers are CPython's. */
import { expect, test } from "bun:test";
import { compile, run } from "../../../src/python/index.ts";

/** Long enough to be worth a call, in terms of `i`. */
const HALF =
  "i * 3 + 1 - (i % 3) + (i & 7) - (i // 5) + i * i % 11 + (i ^ 5) % 9 + (i & 255) + i % 3";
const LONG = `${HALF} - (${HALF}) // 2`;

function bodies(source: string): string[] {
  return [...compile(source).code.matchAll(/\bb\d+=function\(([^)]*)\)/g)].map((one) => one[1]!);
}

function outputOf(source: string): string {
  const result = run(source, { filename: "t.py" });
  return result.ok ? result.output : `${result.output}${result.error.text}`;
}

test("outlined() passes what a body reads, and takes back what it changes and others read", () => {
  const source = `
def f(n, scale):
    total = count = 0
    for i in range(n):
        own = ${LONG} + scale
        if own % 4 == 0:
            continue
        total += own
        count += 1
    else:
        count += 1000
    return total, count, i

print(f(9, 2), f(20, 3))
`;
  expect(bodies(source)).toEqual(["v,l_scale,l_total,l_count,l_i"]);
  expect(outputOf(source)).toBe("(84, 1005, 8) (430, 1017, 19)\n");
});

test("outlined() leaves variables unbound that no turn has bound", () => {
  const source = `
def f(rows):
    for i in rows:
        if i > 2:
            late = ${LONG}
        own = ${LONG}
    return late + own

print(f([1, 3]))
f([1])
`;
  expect(bodies(source)).toHaveLength(1);
  expect(outputOf(source)).toBe(`32
Traceback (most recent call last):
  File "t.py", line 10, in <module>
    f([1])
  File "t.py", line 7, in f
    return late + own
           ^^^^
UnboundLocalError: cannot access local variable 'late' where it is not associated with a value
`);
});

test("outlined() adds no frame to tracebacks, and nothing to the depth of calls", () => {
  const source = `
import sys
sys.setrecursionlimit(120)
def f(n):
    for i in (n,):
        own = ${LONG}
        reached.append(n)
        f(n + 1 + own - own)
reached = []
try:
    f(0)
except RecursionError as error:
    print(len(reached), error)
def g(rows):
    for i in rows:
        own = ${LONG}
        own = 100 // (i - 2)
g([1, 2])
`;
  expect(bodies(source)).toHaveLength(2);
  expect(outputOf(source)).toBe(`119 maximum recursion depth exceeded
Traceback (most recent call last):
  File "t.py", line 18, in <module>
    g([1, 2])
  File "t.py", line 17, in g
    own = 100 // (i - 2)
          ~~~~^^~~~~~~~~
ZeroDivisionError: integer division or modulo by zero
`);
});

test("outlined() works on a module's own loops", () => {
  const source = `
total = 0
while total < 100:
    i = total + 1
    own = ${LONG}
    total += own
print(total, own, i)
`;
  expect(bodies(source)).toEqual([""]);
  expect(outputOf(source)).toBe("260 172 89\n");
});

for (const [why, line] of [
  ["is left by break", "if own > 9: break"],
  ["returns", "if own > 9: return own"],
  ["yields", "yield own"],
  ["catches", "try: own\n        except ValueError: pass"],
  ["asks for the variables around", "print(locals())"],
  ["makes functions that see its variables", "later = lambda: own"],
] as const) {
  test(`outlined() leaves a body where it is that ${why}`, () => {
    const source = `def f(n):\n    for i in range(n):\n        own = ${LONG} + i\n        ${line}\n`;
    expect(bodies(source)).toEqual([]);
  });
}
