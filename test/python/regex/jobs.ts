/** Patterns and subjects for comparisons: by a grammar, and by breaking what it makes. */
import type { Job } from "./answer.ts";

/** Numbers from a seed, 0 to below 1. */
function randomFrom(seed: number): () => number {
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
  ..."\\w  \\W  \\d  \\D  \\s  \\S  \\b  \\B  \\A  \\Z  \\n  \\t  \\x61  \\u0062  \\141  \\0  \\.  \\\\".split(
    "  ",
  ),
  ..."\\-".split("  "),
];
const ODD = [
  " ",
  "\n",
  ..."(?  (?P<  >  (?P=  )  (  [  ]  [^  {  }  ,  \\  |  *  +  ?  (?i)  (?-i:  (?aL)".split("  "),
  ..."(?x)  (?#  (?<  (?<!  (?(  (?(1)  (?>  (?a:  (?u  \\8  \\400  \\x1  \\u12".split("  "),
  ..."\\U00110000  \\N{DIGIT ONE}  \\N{nope}  \\N  \\q  \\777  {2,1}  {99999999999}  #  a-".split(
    "  ",
  ),
  ..."-z  z-a  \\d-z  $  ^  0  1  n  _  é  :  =  !  <  P  x  L  t  ٣".split("  "),
];
const TEMPLATES = [
  "",
  ..."x  \\1  \\g<1>  \\g<0>  \\g<n>  [\\1|\\2]  \\n\\\\  \\0  \\012  \\101  \\8  \\g  \\g<  \\g<>".split(
    "  ",
  ),
  ..."\\g<m>  \\g<-1>  \\g<99>  \\q  \\400  \\.  \\g<1a>  \\g< 1>  \\11  a\\  \\g<٣>  \\g<1_0>".split(
    "  ",
  ),
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
      text += this.#pick(["", "", "", "?", /^(?:\(\?:[a-c]+\)|[^(\s]*)$/.test(atom) ? "+" : ""]);
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

const BY_HAND: readonly [patterns: string, subjects: readonly string[]][] = [
  [
    "a|b|cd  (a|ab)(c|bcd)(d*)  (a*)*  (a*)+  (a|)+  (?:a|b)*?c  ((a)|b)*  (?:(a)|b)*  (a)?(?(1)b|c)",
    ["", "abcd", "ababc", "aaa", "cd"],
  ],
  [
    "x*  x*?  x??  \\b  \\B  ^  $  \\Z  \\A  (?m:^)  (?m:$)  \\b|:+  (?=a)  (?!a)  (?<=a)|b",
    ["", "axbxc", "a\nb\n", "::a::b", "\n"],
  ],
  [
    "(?P<n>a)(?P=n)  (?P<x>.)(?P<y>.)(?P=x)  (.)\\1  (?i:(a)\\1)  (a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10",
    ["aa", "aA", "aba", "abcdefghijj"],
  ],
  [
    "(?>a+)a  a++a  (?:ab)++c  a*+b  a?+a  (?>a|ab)c  a{1,2}+a  (?:a{2}){2,3}  a{,2}b  a{2,}  a{}  a{,}  a{1  a{x}",
    ["aaa", "ab", "abc", "ababc", "aaaaaa", "a{}", "a{1", "a{x}"],
  ],
  [
    "(?<=ab)c  (?<!ab)c  (?<=a|b)c  (?<=^a)b  (?<=(a))b  (?<=a{2})b  (?<=a+)b  (?<=a|bc)d  (?<=(a)\\1)b  (?<=\\b)a",
    ["abc", "xc", "aab", "ab"],
  ],
  [
    "[]a]+  [^]a]+  [a-]+  [-a]+  [\\]]+  [a\\-z]+  [\\w-]+  [[a]]  [^\\W\\d_]+  [a&&b]  [a||b]  [\\s\\S]  [\\d\\D]",
    ["]a-z", "a]b", "[a]", "azé_9", "&|"],
  ],
  [
    "(  )  a)  (?  (?P  (?P<  (?P<a  (?P<a>  (?P<1>a)  (?P<a>a)(?P<a>b)  (?P=a)  (?P=)  (?(1  (?(1)a|b|c)  (?(x)a)  (?(0)a)  (?(2)a)  (?()a)",
    [""],
  ],
  [
    "(?z)  (?i  (?i-  (?i-z:a)  (?-i)  (?i-i:a)  (?a-u:a)  (?au)  (?L)  (?-a:b)  a(?i)b  (?i)a  (?s-m:.)  (?x: a b )  (?#c)a  (?#c  (?<a  (?<  (?P>a)",
    ["A", "ab"],
  ],
  [
    "*  +a  a**  a+*  a{2}{3}  ^*  $+  (?:^)*  \\b*  a{3,2}  a{4294967295}  a{4294967294}  |*  (*a)  [  [^  [a  []  [z-a]  [\\w-a]  [a-\\d]  [a",
    ["", "a"],
  ],
  [
    "\\  \\q  \\8  \\1  (\\1)  \\400  \\377  \\08  \\x4  \\x41  \\u004  \\u0041  \\U0000004  \\U00000041  \\U00110000  \\N{LATIN SMALL LETTER A}  \\N{x  \\N  \\N{}  [\\8]  [\\x]  [\\b]  [\\B]  [\\q]",
    ["A", "a", "\x08", "\0" + "8", "\xff"],
  ],
  [
    "(?i)[a-z]+  (?i)[^a-z]+  (?i)k  (?i)s  (?i)[k]  (?i)[à-ÿ]+  (?i)ß  (?i)σ  (?i)[α-ω]+  (?i)\\w  (?i)İ  (?i)µ  (?ai)k  (?ai)[a-z]+  (?i)𐐀  (?i)[𐐀x]  (?i)[𐐀-𐐧]",
    ["K\u212aſ", "ÀÿSſ", "Σςσ", "iİıI", "μµΜ", "𐐨𐐀"],
  ],
];

/** Jobs from patterns that somebody thought of, in text and in bytes. */
export function jobsByHand(): Job[] {
  const jobs: Job[] = [];
  for (const [patterns, subjects] of BY_HAND) {
    for (const pattern of patterns.split("  ")) {
      for (const subject of subjects) {
        jobs.push([pattern, 0, false, subject, 0, null, "<\\g<0>>"]);
        if (/[^\0-\xff]/.test(pattern + subject)) continue;
        jobs.push([pattern, 2, true, subject, 0, null, null]);
        jobs.push([pattern, 4 | 2, true, subject, 0, null, null]);
      }
    }
  }
  // From beyond the end, where only what takes no character matches.
  jobs.push(["()\\1", 0, false, "ab", 2, 1, null], ["a*", 0, false, "ab", 2, 1, null]);
  for (const template of TEMPLATES) {
    jobs.push(["(?P<n>a)|(b)", 0, false, "xaby", 0, null, template]);
    if (!/[^\0-\xff]/.test(template)) jobs.push(["(?P<n>a)", 0, true, "xaby", 0, null, template]);
  }
  return jobs;
}
