/** Text and bytes, and the modules about them: programs whose output is recorded from CPython 3.11. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/python/index.ts";

const read = (name: string): string => readFileSync(join(import.meta.dir, name), "utf8");

for (const name of ["uses_str", "uses_bytes", "uses_re", "uses_json", "uses_modules"]) {
  test(`run() does with text what CPython does: ${name}`, () => {
    const result = run(read(`${name}.py`), { filename: `${name}.py`, random: 1 });
    expect(result.ok ? undefined : result.error.text).toBeUndefined();
    expect(result.output).toBe(read(`${name}.out`));
  });
}

/** Asks for more than there is; each ends in MemoryError, OverflowError or ValueError, or uses the budget up. */
const BOMBS = [
  "'a' * 2**31 * 8",
  "'%1000000000d' % 1",
  "'%.1000000000f' % 1.5",
  "'{:1000000000}'.format('')",
  "f'{1:1000000000}'",
  "'a'.ljust(10**9)",
  "'a'.center(10**9)",
  "'1'.zfill(10**9)",
  "('\\t' * 10**6).expandtabs(10**6)",
  "('a' * 10**6).replace('', 'b' * 10**4)",
  "('x' * 10**5).join(['y'] * 10**5)",
  "bytes(10**10)",
  "b'a' * 10**10",
  "bytearray(b'ab').join([b'x' * 10**5] * 10**5)",
  "__import__('re').match('(.*a.*a.*a.*)x', 'a' * 10**5)",
  "int('9' * 10**6)",
  "str(10**10**6)",
  "__import__('json').dumps(['x' * 10**6] * 10**4)",
  "'😀' * 10**9",
  "'{0' + '[0]' * 10**7 + '}'",
];

for (const bomb of BOMBS) {
  test(`run() ends ${bomb} within its budget`, () => {
    const result = run(bomb, { maxSteps: 1e7, maxTimeMs: 2000, maxMemory: 2 ** 24 });
    if (result.ok) throw new Error("it went through");
    const { kind, exceptionType = "" } = result.error;
    expect(`${kind} ${exceptionType}`).toMatch(
      /^(limit|timeout) |MemoryError|OverflowError|ValueError/,
    );
  });
}
