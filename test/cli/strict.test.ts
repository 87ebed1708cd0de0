import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SPECS } from "../../src/cli/specs/index.ts";
import { declinesColor, parseArguments, quote, wantsHelp } from "../../src/cli/strict.ts";
import type { CommandSpec } from "../../src/commands/command.ts";
import { KataError } from "../../src/errors.ts";

function specOf(name: string): CommandSpec {
  const spec = SPECS.find((candidate) => candidate.name === name);
  if (spec === undefined) throw new Error(`no command ${name}`);
  return spec;
}

const RUN = specOf("run");

/** The error that arguments of `kata run` end in. */
function refusal(argv: readonly string[], spec: CommandSpec = RUN): KataError {
  try {
    parseArguments(spec, argv);
  } catch (error) {
    if (error instanceof KataError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(argv)}`);
}

describe("parseArguments() accepts", () => {
  test("values after a space and after an equals sign", () => {
    const args = parseArguments(RUN, ["softmax", "--device", "cpu", "--seed=7", "a.ts", "--bail"]);
    expect(args.text("selector")).toBe("softmax");
    expect(args.text("solution")).toBe("a.ts");
    expect(args.text("device")).toBe("cpu");
    expect(args.number("seed")).toBe(7);
    expect(args.has("bail")).toBe(true);
    expect(args.has("reference")).toBe(false);
    expect(args.text("filter")).toBeUndefined();
  });

  test("every value of a repeatable flag, in order", () => {
    const args = parseArguments(RUN, ["--reporter", "json", "--reporter=tap:a.tap"]);
    expect(args.list("reporter")).toEqual(["json", "tap:a.tap"]);
    expect(args.list("filter")).toEqual([]);
  });

  test("every value of a repeatable positional, among flags", () => {
    const args = parseArguments(specOf("merge"), ["a", "--out", "x", "b", "--", "-c"]);
    expect(args.list("logs")).toEqual(["a", "b", "-c"]);
    expect(args.text("out")).toBe("x");
    expect(refusal([], specOf("merge")).message).toBe("Missing argument <logs> for kata merge");
    expect(refusal(["a", ""], specOf("merge")).message).toBe(
      'Cannot parse <logs> "": value is empty',
    );
  });

  test("a value with an equals sign, a dash after the sign, and emoji", () => {
    const args = parseArguments(RUN, ["--filter=--a=b \u{1f680}", "--log=-"]);
    expect(args.text("filter")).toBe("--a=b \u{1f680}");
    expect(args.text("log")).toBe("-");
  });

  test("anything after -- as a positional", () => {
    const args = parseArguments(RUN, ["--bail", "--", "--device", "-x"]);
    expect(args.text("selector")).toBe("--device");
    expect(args.text("solution")).toBe("-x");
  });

  test("a flag without a value twice, and a lone dash as a positional", () => {
    const args = parseArguments(RUN, ["--bail", "--bail", "-"]);
    expect(args.has("bail")).toBe(true);
    expect(args.text("selector")).toBe("-");
  });

  test("--no-color with every command", () => {
    for (const spec of SPECS) {
      const required = spec.positionals
        .filter((each) => each.required === true)
        .map((each) => each.choices?.[0] ?? "x");
      expect(() => parseArguments(spec, ["--no-color", ...required])).not.toThrow();
    }
  });
});

describe("parseArguments() refuses", () => {
  const cases: [argv: string[], code: string, message: string, hint: string | undefined][] = [
    [["--bial"], "unknown-flag", 'Unknown flag "--bial" for kata run', "did you mean --bail?"],
    [["-b"], "unknown-flag", 'Unknown flag "-b" for kata run', "see kata run --help"],
    [["-1"], "unknown-flag", 'Unknown flag "-1" for kata run', "see kata run --help"],
    [["--=x"], "unknown-flag", 'Unknown flag "--" for kata run', "see kata run --help"],
    [["--exitZero"], "unknown-flag", 'Unknown flag "--exitZero"', "did you mean --exit-zero?"],
    [["--no-bail"], "unknown-flag", 'Unknown flag "--no-bail"', "see kata run --help"],
    [["--__proto__=1"], "unknown-flag", 'Unknown flag "--__proto__"', "see kata run --help"],
    [["--constructor"], "unknown-flag", 'Unknown flag "--constructor"', "see kata run --help"],
    [["--BAIL"], "unknown-flag", 'Unknown flag "--BAIL"', "did you mean --bail?"],
    [["--device"], "missing-value", "Flag --device needs a value: DEVICE", "see kata run --help"],
    [["--device="], "missing-value", "Flag --device needs a value: DEVICE", "see kata run --help"],
    [
      ["--device", ""],
      "missing-value",
      "Flag --device needs a value: DEVICE",
      "see kata run --help",
    ],
    [
      ["--reporter", "--json"],
      "missing-value",
      "Flag --reporter needs a value: NAME[:FILE]",
      "a value that begins with a dash is written --reporter=--json",
    ],
    [["--log", "--"], "missing-value", "Flag --log needs a value: FILE", undefined],
    [["--bail=1"], "unexpected-value", "Flag --bail takes no value", "see kata run --help"],
    [["--bail="], "unexpected-value", "Flag --bail takes no value", "see kata run --help"],
    [
      ["--seed", "1", "--seed=1"],
      "repeated-flag",
      "Flag --seed is given more than once",
      "see kata run --help",
    ],
    [
      ["--device=gpux"],
      "bad-value",
      'Cannot parse --device "gpux": expected auto, gpu, software or cpu',
      "did you mean gpu?",
    ],
    [["--lang", "rust"], "bad-value", 'Cannot parse --lang "rust": expected ts or py', undefined],
    [
      ["--jobs=-1"],
      "bad-value",
      'Cannot parse --jobs "-1": expected a whole number from 1 to 256',
      undefined,
    ],
    [["--jobs", "-1"], "bad-value", 'Cannot parse --jobs "-1"', undefined],
    [["--jobs", "1e9"], "bad-value", 'Cannot parse --jobs "1e9"', undefined],
    [["--jobs", "0"], "bad-value", 'Cannot parse --jobs "0"', undefined],
    [["--jobs", "0x10"], "bad-value", 'Cannot parse --jobs "0x10"', undefined],
    [["--jobs", " 3"], "bad-value", 'Cannot parse --jobs " 3"', undefined],
    [["--jobs", "\u0663"], "bad-value", 'Cannot parse --jobs "\u0663"', undefined],
    [["--timeout", "1.5"], "bad-value", 'Cannot parse --timeout "1.5"', undefined],
    [["--timeout", "9".repeat(400)], "bad-value", "Cannot parse --timeout", undefined],
    [["--seed", "4294967296"], "bad-value", 'Cannot parse --seed "4294967296"', undefined],
    [[""], "bad-value", 'Cannot parse <selector> "": value is empty', "see kata run --help"],
    [
      ["a", "b", "c"],
      "unexpected-argument",
      'Unexpected argument "c" for kata run',
      "see kata run --help",
    ],
    [
      ["a.ts", "b.ts", "c.ts"],
      "unexpected-argument",
      'Unexpected argument "c.ts" for kata run',
      "quote a glob, so that the shell does not expand it; see kata run --help",
    ],
    [["a", "b", ""], "unexpected-argument", 'Unexpected argument "" for kata run', undefined],
  ];
  for (const [argv, code, message, hint] of cases) {
    test(JSON.stringify(argv).slice(0, 60), () => {
      const error = refusal(argv);
      expect(error.code).toBe(code);
      expect(error.message).toStartWith(message);
      expect(error.exit).toBe(2);
      if (hint !== undefined) expect(error.hint).toBe(hint);
    });
  }

  test("a missing argument and a wrong choice among positionals", () => {
    expect(refusal([], specOf("show")).message).toBe("Missing argument <id> for kata show");
    const error = refusal(["evnts"], specOf("schema"));
    expect(error.message).toBe(
      'Cannot parse <name> "evnts": expected run, list, check, events, extensions, extension-check, py, manifest or config',
    );
    expect(error.hint).toBe("did you mean events?");
  });

  test("control characters and very long input without repeating them raw", () => {
    const { message } = refusal([`--\u001b[2J\u009b\u202e${"x".repeat(1_000_000)}`]);
    expect(message.length).toBeLessThan(200);
    expect(message).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

test("parseArguments() throws nothing but KataError whatever the arguments", () => {
  const flags = SPECS.flatMap((spec) => Object.keys(spec.flags)).map((name) => `--${name}`);
  const token = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(...flags, "--", "-", "", "=", "--=", "-h", "--help", "--no-color"),
    fc.tuple(fc.constantFrom(...flags), fc.string()).map(([flag, value]) => `${flag}=${value}`),
    fc.integer().map(String),
  );
  fc.assert(
    fc.property(fc.constantFrom(...SPECS), fc.array(token, { maxLength: 8 }), (spec, argv) => {
      try {
        const args = parseArguments(spec, argv);
        for (const [name, flag] of Object.entries(spec.flags)) {
          const number = args.number(name);
          if (flag.range === undefined || number === undefined) continue;
          expect(number).toBeWithin(flag.range[0], flag.range[1] + 1);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(KataError);
      }
    }),
    { numRuns: 2000 },
  );
});

test("parseArguments() takes a hundred thousand positionals without overflowing", () => {
  const many = Array.from({ length: 100_000 }, () => "x");
  expect(refusal(["--", ...many]).code).toBe("unexpected-argument");
  expect(refusal(many).code).toBe("unexpected-argument");
});

test("Arguments refuses names that its command does not define", () => {
  const args = parseArguments(RUN, []);
  expect(() => args.text("bogus")).toThrow(TypeError);
  expect(() => args.required("selector")).toThrow(TypeError);
});

test("wantsHelp() and declinesColor() stop at --", () => {
  expect(wantsHelp(["a", "-h"])).toBe(true);
  expect(wantsHelp(["--", "--help"])).toBe(false);
  expect(declinesColor(["--no-color"])).toBe(true);
  expect(declinesColor(["--", "--no-color"])).toBe(false);
});

test("quote() cuts and escapes", () => {
  expect(quote("a\nb")).toBe('"a\\nb"');
  expect(quote("x".repeat(81))).toBe(`"${"x".repeat(80)}\u2026"`);
  expect(quote("\u009b1m", false)).toBe("\\u009b1m");
});
