/** What is asked of both: cases by hand, and random ones of a seed. */
import { floatJson } from "./operations.ts";

/** An operation's name and the JSON of its arguments. */
export type Job = [operation: string, ...args: unknown[]];

interface Random {
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  chance(p: number): boolean;
}

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    below: (n) => Math.floor(next() * n),
    pick: (list) => list[Math.floor(next() * list.length)]!,
    chance: (p) => next() < p,
  };
}

const ALPHABETS: readonly (readonly number[])[] = [
  Array.from("ab", (c) => c.codePointAt(0)!),
  Array.from("abcXYZ 019_-+.\t\n\r'\"\\{}%", (c) => c.codePointAt(0)!),
  Array.from("aA ßſİıŉǅΣσςßéÀǆΐﬃ։Ა௧²½Ⅷ\u0345\u00ad\u0301 \u2028\x85\x1c\x0b", (c) =>
    c.codePointAt(0)!,
  ),
  [97, 98, 0x1f600, 0x1d7d8, 0x10400, 0x10428, 0xd800, 0xdc80, 0xdfff, 0x20, 0x3a3, 0x10ffff],
];

/** JSON of a str of code points. */
function strJson(points: readonly number[]): unknown {
  return points.some((p) => p > 0xffff || (p >= 0xd800 && p < 0xe000))
    ? { w: points }
    : String.fromCharCode(...points);
}

function points(r: Random, most: number): number[] {
  const size = r.below(most + 1);
  const alphabet = r.pick(ALPHABETS);
  const anywhere = r.chance(0.1);
  return Array.from({ length: size }, () =>
    anywhere ? r.below(r.chance(0.5) ? 0x3000 : 0x110000) : r.pick(alphabet),
  );
}

function str(r: Random, most = 12): unknown {
  return strJson(points(r, most));
}

/** A part of a text, mostly. */
function textAndPart(r: Random): [unknown, unknown] {
  const all = points(r, 24);
  if (r.chance(0.2)) return [strJson(all), str(r, 3)];
  const start = r.below(all.length + 1);
  return [strJson(all), strJson(all.slice(start, start + r.below(4)))];
}

function float(r: Random): number {
  switch (r.below(9)) {
    case 0:
      return r.pick([
        0,
        -0,
        1,
        -1,
        0.5,
        1.5,
        2.5,
        Infinity,
        -Infinity,
        NaN,
        5e-324,
        1e16,
        1e-4,
        1e22,
      ]);
    case 1:
      return (r.below(2001) - 1000) / 2 ** r.below(8);
    case 2:
      return (r.below(200001) - 100000) / 10 ** r.below(6);
    case 3:
      return Number(`${r.below(1000)}e${r.below(640) - 330}`);
    case 4:
      return r.below(2 ** 32) * 2 ** r.below(60);
    case 5:
      return (r.below(20) + 0.5) * 10 ** r.below(20);
    default: {
      const cell = new DataView(new ArrayBuffer(8));
      cell.setUint32(0, r.below(2 ** 32));
      cell.setUint32(4, r.below(2 ** 32));
      return cell.getFloat64(0);
    }
  }
}

function floatOf(r: Random): unknown {
  const value = float(r);
  return value !== value ? { f: "7ff8000000000000" } : floatJson(value);
}

function int(r: Random): unknown {
  if (r.chance(0.7)) return r.below(2 ** (1 + r.below(50))) * (r.chance(0.3) ? -1 : 1) + 0;
  const hex = Array.from({ length: 14 + r.below(30) }, () => r.below(16).toString(16)).join("");
  const value = BigInt(`0x1${hex}`);
  return { i: `${r.chance(0.3) ? "-" : ""}0x${value.toString(16)}` };
}

function bound(r: Random): unknown {
  return r.chance(0.3) ? null : r.below(32) - 10;
}

function spec(r: Random): unknown {
  let text = "";
  if (r.chance(0.3)) text += r.pick(["*", "é", "0", "<", "", "x"]) + r.pick(["<", ">", "=", "^"]);
  if (r.chance(0.2)) text += r.pick(["+", "-", " "]);
  if (r.chance(0.1)) text += "z";
  if (r.chance(0.15)) text += "#";
  if (r.chance(0.2)) text += "0";
  if (r.chance(0.5)) text += String(r.below(25));
  if (r.chance(0.25)) text += r.pick([",", "_", ",", "_", ",_", "_,", ",,"]);
  if (r.chance(0.4))
    text += `.${r.pick(["", ...Array.from({ length: 30 }, (_, i) => String(i)), "120", "800"])}`;
  if (r.chance(0.8)) text += r.pick(Array.from("bcdeEfFgGnosxX%dfgegfqz\x01é"));
  if (r.chance(0.02)) text += r.pick(["x", "1", " "]);
  return text;
}

function numberText(r: Random): string {
  const digit = (): string => r.pick(["0", "1", "2", "5", "7", "9", "٣", "_", "a", "f", "0"]);
  const digits = (most: number): string => Array.from({ length: r.below(most) }, digit).join("");
  const parts = [
    r.pick(["", "", " ", "\u2003", "\n"]),
    r.pick(["", "", "-", "+"]),
    r.pick(["", "", "", "0x", "0b", "0o", "0X_"]),
    digits(8).replaceAll(r.chance(0.8) ? /[_af]/g : /[^\d_]/g, ""),
    r.pick(["", "", ".", ".5", "e5", "e-3", "E+1_0", "p3", "inf", "nan", "Infinity"]),
    digits(4).replaceAll(r.chance(0.9) ? /[_af]/g : "z", ""),
    r.pick(["", "", " ", "\x1f", "\0"]),
  ];
  return parts.filter(() => r.chance(0.8)).join("");
}

function percent(r: Random): Job {
  const values: unknown[] = [];
  let format = "";
  for (let i = r.below(4); i >= 0; i--) {
    format += r.pick(["", "a", "é", "%%", " "]);
    if (r.chance(0.15)) continue;
    format += "%";
    if (r.chance(0.03)) format += r.pick(["(a)", "(b", "(c(d))"]);
    for (const flag of "-+ #0") if (r.chance(0.15)) format += flag;
    if (r.chance(0.4)) format += r.below(15);
    else if (r.chance(0.1)) {
      format += "*";
      values.push(r.below(20) - 8);
    }
    if (r.chance(0.3)) format += `.${r.pick(["", r.below(20)])}`;
    else if (r.chance(0.06)) {
      format += ".*";
      values.push(r.below(20) - 4);
    }
    if (r.chance(0.05)) format += r.pick(["l", "h", "L", "ll"]);
    const type = r.pick(Array.from("sradiuoxXeEfFgGcz%"));
    format += type;
    if (type === "%") continue;
    if ("sra".includes(type)) values.push(r.pick([str(r), int(r), floatOf(r)]));
    else if ("eEfFgG".includes(type)) values.push(r.chance(0.9) ? floatOf(r) : int(r));
    else if (type === "c") values.push(r.pick([str(r, 1), r.below(300), floatOf(r)]));
    else values.push(r.chance(0.9) ? int(r) : r.pick([floatOf(r), "x"]));
  }
  if (r.chance(0.03)) values.pop();
  if (r.chance(0.03)) values.push(1);
  return ["percent", format, { t: values }];
}

function template(r: Random): Job {
  const name = (): string =>
    r.pick([
      "",
      "",
      "0",
      "1",
      "2",
      "a",
      "b",
      "a.b",
      "0.x",
      "0[3]",
      "a[k]",
      "a[",
      "0.",
      "[x]",
      "0[a]b",
    ]) + (r.chance(0.1) ? r.pick([".c", "[7]", "[-1]", "[]", "[a}b]"]) : "");
  const field = (depth: number): string => {
    const inner = depth > 0 && r.chance(0.3) ? field(depth - 1) : r.pick(["", "5", ">3", "}"]);
    const conversion = r.chance(0.2) ? `!${r.pick(["r", "s", "a", "z", "", "rr"])}` : "";
    return `{${name()}${conversion}${r.chance(0.3) ? `:${inner}` : ""}}`;
  };
  let text = "";
  for (let i = r.below(4); i >= 0; i--) {
    text += r.pick(["", "x", "é", "{{", "}}", "x"]);
    text += r.chance(0.9) ? field(3) : r.pick(["{", "}", "{a", "{a!", "{a:", "{a!r"]);
  }
  return ["template", text, 3, ["a", "b"]];
}

const ENCODINGS = [
  "utf-8",
  "UTF8",
  "utf-8-sig",
  "ascii",
  "latin-1",
  "utf-16",
  "utf-16-le",
  "utf_16_be",
  "utf-32",
  "utf-32le",
  "utf-32-be",
];
const HANDLERS = [
  "strict",
  "ignore",
  "replace",
  "backslashreplace",
  "surrogateescape",
  "surrogatepass",
  "xmlcharrefreplace",
  "namereplace",
  "foo",
];

function bytes(r: Random): unknown {
  const all = [
    0, 0x61, 0x7f, 0x80, 0xbf, 0xc1, 0xc3, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xf0, 0x90, 0xf4, 0xf5,
    0xff, 0xd8, 0xdc, 0xfe, 0xbb,
  ];
  const size = r.below(12);
  return {
    b: Buffer.from(Array.from({ length: size }, () => (r.chance(0.2) ? 0 : r.pick(all)))).toString(
      "hex",
    ),
  };
}

const KINDS =
  "isalpha isalnum isdecimal isdigit isnumeric isidentifier islower isupper istitle isspace isprintable isascii".split(
    " ",
  );
const CASES = "upper lower title capitalize swapcase casefold".split(" ");

const MAKERS: readonly ((r: Random) => Job)[] = [
  percent,
  template,
  (r) => ["format", r.pick([int(r), floatOf(r), str(r), { c: [floatOf(r), floatOf(r)] }]), spec(r)],
  (r) => ["format", floatOf(r), spec(r)],
  (r) => ["format", int(r), spec(r)],
  (r) => [
    "repr",
    r.pick([floatOf(r), str(r), bytes(r), floatOf(r), { c: [floatOf(r), floatOf(r)] }]),
  ],
  (r) => ["ascii", str(r)],
  (r) => ["int", numberText(r), r.pick([10, 10, 0, 16, 2, 8, 36, 7])],
  (r) => ["float", numberText(r)],
  (r) => ["complex", complexText(r)],
  (r) => ["round", floatOf(r), r.below(40) - 10],
  (r) => [r.pick(["roundInt", "trunc", "ratio", "hex"]), floatOf(r)],
  (r) => ["fromhex", hexText(r)],
  (r) => ["slice", str(r), bound(r), bound(r), r.pick([1, 1, -1, 2, -2, 3, 7, null])],
  (r) => [
    r.pick(["find", "rfind", "index", "rindex", "count"]),
    ...textAndPart(r),
    bound(r),
    bound(r),
  ],
  (r) => [r.pick(["startswith", "endswith"]), ...textAndPart(r), bound(r), bound(r)],
  (r) => [
    r.pick(["contains", "removeprefix", "removesuffix", "partition", "rpartition", "compare"]),
    ...textAndPart(r),
  ],
  (r) => ["replace", ...textAndPart(r), str(r, 3), r.below(6) - 1],
  (r) => {
    const [text, part] = textAndPart(r);
    return [r.pick(["split", "rsplit"]), text, r.chance(0.4) ? null : part, r.below(6) - 2];
  },
  (r) => ["splitlines", str(r), r.chance(0.5)],
  (r) => [r.pick(["strip", "lstrip", "rstrip"]), str(r), r.chance(0.5) ? null : str(r, 3)],
  (r) => [
    r.pick(["center", "ljust", "rjust"]),
    str(r),
    r.below(20) - 2,
    r.chance(0.9) ? strJson([r.pick(r.pick(ALPHABETS))]) : str(r, 2),
  ],
  (r) => [r.pick(["zfill", "expandtabs", "multiply"]), str(r), r.below(14) - 2],
  (r) => [r.pick(KINDS), str(r, 5)],
  (r) => [r.pick(CASES), str(r)],
  (r) => ["join", str(r, 2), Array.from({ length: r.below(5) }, () => str(r, 4))],
  (r) => [
    "translate",
    str(r),
    [
      ["a", str(r, 2)],
      ["b", ""],
      ["ß", null],
    ],
  ],
  (r) => ["encode", str(r), r.pick(ENCODINGS), r.pick(HANDLERS)],
  (r) => ["decode", bytes(r), r.pick(ENCODINGS), r.pick(HANDLERS)],
  (r) => [
    r.pick(["name", "category", "combining", "decimal", "digit", "numeric"]),
    strJson([r.below(r.chance(0.7) ? 0x3000 : 0x110000)]),
  ],
  (r) => ["normalize", r.pick(["NFC", "NFD", "NFKC", "NFKD"]), str(r)],
];

function complexText(r: Random): string {
  const part = (): string =>
    r.pick(["1", "-2.5", "+3e4", "inf", "nan", "", "-", "+", "1_0", "٣", "_", "-1", "+.5"]);
  const text = part() + r.pick(["j", "J", "", part(), `${part()}j`]);
  const padded = r.chance(0.2) ? ` ${text} ` : text;
  return r.chance(0.2) ? `(${padded})` : padded;
}

function hexText(r: Random): string {
  const digits = (most: number): string =>
    Array.from({ length: r.below(most) }, () => r.pick(Array.from("0018fFa"))).join("");
  return (
    r.pick(["", " ", "-", "+"]) +
    r.pick(["0x", "0X", ""]) +
    digits(r.pick([3, 16, 30])) +
    r.pick(["", ".", `.${digits(20)}`]) +
    r.pick(["", "p", `p${r.below(2300) - 1150}`, `p+${r.below(9)}`, `P-${r.below(1100)}`]) +
    r.pick(["", "", "", " ", "z"])
  );
}

/** So many jobs of a seed. */
export function randomJobs(seed: number, count: number): Job[] {
  const r = randomOf(seed);
  return Array.from({ length: count }, (_, i) => MAKERS[i % MAKERS.length]!(r));
}

/** Cases that have bitten, or that a random one hardly meets. */
export function fixedJobs(): Job[] {
  const jobs: Job[] = [
    ["int", "9".repeat(5000)],
    ["int", "x".repeat(300)],
    ["int", "12", 37],
    ["int", "0_7", 0],
    ["int", "00", 0],
    ["int", "0x_f", 16],
    ["int", { b: "78ff" }],
    ["int", { b: "203132" }],
    ["int", "123456789012345678901234567890"],
    ["int", "zz".repeat(40), 36],
    ["float", { b: "312e35" }],
    ["float", { b: "78" }],
    ["float", "1_0.0_1e1_0"],
    ["float", `0.${"0".repeat(400)}1`],
    ["float", "9".repeat(400)],
    ["float", "2.4703282292062327e-324"],
    ["float", "a".repeat(300)],
    ["format", 1, "99999999999999999999"],
    ["format", floatJson(1.5), ".99999999999"],
    ["format", floatJson(1.5), ".2147483648"],
    ["format", { i: `0x1${"0".repeat(400)}` }, "f"],
    ["format", { i: "0x10000000000000000" }, "c"],
    ["format", floatJson(1.7976931348623157e308), ".50f"],
    ["format", floatJson(5e-324), ".1100f"],
    ["format", floatJson(5e-324), ".800e"],
    ["format", floatJson(0.1), ".80g"],
    ["format", floatJson(0), "#.3g"],
    ["format", floatJson(-0), "z.1f"],
    ["format", floatJson(-0.04), "z.1f"],
    ["format", 1234567, "012,"],
    ["format", 12, "04,"],
    ["format", 123, "08_x"],
    ["percent", "%z", 1],
    ["percent", "%", { t: [] }],
    ["percent", "%(a", { d: [] }],
    ["percent", "%(a)d", 1],
    [
      "percent",
      "%(a)d %(b(c))s",
      {
        d: [
          ["a", 1],
          ["b(c)", "x"],
        ],
      },
    ],
    ["percent", "%(a)d", { d: [["b", 1]] }],
    ["percent", "%(a)*d", { d: [["a", 1]] }],
    ["percent", "%(a)s %s", { d: [["a", 1]] }],
    ["percent", "abc", { d: [] }],
    ["percent", "%*d", { t: ["a", 1] }],
    ["percent", "%*d", { t: [{ i: "0x4000000000000000000" }, 1] }],
    ["percent", "%.*d", { t: [{ i: "0x80000000" }, 1] }],
    ["percent", "%99999999999999999999d", 1],
    ["percent", "%.99999999999d", 1],
    ["percent", "%.2147483648f", 1],
    ["percent", "%.2147483645d", 1],
    ["percent", "%c", "ab"],
    ["percent", "%c", { i: "0x4000000000000000000" }],
    ["percent", "%d", floatJson(Infinity)],
    ["percent", { w: [37, 0x1f600] }, 1],
    ["percent", "%d %", { t: ["a"] }],
    ["percent", "%5%|%(x)%", { d: [["x", 1]] }],
    ["template", "{99999999999999999999}", 1, []],
    ["template", "{a[99999999999999999999]}", 1, ["a"]],
    ["template", "{0:{1:{2}}}", 3, []],
    ["template", "{0:{1:{2:{3}}}}", 4, []],
    ["template", "{}{1}", 2, []],
    ["template", "{1}{}", 2, []],
    ["template", "{:{}}{}", 3, []],
    ["upper", "ŉßﬃΐ"],
    ["lower", "ΑΣ ΑΣΑ Σ Α'Σ' ΑΣ."],
    ["title", "they're bill's ǆ ΑΣ"],
    ["lookup", "latin small letter a"],
    ["lookup", "HANGUL SYLLABLE GAG"],
    ["lookup", "hangul syllable gag"],
    ["lookup", "CJK UNIFIED IDEOGRAPH-4E00"],
    ["lookup", "cjk unified ideograph-4e00"],
    ["lookup", "CJK UNIFIED IDEOGRAPH-04E00"],
    ["lookup", "LINE FEED"],
    ["lookup", "NBSP"],
    ["lookup", "LATIN SMALL LETTER R WITH TILDE"],
    ["lookup", "KEYCAP DIGIT ONE"],
    ["lookup", "nothing"],
    ["decode", { b: "61" }, "foo"],
    ["encode", "a", "foo"],
  ];
  for (const value of [1e16, 9999999999999998, 1e-4, 0.00001, 123456789.125, 1e300, 5e-324]) {
    jobs.push(["repr", floatJson(value)], ["repr", floatJson(-value)]);
  }
  for (const ndigits of [400, 323, 308, 20, 0, -1, -307, -308, -309]) {
    for (const value of [2.675, 5, 15, 25, 1.7e308, 5e-324, 1e22, -0.5]) {
      jobs.push(["round", floatJson(value), ndigits]);
    }
  }
  return jobs;
}
