import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { cpuTime } from "../cpu-time.ts";
import { scanComments } from "../../src/catalog/comments.ts";
import type { Lang } from "../../src/events/event.ts";

function comments(source: string, lang: Lang): string[] {
  return scanComments(source, lang).comments.map(({ start, end }) => source.slice(start, end));
}

describe("scanComments with hostile text", () => {
  test("scanComments() never throws, keeps lengths and ends soon when the text is garbage", () => {
    const hostile = [
      "/[",
      "/*",
      "`${",
      "f'{",
      '"""',
      "\\",
      "#",
      "{",
      "}",
      "'",
      "/",
      "f'{x:",
      "\n",
      "(",
    ];
    for (const lang of ["ts", "py"] as const) {
      for (const piece of hostile) {
        for (const source of [piece, piece.repeat(2e5)]) {
          const start = cpuTime();
          const { code, bones } = scanComments(source, lang);
          expect([code.length, bones.length]).toEqual([source.length, source.length]);
          expect(cpuTime() - start).toBeLessThan(2000);
        }
      }
    }
  }, 60_000);

  test("scanComments() never throws and finds spans in order for any mix of tokens", () => {
    const token = fc.constantFrom(
      "//",
      "/*",
      "*/",
      "#",
      "'",
      '"',
      "`",
      "${",
      "}",
      "{",
      "\\",
      "\n",
      "\r\n",
      " ",
      "/",
      "[",
      "]",
      "f'",
      "rb'''",
      '"""',
      "x",
      "return",
      "if",
      "(",
      ")",
      ":",
      "++",
      "!",
      "=>",
      "\\N{",
      "\u2028",
    );
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 30 }),
        fc.constantFrom("ts", "py"),
        (parts, lang) => {
          const source = parts.join("");
          const { comments: found, literals, code, bones } = scanComments(source, lang);
          expect([code.length, bones.length]).toEqual([source.length, source.length]);
          for (const spans of [found, literals]) {
            let end = 0;
            for (const span of spans) {
              expect(span.start).toBeGreaterThanOrEqual(end);
              expect(span.end).toBeGreaterThan(span.start);
              end = span.end;
            }
            expect(end).toBeLessThanOrEqual(source.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("scanComments() finds no comment in a string, whatever the string", () => {
    const text = fc.string({ unit: fc.constantFrom(..."TODO#/* \\'\"`${}a\n") });
    const escaped = (value: string): string => JSON.stringify(`// TODO # ${value}`);
    fc.assert(
      fc.property(text, (value) => {
        const template = `\`${`/* TODO ${value}`.replace(/[\\`$]/g, "\\$&")}\``;
        expect(comments(`f(${escaped(value)}, ${template}); // end`, "ts")).toEqual(["// end"]);
        const triple = `"""# ${value.replace(/["\\]/g, "\\$&")}"""`;
        expect(comments(`f(${escaped(value)}, ${triple}) # end`, "py")).toEqual(["# end"]);
      }),
    );
  });
});

describe("scanComments of TypeScript", () => {
  test("scanComments() tells comments from what looks like them", () => {
    const cases: [string, string[]][] = [
      ["#!/usr/bin/env bun // x\n// a", ["#!/usr/bin/env bun // x", "// a"]],
      ["\uFEFF#!x\n", ["#!x"]],
      ["'//' // a", ["// a"]],
      ["'it\\'s //' /* b */", ["/* b */"]],
      ["'open // x\n// a", ["// a"]],
      ["'a\\\r\n// x' // a", ["// a"]],
      ["`// ${x + `/* ${'}'} */` /* in */} //` // a", ["/* in */", "// a"]],
      ["`${{ a: 1 }.a} // x`", []],
      ["`\\` // x` // a\u2028x", ["// a"]],
      ["`open // x", []],
      ["/[/*]/.test(x) // a", ["// a"]],
      ["/\\/[\\]/]*/g // a", ["// a"]],
      ["x = /'/; // a", ["// a"]],
      ["a / b // a", ["// a"]],
      ["a / b / c /* x */", ["/* x */"]],
      ["f(x) / '/' // a", ["// a"]],
      ["if (x) /'/.test(y) // a", ["// a"]],
      ["x.if (y) / 2 // '", ["// '"]],
      ["return /'/ // a", ["// a"]],
      ["o.return / 2 // '", ["// '"]],
      ["a[0] / 2 // '", ["// '"]],
      ["i++ / 2 // '", ["// '"]],
      ["x! / 2 // '", ["// '"]],
      ["x != /'/ // a", ["// a"]],
      ["!/'/.test(x) // a", ["// a"]],
      ["x = {} / 2 // '", ["// '"]],
      ["x = { y: {} / 2 } // '", ["// '"]],
      ["f(() => {}) /* a */", ["/* a */"]],
      ["{}\n/'/.test(x) // a", ["// a"]],
      ["case 1: {}\n/'/.test(x) // a", ["// a"]],
      ["x = /open\n// a", ["// a"]],
      ["/* open", ["/* open"]],
      ["/** doc\n * TODO */ x", ["/** doc\n * TODO */"]],
      ["class A { #p = 1; m() { return this.#p / 2; } } // a", ["// a"]],
      ["const a: Map<string, number> = new Map(); // a", ["// a"]],
      ["1 / 2 // '", ["// '"]],
    ];
    for (const [source, found] of cases)
      expect([source, comments(source, "ts")]).toEqual([source, found]);
  });

  test("scanComments() masks comments in code, and literals too in bones", () => {
    const source = "a('x\\n', `1\n${2}`); // c\n/* d\n */ /re/g";
    const { code, bones } = scanComments(source, "ts");
    expect(code).toBe("a('x\\n', `1\n${2}`);     \n    \n    /re/g");
    const quotes = (count: number): string => '"'.repeat(count);
    expect(bones).toBe(`a(${quotes(5)}, ${quotes(8)});     
    
    ${quotes(5)}`);
  });
});

describe("scanComments of Python", () => {
  test("scanComments() tells comments from what looks like them", () => {
    const cases: [string, string[]][] = [
      ["x = '#' # a", ["# a"]],
      ["x = 'it\\'s #' # a", ["# a"]],
      ["'open # x\n# a", ["# a"]],
      ["'a\\\r\n# x' # a", ["# a"]],
      ["'''\n# x\n''' # a", ["# a"]],
      ["r'\\' # x' # a", ["# a"]],
      ["rb'''# x''' # a", ["# a"]],
      ["nof'# x' # a", ["# a"]],
      ["f'{x[\"#\"]}' # a", ["# a"]],
      ["f'{x['#']}' # a", ["# a"]],
      ["f'{{# {x}}}' # a", ["# a"]],
      ["f'{x:#>{w}}#' # a", ["# a"]],
      ["f'{x:{'#'}}' # a", ["# a"]],
      ["f'{ {1: [2]}[1] }#' # a", ["# a"]],
      ["f'{x:open' # a", ["# a"]],
      ["f'\\N{NUMBER SIGN} #' # a", ["# a"]],
      ["f'\\{x}#' # a", ["# a"]],
      ["rf'\\{x}#' # a", ["# a"]],
      ["f'''{\n x # in\n}#''' # a", ["# in", "# a"]],
      ["f'} #' # a", ["# a"]],
      ["f'{open # a", ["# a"]],
      ["'''open # x", []],
      ["# a\r# b", ["# a", "# b"]],
      ["x\\\n# a", ["# a"]],
    ];
    for (const [source, found] of cases)
      expect([source, comments(source, "py")]).toEqual([source, found]);
  });
});
