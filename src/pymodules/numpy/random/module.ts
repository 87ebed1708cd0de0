/** `numpy._random`: what the text of `numpy.random` draws from. */
import { fault } from "../../../python/fault.ts";
import { spend } from "../../../python/budget.ts";
import { maker, methods } from "../../../python/objects/define.ts";
import { PyFloat } from "../../../python/objects/float.ts";
import { PyBuiltin } from "../../../python/objects/function.ts";
import type { PyModule } from "../../../python/objects/module.ts";
import { None, PyObject, type Value } from "../../../python/objects/object.ts";
import { builtinType } from "../../../python/objects/root.ts";
import { type Signed, signed } from "../../../python/objects/signature.ts";
import { runtime } from "../../../python/objects/state.ts";
import { PyTuple } from "../../../python/objects/tuple.ts";
import type { PyType } from "../../../python/objects/type.ts";
import { toArray } from "../../../python/operations/iterate.ts";
import { requireIndex } from "../../../python/operations/subscript.ts";
import { memory, PyArray } from "../array.ts";
import { BOOL, type Dtype, dtypeArgument, FLOAT32, FLOAT64, INT64 } from "../dtype.ts";
import { setElement } from "../elements.ts";
import { intOf } from "../failure.ts";
import { asArray } from "../read.ts";
import { elements, floats } from "../views.ts";
import { type Bits, Mt19937, Pcg64, Seeds, seededPcg } from "./bits.ts";
import { beta, binomial, type Draws, gamma, geometric, poisson } from "./distributions.ts";
import { smallDraws, upTo } from "./whole.ts";
import { standardExponential, standardNormal } from "./ziggurat.ts";

/** A generator's bits, and how it makes floats of them. */
class PyBits extends PyObject implements Draws {
  bits: Bits;
  /** RandomState's ways, which are older than Generator's. */
  readonly legacy: boolean;
  /** The second normal number of a pair. */
  kept: number | undefined;

  constructor(bits: Bits, legacy: boolean) {
    super();
    this.bits = bits;
    this.legacy = legacy;
  }

  double(): number {
    return this.bits.double();
  }

  normal(): number {
    return this.legacy ? this.#polar() : standardNormal(this.bits);
  }

  exponential(): number {
    return this.legacy ? -Math.log(1 - this.bits.double()) : standardExponential(this.bits);
  }

  /** G. Marsaglia's polar method, two at a time. */
  #polar(): number {
    if (this.kept !== undefined) {
      const { kept } = this;
      this.kept = undefined;
      return kept;
    }
    let x: number;
    let y: number;
    let square: number;
    do {
      x = 2 * this.bits.double() - 1;
      y = 2 * this.bits.double() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    this.kept = factor * x;
    return factor * y;
  }
}

const bitsType: PyType = builtinType("Bits", PyBits, { module: "numpy._random", final: true });

/** The words of a whole number, the lowest first. */
function wordsOf(value: number | bigint): number[] {
  if (value < 0) fault("ValueError", "expected non-negative integer");
  const words: number[] = [];
  for (let left = BigInt(value); left > 0n || words.length === 0; left >>= 32n) {
    words.push(Number(left & 0xffffffffn));
  }
  return words;
}

const wordsOfAll = (values: Value): number[] =>
  toArray(values).flatMap((one) => wordsOf(requireIndex(one)));

maker(
  bitsType,
  signed(
    "cls, kind, seed, spawned=(), /",
    (_cls: PyType, kind: Value, seed: Value, spawned?: Value) => {
      if (kind === "MT19937") {
        const bits = new Mt19937();
        if (typeof seed === "number") bits.seed(seed);
        else bits.seedWords(wordsOfAll(seed));
        return new PyBits(bits, true);
      }
      const seeds = new Seeds(wordsOfAll(seed), spawned === undefined ? [] : wordsOfAll(spawned));
      return new PyBits(seededPcg(seeds), false);
    },
  ),
);

function filled(count: Value, dtype: Dtype, draw: () => number): PyArray {
  const n = intOf(count);
  const data = memory(dtype, n) as Float64Array;
  spend(n);
  for (let i = 0; i < n; i++) data[i] = draw();
  return new PyArray(data, dtype, [n]);
}

/** A number for each element of an argument. */
function each(dtype: Dtype, draw: (self: PyBits, ...numbers: number[]) => number): Signed {
  return signed("*args", (self: PyBits, args: Value[]) => {
    const lists = args.map((one) => floats(asArray(one)));
    const count = lists[0]!.length;
    const data = memory(dtype, count);
    spend(count * 4);
    for (let i = 0; i < count; i++) {
      setElement(data, dtype, i, draw(self, ...lists.map((one) => one[i]!)));
    }
    return new PyArray(data, dtype, [count]);
  });
}

/** The places 0 … n−1 after swaps from the end down to `first`. */
function shuffled({ bits }: PyBits, n: number, first: number, masked: boolean): number[] {
  spend(n);
  const places = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i >= first; i--) {
    const j = Number(upTo(bits, i, masked));
    const kept = places[i]!;
    places[i] = places[j]!;
    places[j] = kept;
  }
  return places;
}

function placesArray(places: readonly number[]): PyArray {
  const data = memory(INT64, places.length);
  places.forEach((place, i) => (data[i] = BigInt(place)));
  return new PyArray(data, INT64, [places.length]);
}

/** So many of n without repeats (R. Floyd's way), in the order of the draws. */
function sampled({ bits }: PyBits, n: number, size: number): number[] {
  const seen = new Set<number>();
  const places: number[] = [];
  spend(size);
  for (let most = n - size; most < n; most++) {
    const drawn = Number(upTo(bits, most, false));
    const own = seen.has(drawn) ? most : drawn;
    seen.add(own);
    places.push(own);
  }
  return places;
}

/** Whole numbers from `low` to `high`, both included. */
function integers(self: PyBits, low: bigint, high: bigint, count: number, dtype: Dtype): PyArray {
  const data = memory(dtype, count);
  const range = high - low;
  const most = range <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(range) : range;
  spend(count);
  const width = dtype === BOOL ? 1 : dtype.size < 4 ? ((dtype.size * 8) as 8 | 16) : undefined;
  if (width !== undefined) {
    const draw = smallDraws(self.bits, Number(most), width, self.legacy);
    const from = Number(low);
    for (let i = 0; i < count; i++) data[i] = from + draw();
    return new PyArray(data, dtype, [count]);
  }
  if (dtype.size === 4) {
    const from = Number(low);
    for (let i = 0; i < count; i++) data[i] = from + Number(upTo(self.bits, most, self.legacy));
    return new PyArray(data, dtype, [count]);
  }
  for (let i = 0; i < count; i++) data[i] = low + BigInt(upTo(self.bits, most, self.legacy));
  return new PyArray(data, dtype, [count]);
}

methods(bitsType, {
  doubles: (self: PyBits, count: Value) => filled(count, FLOAT64, () => self.double()),
  floats: (self: PyBits, count: Value) =>
    filled(count, FLOAT32, () => (self.bits.next32() >>> 8) / 16777216),
  normals: (self: PyBits, count: Value) => filled(count, FLOAT64, () => self.normal()),
  exponentials: (self: PyBits, count: Value) => filled(count, FLOAT64, () => self.exponential()),
  gamma: each(FLOAT64, (self, shape) => gamma(self, shape!)),
  beta: each(FLOAT64, (self, a, b) => beta(self, a!, b!)),
  poisson: each(INT64, (self, mean) => poisson(self, mean!)),
  binomial: each(INT64, (self, n, p) => binomial(self, n!, p!)),
  geometric: each(INT64, (self, p) => geometric(self, p!, !self.legacy)),
  integers: (self: PyBits, low: Value, high: Value, count: Value, dtype: Value) =>
    integers(
      self,
      BigInt(requireIndex(low)),
      BigInt(requireIndex(high)),
      intOf(count),
      dtypeArgument(dtype)!,
    ),
  integers_each: (self: PyBits, low: Value, high: Value, dtype: Value) => {
    const own = dtypeArgument(dtype)!;
    const [from, to] = [elements(asArray(low)), elements(asArray(high))] as (number | bigint)[][];
    const data = memory(own, from!.length);
    from!.forEach((one, i) => {
      const range = BigInt(to![i]!) - BigInt(one);
      const most = range <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(range) : range;
      const value = BigInt(one) + BigInt(upTo(self.bits, most, self.legacy));
      setElement(data, own, i, own.size === 8 ? value : Number(value));
    });
    return new PyArray(data, own, [from!.length]);
  },
  shuffled: (self: PyBits, n: Value) => placesArray(shuffled(self, intOf(n), 1, true)),
  tail: (self: PyBits, n: Value, first: Value) =>
    placesArray(shuffled(self, intOf(n), intOf(first), false)),
  sampled: (self: PyBits, n: Value, size: Value) =>
    placesArray(sampled(self, intOf(n), intOf(size))),
  bytes: (self: PyBits, count: Value) => filled(count, FLOAT64, () => self.bits.next32()),
  state: (self: PyBits) => {
    const { bits } = self;
    if (bits instanceof Pcg64) {
      return new PyTuple([
        bits.state,
        bits.increment,
        bits.half === undefined ? 0 : 1,
        bits.half ?? 0,
      ]);
    }
    const { twister } = bits as Mt19937;
    const key = memory(dtypeArgument("uint32")!, 624) as Uint32Array;
    key.set(twister.words);
    return new PyTuple([
      new PyArray(key, dtypeArgument("uint32")!, [624]),
      twister.index,
      self.kept === undefined ? 0 : 1,
      new PyFloat(self.kept ?? 0),
    ]);
  },
  restore: (self: PyBits, parts: Value) => {
    const [first, second, third, fourth] = toArray(parts);
    const { bits } = self;
    if (bits instanceof Pcg64) {
      bits.set(BigInt(requireIndex(first!)), BigInt(requireIndex(second!)));
      bits.half = third === 0 ? undefined : Number(requireIndex(fourth!));
      return None;
    }
    const { twister } = bits as Mt19937;
    twister.words.set(elements(asArray(first!)).map(Number));
    twister.index = intOf(second!);
    twister.refill = undefined;
    self.kept = third === 0 ? undefined : Number(elements(asArray(fourth!))[0]);
    return None;
  },
});

/** Fills `numpy._random`. */
export function fillRandomNative(module: PyModule): void {
  module.set("Bits", bitsType);
  module.set("fresh", freshSeed);
}

/** Words that no program chose, from the host: a run that is repeated gets them again. */
const freshSeed = new PyBuiltin("fresh", () => runtime().perform("random.seed") as number | bigint);
