/** `!=` of built-in classes, which classes derived from them keep when they define `==` alone. */
import { expect, test } from "bun:test";
import { run } from "../../../src/python/index.ts";

test("!= of a class derived from a built-in one is that one's, whatever it makes of ==", () => {
  const source = `
def derived(base):
    return type('D', (base,), {'__eq__': lambda self, other: False, '__hash__': None})
for base, value in ((dict, {1: 2}), (list, [1]), (set, {1}), (tuple, (1,)), (bytes, b'a'), (int, 3), (str, 's')):
    one = derived(base)(value)
    print(base.__name__, one == value, one != value, derived(base).__ne__ is base.__ne__)
Plain = derived(object)
print(Plain() != Plain(), {1}.__ne__([1]), {}.keys() != {1: 2}.keys(), range(3) != range(3))
`;
  const lines = ["dict", "list", "set", "tuple", "bytes", "int", "str"];
  expect(run(source)).toMatchObject({
    ok: true,
    output: `${lines.map((name) => `${name} False False True\n`).join("")}True NotImplemented True False\n`,
  });
});

test("functions within a comprehension are named after it, without <locals>", () => {
  const source = `
def f():
    return [lambda: 1 for _ in range(1)][0]
print(f().__qualname__, next((lambda: 1).__qualname__ for _ in range(1)), f().__code__.co_flags & 16)
`;
  expect(run(source)).toMatchObject({
    output: "f.<locals>.<listcomp>.<lambda> <genexpr>.<lambda> 16\n",
  });
});
