/** Patterns and subjects for comparisons: by a grammar, and by breaking what it makes. */
import type { Job } from "./answer.ts";

/** Numbers from a seed, 0 to below 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

const LETTERS = ["a", "b", "c", "A", "ab", "ba", "1", " ", "_", "\n", "-", "."];
const WIDE = [
  "é",
  "É",
  "ß",
  "ſ",
  "K",
  "İ",
  "ı",
  "σ",
  "ς",
  "µ",
  "٣",
  "²",
  "中",
  "😀",
  "\u{10400}",
  "\u{10428}",
  "\ud800",
  "ﬅ",
];
const ESCAPES = [
  ..."wWdDsSbBAZ".split("").map((letter) => `\\${letter}`),
  ...["\\n", "\\t", "\\x61", "\\u0062", "\\141", "\\0", "\\.", "\\\\", "\\-"],
];
const ODD = [
  ...["(?", "(?P<", ">", "(?P=", ")", "(", "[", "]", "[^", "{", "}", ",", "\\", "|", "*", "+", "?"],
  ...[
    "(?i)",
    "(?-i:",
    "(?aL)",
    "(?x)",
    "(?#",
    "(?<",
    "(?<!",
    "(?(",
    "(?(1)",
    "(?>",
    "(?a:",
    "(?u",
    "\\8",
    "\\400",
  ],
  ...[
    "\\x1",
    "\\u12",
    "\\U00110000",
    "\\N{DIGIT ONE}",
    "\\N{nope}",
    "\\N",
    "\\q",
    "\\777",
    "{2,1}",
    "{99999999999}",
    "#",
    " ",
  ],
  ...[
    "a-",
    "-z",
    "z-a",
    "\\d-z",
    "$",
    "^",
    "0",
    "1",
    "n",
    "_",
    "é",
    "\n",
    ":",
    "=",
    "!",
    "<",
    "P",
    "x",
    "L",
    "t",
    "٣",
  ],
];
const TEMPLATES = [
  ...[
    "",
    "x",
    "\\1",
    "\\g<1>",
    "\\g<0>",
    "\\g<n>",
    "[\\1|\\2]",
    "\\n\\\\",
    "\\0",
    "\\012",
    "\\101",
    "\\8",
    "\\g",
    "\\g<",
  ],
  ...[
    "\\g<>",
    "\\g<m>",
    "\\g<-1>",
    "\\g<99>",
    "\\q",
    "\\400",
    "\\.",
    "\\g<1a>",
    "\\g< 1>",
    "\\11",
    "a\\",
    "\\g<٣>",
    "\\g<1_0>",
  ],
];

/** Makes jobs from a seed. */
export class JobMaker {
  readonly #random: () => number;
  #groups = 0;
  #closed: number[] = [];
  #bytes = false;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)]!;
  }

  #letter(): string {
    if (this.#below(8) === 0) {
      const wide = this.#pick(WIDE);
      if (!this.#bytes || wide.charCodeAt(0) < 256) return wide;
    }
    return this.#pick(LETTERS);
  }

  #set(): string {
    let text = this.#below(3) === 0 ? "[^" : "[";
    const count = 1 + this.#below(3);
    for (let at = 0; at < count; at++) {
      text += this.#pick([
        () => this.#pick(["a", "b", "A", "c", "_", "k", "s"]),
        () => this.#pick(["a-c", "A-Z", "a-z", "0-9", "\\0-\\377", "b-b"]),
        () => this.#pick(["\\w", "\\W", "\\d", "\\D", "\\s", "\\S", "\\n", "\\]", "-"]),
        () =>
          this.#bytes
            ? "\\xe0-\\xff"
            : this.#pick([...WIDE, "à-ÿ", "α-ω", "\u{10400}-\u{10427}", "一-龥"]),
      ])();
    }
    return `${text}]`;
  }

  #atom(depth: number): string {
    const kind = this.#below(depth > 0 ? 22 : 7);
    if (kind < 4) return this.#letter();
    if (kind === 4) return this.#pick(ESCAPES);
    if (kind === 5) return this.#set();
    if (kind === 6) return this.#pick([".", ".", "^", "$"]);
    const inner = (): string => this.#alternatives(depth - 1);
    if (kind < 12) {
      const group = ++this.#groups;
      const body = inner();
      this.#closed.push(group);
      return group === 1 && this.#below(4) === 0 ? `(?P<n>${body})` : `(${body})`;
    }
    if (kind < 15) return `(?:${inner()})`;
    if (kind === 15) return `(?>${inner()})`;
    if (kind === 16) return `(?=${inner()})`;
    if (kind === 17) return `(?!${inner()})`;
    if (kind === 18)
      return `(?<${this.#pick(["=", "!"])}${this.#pick([() => this.#letter(), () => this.#letter(), () => this.#set(), () => `${this.#letter()}\\b|a`, inner])()})`;
    if (kind === 19) return `(?${this.#pick(["i", "s", "m", "a", "-i", "i-s", "x"])}:${inner()})`;
    if (kind === 20 && this.#closed.length > 0) return `\\${this.#pick(this.#closed)}`;
    const no = this.#below(2) === 0 ? "" : `|${this.#sequence(depth - 1)}`;
    return this.#closed.length > 0
      ? `(?(${this.#pick(this.#closed)})${this.#sequence(depth - 1)}${no})`
      : inner();
  }

  #sequence(depth: number): string {
    let text = "";
    const count = 1 + this.#below(3);
    for (let at = 0; at < count; at++) {
      const atom = this.#atom(depth);
      text += atom;
      if (this.#below(3) !== 0 || /^(?:[$^]|\\[AZbB])$/.test(atom)) continue;
      text += this.#pick(["*", "+", "?", "{2}", "{1,2}", "{,2}", "{2,}", "{0}"]);
      // CPython 3.11 goes astray in possessive loops over what may fail halfway.
      text += this.#pick(["", "", "", "?", /^(?:\(\?:[a-c]+\)|[^(]*)$/.test(atom) ? "+" : ""]);
    }
    return text;
  }

  #alternatives(depth: number): string {
    let text = this.#sequence(depth);
    while (this.#below(3) === 0) text += `|${this.#below(8) === 0 ? "" : this.#sequence(depth)}`;
    return text;
  }

  #broken(pattern: string): string {
    const points = Array.from(pattern);
    const count = 1 + this.#below(2);
    for (let at = 0; at < count; at++) {
      const place = this.#below(points.length + 1);
      const odd = this.#pick(ODD);
      if (!this.#bytes || !/[^\0-\xff]/.test(odd)) points.splice(place, this.#below(2), odd);
    }
    return points.join("");
  }

  #subject(): string {
    let text = "";
    for (let left = this.#below(9); left > 0; left--) text += this.#letter();
    return text;
  }

  /** One job. */
  next(): Job {
    this.#groups = 0;
    this.#closed = [];
    this.#bytes = this.#below(5) === 0;
    let pattern = this.#alternatives(3);
    if (this.#below(5) === 0) pattern = this.#broken(pattern);
    let flags = 0;
    for (const flag of [2, 8, 16, 64, 256]) if (this.#below(5) === 0) flags |= flag;
    if (this.#bytes && this.#below(6) === 0) flags = (flags | 4) & ~256;
    if (this.#below(40) === 0) flags |= this.#pick([1, 4, 32]);
    const isCut = this.#below(4) === 0;
    const template = this.#below(3) === 0 ? this.#pick(TEMPLATES) : null;
    return [
      pattern,
      flags,
      this.#bytes,
      this.#subject(),
      isCut ? this.#below(4) : 0,
      isCut ? this.#below(9) : null,
      this.#bytes && template !== null && /[^\0-\xff]/.test(template) ? null : template,
    ];
  }
}
