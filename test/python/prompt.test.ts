/** Which lines a prompt waits for: CPython's prompt does so too. */
import { expect, test } from "bun:test";
import { needsMore } from "../../src/python/index.ts";

const OPEN = [
  "if x:\n",
  "if x:\n  y\n",
  "if x: y\n",
  "x = [1,\n",
  "x = (\n\n",
  "'''a\n",
  "f'''{x}\n",
  "@f\n",
  "@f\n@g(1)\n",
  "try:\n  x\n",
  "x = 1 + \\\n",
  "class A:\n  def f(self):\n",
  "match x:\n",
  "async def f():\n  pass\n",
];

const WHOLE = [
  "x = 1\n",
  "match = 3\n",
  "if x:\n  y\n\n",
  "x = [1,\n2]\n",
  "'''a\nb'''\n",
  "@f\ndef g(): pass\n\n",
  "# nothing\n",
  "x = = 1\n",
  "'a\n",
  "if x\n",
  "if x:\n\n",
  "try:\n  x\n\n",
  "else:\n",
  "return\n",
  "class A:\n  x = 1\n   y = 2\n",
];

test("needsMore() waits for what is open, and for the empty line after a block", () => {
  for (const source of OPEN)
    expect({ source, more: needsMore(source) }).toEqual({ source, more: true });
});

test("needsMore() takes what is whole, or wrong for good", () => {
  for (const source of WHOLE) {
    expect({ source, more: needsMore(source) }).toEqual({ source, more: false });
  }
});
