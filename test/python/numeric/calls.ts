/** Calls of numeric functions as the recorded answers name them, and how answers are held against CPython's. */
import * as blake2 from "../../../src/python/numeric/blake2.ts";
import * as calendar from "../../../src/python/numeric/calendar.ts";
import * as cmath from "../../../src/python/numeric/cmath.ts";
import * as codecs from "../../../src/python/numeric/codecs.ts";
import * as complex from "../../../src/python/numeric/complex.ts";
import * as dates from "../../../src/python/numeric/date-text.ts";
import * as arithmetic from "../../../src/python/numeric/decimal/arithmetic.ts";
import * as compare from "../../../src/python/numeric/decimal/compare.ts";
import * as functions from "../../../src/python/numeric/decimal/functions.ts";
import * as number from "../../../src/python/numeric/decimal/number.ts";
import * as text from "../../../src/python/numeric/decimal/text.ts";
import * as digests from "../../../src/python/numeric/digests.ts";
import * as doubles from "../../../src/python/numeric/doubles.ts";
import * as floats from "../../../src/python/numeric/floats.ts";
import * as fractions from "../../../src/python/numeric/fractions.ts";
import * as gamma from "../../../src/python/numeric/gamma.ts";
import * as hashes from "../../../src/python/numeric/hashes.ts";
import * as integers from "../../../src/python/numeric/integers.ts";
import { LibraryFault } from "../../../src/python/numeric/library-fault.ts";
import * as powers from "../../../src/python/numeric/powers.ts";
import * as random from "../../../src/python/numeric/random.ts";
import * as rounding from "../../../src/python/numeric/rounding.ts";
import { bitLength, type Int } from "../../../src/python/numeric/sizes.ts";
import * as special from "../../../src/python/numeric/special.ts";
import * as struct from "../../../src/python/numeric/struct.ts";
import * as sums from "../../../src/python/numeric/sums.ts";
import * as twister from "../../../src/python/numeric/twister.ts";

/** A line of recorded answers. */
export interface Recorded {
  f: string;
  a: unknown[];
  r?: unknown;
  e?: string;
}

type Call = (...args: never[]) => unknown;
type Decimals = (context: number.Context, ...args: number.Decimal[]) => unknown;

class Float {
  constructor(readonly v: number) {}
}

const ROUNDINGS =
  "ROUND_CEILING ROUND_FLOOR ROUND_UP ROUND_DOWN ROUND_HALF_UP ROUND_HALF_DOWN ROUND_HALF_EVEN ROUND_05UP".split(
    " ",
  ) as number.Rounding[];

function contextOf([prec, rounding, emax, clamp]: number[]): number.Context {
  return {
    ...number.defaultContext(),
    prec: prec!,
    rounding: ROUNDINGS[rounding!]!,
    emin: -emax!,
    emax: emax!,
    clamp: clamp as 0 | 1,
    traps: 0,
  };
}

/** Answers a decimal operation with its text and its flags. */
function withFlags(operation: (context: number.Context, ...args: never[]) => unknown): Call {
  return (settings: number[], ...args: never[]) => {
    const context = contextOf(settings);
    let result: unknown;
    try {
      result = number.settle(context, operation(context, ...args));
    } catch (error) {
      result = (error as Error).message;
    }
    const shown = (x: unknown): unknown =>
      Array.isArray(x)
        ? x.map(shown)
        : typeof x === "object" && x !== null && "kind" in x
          ? text.decimalText(x as number.Decimal)
          : x;
    return [shown(result), context.flags];
  };
}

function onDecimals(operation: Decimals): Call {
  return withFlags((context, ...texts: string[]) =>
    operation(context, ...texts.map((one) => text.parseDecimal(one)!)),
  );
}

function drawing(draw: (t: twister.Twister, ...args: never[]) => unknown): Call {
  return (seed: unknown, ...args: never[]) => {
    const t = seeded(seed);
    return [
      draw(t, ...args),
      draw(t, ...args),
      draw(t, ...args),
      draw(t, ...args),
      twister.random(t),
    ];
  };
}

function seeded(seed: unknown): twister.Twister {
  const t = twister.makeTwister();
  if (typeof seed === "string") twister.seedBytes(t, new TextEncoder().encode(seed));
  else if (seed instanceof Uint8Array) twister.seedBytes(t, seed);
  else if (seed instanceof Float) {
    const hash = BigInt(hashes.hashFloat(seed.v));
    twister.seedInt(t, BigInt.asUintN(64, hash));
  } else twister.seedInt(t, seed as Int);
  const state = twister.getState(t);
  twister.setState(t, state, undefined);
  return t;
}

function digest(name: string): Call {
  return (bytes: Uint8Array) => {
    const one = digests.makeDigest(name)!;
    one.update(bytes.subarray(0, 3));
    const other = one.copy();
    one.update(Uint8Array.of(1));
    other.update(bytes.subarray(3));
    return other.digest();
  };
}

function blake(kind: "blake2b" | "blake2s"): Call {
  return (
    bytes: Uint8Array,
    digestSize: number,
    key: Uint8Array,
    salt: Uint8Array,
    person: Uint8Array,
  ) => {
    const one = blake2.makeBlake2(kind, { digestSize, key, salt, person });
    one.update(bytes.subarray(0, 70));
    const other = one.copy();
    one.update(bytes);
    other.update(bytes.subarray(70));
    return other.digest();
  };
}

const MODULES: Record<string, Record<string, unknown>> = {
  int: { ...integers, ...powers, ...rounding },
  float: { ...floats, ...rounding },
  math: { ...special, ...gamma, ...sums },
  complex: { ...complex },
  cmath: { ...cmath },
  random: { ...random, ...twister },
  digest: { ...digests },
  codec: { ...codecs },
};

const CALLS: Record<string, Call> = {
  "int.bitLength": bitLength,
  "int.hash": hashes.hashInt,
  "float.hash": hashes.hashFloat,
  "complex.hash": ([x, y]: complex.Complex) => hashes.hashComplex(x, y),
  "ratio.hash": (a: Int, b: Int) => hashes.hashRatio(...fractions.reduced(a, b)),
  "float.pow": (a: number, b: number) =>
    floats.isComplexPower(a, b) ? "complex" : floats.pow(a, b),
  "float.powWhole": (a: number, b: number) => floats.pow(a, b),
  "float.repr": floats.floatRepr,
  "float.ratio": rounding.integerRatio,
  "math.cbrt": doubles.cbrt,
  "math.log.int": special.log,
  "math.log2.int": special.log2,
  "math.log10.int": special.log10,
  "math.isclose": (a: number, e: number, r: number, t: number) => special.isclose(a, a + e, r, t),
  "math.dist": ([p, q]: number[][]) => sums.dist(p!, q!),
  "complex.powWhole": complex.pow,
  "complex.repr": complex.complexRepr,
  "complex.parse": (one: string) => complex.parseComplex(one, `'${one}'`),
  "random.getrandbits": drawing(twister.getrandbits),
  "random.choices": drawing((t, length: number) => random.choices(t, length, 1)),
  "random.shuffle": (seed: unknown, length: number) => {
    const list = Array.from({ length }, (_, i) => i);
    random.shuffle(seeded(seed), length, (i, j) => {
      [list[i], list[j]] = [list[j]!, list[i]!];
    });
    return list;
  },
  "random.weighted": (seed: unknown, weights: number[]) => {
    let sum = 0;
    return random.choicesWeighted(
      seeded(seed),
      weights.map((weight) => (sum += weight)),
      5,
    );
  },
  "random.counts": (seed: unknown, counts: number[], k: number) =>
    random.sampleCounts(seeded(seed), counts, k),
  "digest.blake2b": blake("blake2b"),
  "digest.blake2s": blake("blake2s"),
  "digest.hmac": (key: Uint8Array, bytes: Uint8Array) => {
    const one = digests.makeHmac(() => digests.makeDigest("sha256")!, key);
    one.update(bytes);
    return one.copy().digest();
  },
  "digest.pbkdf2": (key: Uint8Array, salt: Uint8Array) =>
    digests.pbkdf2(() => digests.makeDigest("sha1")!, key, salt, 3, 45),
  "codec.b64encode": (bytes: Uint8Array) => codecs.encodeBase64(bytes),
  "codec.b32encode": (bytes: Uint8Array) => codecs.encodeBase32(bytes),
  "codec.b85encode": codecs.encodeBase85,
  "codec.a85encode": (
    b: Uint8Array,
    foldspaces: boolean,
    wrapcol: number,
    pad: boolean,
    adobe: boolean,
  ) => codecs.encodeAscii85(b, { foldspaces, wrapcol, pad, adobe }),
  "codec.b64decode": (bytes: Uint8Array, strict: boolean) => codecs.decodeBase64(bytes, strict),
  "codec.b32decode": (bytes: Uint8Array, fold: boolean) => codecs.decodeBase32(bytes, fold),
  "codec.b85decode": codecs.decodeBase85,
  "codec.a85decode": (bytes: Uint8Array, fold: boolean) => codecs.decodeAscii85(bytes, fold),
  "codec.hexlify": (bytes: Uint8Array, each: number) => codecs.hexlify(bytes, ":", each),
  "codec.b16decode": codecs.decodeBase16,
  "struct.calcsize": (format: string) => struct.parseFormat(format).size,
  "struct.pack": ([format, values]: [string, struct.StructValue[]]) =>
    struct.pack(struct.parseFormat(format), values),
  "struct.unpack": ([format, bytes]: [string, Uint8Array]) =>
    struct.unpackWhole(struct.parseFormat(format), bytes),
  "decimal.create": withFlags((context, one: string) => text.createDecimal(context, one)),
  "decimal.eng": withFlags((_, one: string) => text.decimalText(text.parseDecimal(one)!, 1, true)),
  "decimal.float": withFlags((_, x: number) => text.decimalText(text.fromFloat(x))),
  "decimal.format": withFlags((_, one: string, spec: string) =>
    text.formatDecimal(number.defaultContext(), text.parseDecimal(one)!, spec),
  ),
  "decimal.hash": (one: string) => {
    const x = text.parseDecimal(one)!;
    if (x.kind === "inf") return x.negative ? -314159 : 314159;
    return hashes.hashDecimal(x.digits, x.exponent, x.negative);
  },
  "decimal.quantizeTo": withFlags((context, one: string, n: number) =>
    arithmetic.quantize(context, text.parseDecimal(one)!, number.finite(false, 1n, n)),
  ),
  "fractions.parse": (one: string) => fractions.parseFraction(one, `'${one}'`),
  "fractions.limit": (x: number, most: Int) =>
    fractions.limitDenominator(...rounding.integerRatio(x), most),
  "calendar.ordinal": ([y, m, d]: [number, number, number]) => calendar.toOrdinal(y, m, d),
  "calendar.date": calendar.fromOrdinal,
  "calendar.iso": ([y, m, d]: [number, number, number]) => calendar.isoCalendar(y, m, d),
  "calendar.fromIso": (y: number, w: number, d: number) =>
    calendar.fromOrdinal(calendar.fromIsoCalendar(y, w, d)),
  "calendar.strftime": (m: number[], format: string) => dates.strftime(dates.momentOf(m), format),
  "calendar.strptime": ([one, format]: [string, string]) =>
    dates.fieldsOf(dates.strptime(one, format, (quoted) => `'${quoted}'`)),
  "calendar.fromisoformat": (one: string) =>
    dates.fieldsOf(dates.parseIsoDatetime(one, `'${one}'`)),
  "calendar.timedelta": (...amounts: (Int | Float)[]) => {
    const units = [86_400_000_000, 1_000_000, 1];
    const d = calendar.durationOf(amounts.map((amount, i) => [amount, units[i]!] as const));
    return [...calendar.parts(d), calendar.durationText(d), dates.durationRepr(d)];
  },
  "calendar.timedeltaDivide": (a: number, b: number) => [
    rounding.truediv(a, b),
    calendar.multiply(a, b / 7),
  ],
};

const DECIMALS: Record<string, Decimals> = {
  plus: arithmetic.plus,
  minus: arithmetic.minus,
  abs: arithmetic.abs,
  sqrt: arithmetic.sqrt,
  exp: functions.exp,
  ln: functions.ln,
  log10: functions.log10,
  normalize: arithmetic.normalize,
  next_plus: (c, a) => compare.next(c, a!, true),
  next_minus: (c, a) => compare.next(c, a!, false),
  logb: compare.logb,
  to_integral_value: (c, a) => arithmetic.toIntegral(c, a!, false),
  to_integral_exact: (c, a) => arithmetic.toIntegral(c, a!, true),
  number_class: compare.numberClass,
  add: arithmetic.add,
  subtract: arithmetic.sub,
  multiply: arithmetic.mul,
  divide: arithmetic.div,
  divide_int: arithmetic.divideInt,
  remainder: arithmetic.remainder,
  remainder_near: arithmetic.remainderNear,
  compare: compare.compare,
  compare_signal: compare.compareSignal,
  compare_total: (_, a, b) => compare.compareTotal(a!, b!),
  compare_total_mag: (_, a, b) => compare.compareTotalMag(a!, b!),
  max: (c, a, b) => compare.extreme(c, a!, b!, true, false),
  min: (c, a, b) => compare.extreme(c, a!, b!, false, false),
  max_mag: (c, a, b) => compare.extreme(c, a!, b!, true, true),
  min_mag: (c, a, b) => compare.extreme(c, a!, b!, false, true),
  quantize: (c, a, b) => arithmetic.quantize(c, a!, b!),
  next_toward: compare.nextToward,
  scaleb: compare.scaleb,
  shift: (c, a, b) => compare.move(c, a!, b!, false),
  rotate: (c, a, b) => compare.move(c, a!, b!, true),
  power: functions.power,
  powmod: functions.powerModulo,
  divmod: arithmetic.divmod,
  fma: arithmetic.fma,
  logical_and: (c, a, b) => compare.logical(c, a!, b!, "and"),
  logical_or: (c, a, b) => compare.logical(c, a!, b!, "or"),
  logical_xor: (c, a, b) => compare.logical(c, a!, b!, "xor"),
  logical_invert: compare.logicalInvert,
};

function find(name: string): Call | undefined {
  if (CALLS[name] !== undefined) return CALLS[name];
  const [room = "", last = ""] = name.split(".");
  if (room === "decimal") return onDecimals(DECIMALS[last]!);
  if (room === "digest" && digests.makeDigest(last) !== undefined) return digest(last);
  const found = MODULES[room]?.[last] as Call | undefined;
  return room === "random" && found !== undefined
    ? drawing(found as (t: twister.Twister, ...args: never[]) => unknown)
    : found;
}

function decode(value: unknown, boxed: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => decode(one, boxed));
  if (typeof value !== "object" || value === null) return value ?? undefined;
  const { i, f, b, c } = value as { i?: string; f?: string; b?: string; c?: string[] };
  if (i !== undefined) return integers.add(0, asInt(i));
  if (f !== undefined) return boxed ? new Float(asFloat(f)) : asFloat(f);
  if (b !== undefined) return Uint8Array.fromHex(b);
  return c!.map(asFloat);
}

function asInt(digits: string): Int {
  const n = Number(digits);
  return Number.isSafeInteger(n) ? n : BigInt(digits);
}

function asFloat(hex: string): number {
  return rounding.bitsFloat(BigInt(`0x${hex}`));
}

/** Whether a float is CPython's, or as near as its C library's last bits make it. */
function sameFloat(ours: unknown, hex: string, units: number): boolean {
  if (typeof ours !== "number") return false;
  const theirs = asFloat(hex);
  if (Object.is(ours, theirs)) return true;
  return units > 0 && Math.abs(ours - theirs) <= units * special.ulp(theirs);
}

function same(ours: unknown, theirs: unknown, units: number): boolean {
  if (Array.isArray(theirs)) {
    return (
      Array.isArray(ours) &&
      ours.length === theirs.length &&
      theirs.every((one, i) => same(ours[i], one, units))
    );
  }
  if (typeof theirs !== "object" || theirs === null) return Object.is(ours ?? null, theirs);
  const { i, f, b, c } = theirs as { i?: string; f?: string; b?: string; c?: string[] };
  if (i !== undefined) return Object.is(ours, asInt(i));
  if (f !== undefined) return sameFloat(ours, f, units);
  if (b !== undefined) return ours instanceof Uint8Array && ours.toHex() === b;
  return Array.isArray(ours) && c!.every((part, k) => sameFloat(ours[k], part, units));
}

/** The C library's own errors in units of the last place: what it documents for them. */
const LOOSE: Record<string, number> = {
  "float.pow": 1,
  "float.powWhole": 1,
  "math.pow": 1,
  "math.exp2": 1,
  "math.cbrt": 4,
  "math.erf": 1,
  "math.erfc": 2,
  "math.gamma": 2,
};

/** What differs, in words; nothing where the answer is CPython's. */
export function difference({ f: name, a, r, e }: Recorded): string | undefined {
  const call = find(name);
  if (call === undefined) return `${name} is not bound`;
  let ours: unknown;
  try {
    const boxed = name === "calendar.timedelta" || name.startsWith("random.");
    const [first, ...rest] = a;
    const args = [
      decode(first, boxed),
      ...rest.map((one) => decode(one, name === "calendar.timedelta")),
    ];
    ours = call(...(args as never[]));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const said = error instanceof LibraryFault ? `${error.type}: ${error.message}` : error.message;
    return said === e
      ? undefined
      : `${name}(${JSON.stringify(a)}) says ${said}, not ${e ?? JSON.stringify(r)}`;
  }
  if (e === undefined && same(ours, r, LOOSE[name] ?? 0)) return undefined;
  const shown = JSON.stringify(ours, (_, x: unknown) =>
    typeof x === "bigint"
      ? `${x}n`
      : x instanceof Uint8Array
        ? x.toHex()
        : Object.is(x, -0)
          ? "-0"
          : x,
  );
  return `${name}(${JSON.stringify(a)}) is ${shown}, not ${e ?? JSON.stringify(r)}`;
}
