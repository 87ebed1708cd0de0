import { expect, test } from "bun:test";
import fc from "fast-check";
import { PLACEHOLDERS, type PromptValues, renderPrompt } from "../../src/extensions/prompt.ts";
import { splitWords } from "../../src/extensions/words.ts";

test.each([
  ["a b", ["a", "b"]],
  ["  a\t\nb  ", ["a", "b"]],
  ["", []],
  ["''", [""]],
  [`a'b c'"d e"f`, ["ab cd ef"]],
  [String.raw`"a\"b\\c\d" 'a\"b'`, [String.raw`a"b\c\d`, String.raw`a\"b`]],
  [String.raw`a\ b \* \$HOME`, ["a b", "*", "$HOME"]],
  ["'a|b;c' \"$HOME\"", ["a|b;c", "$HOME"]],
])("splitWords() cuts %j as a shell would", (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

test("splitWords() says what it cannot cut", () => {
  expect(splitWords("a 'b")).toEqual({ problem: "run has no closing '" });
  expect(splitWords('a "b\\"')).toEqual({ problem: 'run has no closing "' });
  for (const line of ["a | b", "a && b", "a > b", "a; b", "$A", "*.ts", "`a`", "(a)", "~/a", "a?"])
    expect(splitWords(line)).toHaveProperty("problem");
});

test("splitWords() gives quoted words back, whatever is in them", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      const line = words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(" ");
      expect(splitWords(line)).toEqual(words);
    }),
    { numRuns: 200 },
  );
});

test("renderPrompt() fills in names once, and leaves what a value holds", () => {
  const values = Object.fromEntries(
    PLACEHOLDERS.map((name) => [name, `<${name}>`]),
  ) as PromptValues;
  const hostile = { ...values, diff: "{{slot}} $& $1" };
  expect(renderPrompt("{{ slot }} {{kata.id}} {{other}} {{diff}}", hostile)).toBe(
    "<slot> <kata.id> {{other}} {{slot}} $& $1",
  );
});
