/** `random`: the numbers of a seed are CPython's. */
import { fault } from "../fault.ts";
import * as integers from "../numeric/integers.ts";
import * as draws from "../numeric/random.ts";
import * as twisters from "../numeric/twister.ts";
import { truncate } from "../numeric/rounding.ts";
import type { Int } from "../numeric/sizes.ts";
import type { Twister } from "../numeric/twister.ts";
import { PyByteArray, PyBytes } from "../objects/bytes.ts";
import { maker, methods } from "../objects/define.ts";
import { PyFloat } from "../objects/float.ts";
import { PyBuiltin } from "../objects/function.ts";
import { listType, PyList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { type Direct, type Keywords, None, PyObject, type Value } from "../objects/object.ts";
import { builtinType } from "../objects/root.ts";
import { type Native, type Signed, signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { call, callSpecial } from "../operations/call.ts";
import { getAttribute } from "../operations/attributes.ts";
import { hash } from "../operations/hash.ts";
import { toArray } from "../operations/iterate.ts";
import { derived, intOf, realOf } from "../operations/numbers.ts";
import { repr, textOf } from "../operations/repr.ts";
import { requireIndex, storeSubscript, subscript } from "../operations/subscript.ts";
import { checkLength } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { encode } from "../text/encode.ts";
import { toPoints } from "../text/wide.ts";

class PyRandom extends PyObject {
  readonly twister: Twister;
  constructor(refill: (twister: Twister) => void = seedFromHost) {
    super();
    this.twister = twisters.makeTwister(refill);
  }
}

/** The first words of a generator that no program seeded. */
function seedFromHost(twister: Twister): void {
  twisters.seedInt(twister, BigInt(runtime().perform("random.seed") as number | bigint));
}

/** Words of the system, for SystemRandom. */
function wordsOfSystem(twister: Twister): void {
  const bytes = runtime().perform("random.bytes", twister.words.byteLength) as Uint8Array;
  twister.words.set(new Uint32Array(bytes.slice().buffer));
}

function float(x: number): PyFloat {
  return new PyFloat(x);
}

function given(value: Value | undefined): value is Value {
  return value !== undefined && value !== None;
}

function lengthOf(value: Value): number {
  const length = callSpecial(value, "__len__");
  if (length === undefined) fault("TypeError", `object of type '${typeName(value)}' has no len()`);
  return checkLength(length);
}

function seed(self: PyRandom, a?: Value, version?: Value): Value {
  const { twister } = self;
  const text = a === undefined ? undefined : textOf(a);
  const bytes = a instanceof PyBytes || a instanceof PyByteArray ? a.data : undefined;
  const int = a === undefined ? undefined : intOf(a);
  if (!given(a)) seedFromHost(twister);
  else if (int !== undefined) twisters.seedInt(twister, int);
  else if (a instanceof PyFloat) {
    twisters.seedInt(twister, BigInt.asUintN(64, BigInt(hash(a))));
  } else if (text === undefined && bytes === undefined) {
    fault(
      "TypeError",
      "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.",
    );
  } else if (version !== undefined && intOf(version) === 1 && !(a instanceof PyByteArray)) {
    twisters.seedInt(twister, twisters.seedOld(bytes ?? [...toPoints(text!)]));
  } else twisters.seedBytes(twister, bytes ?? encode(text!, "utf-8", "strict"));
  twister.gauss = undefined;
  return None;
}

function getstate(self: PyRandom): Value {
  const { twister } = self;
  const words = new PyTuple(twisters.getState(twister));
  return new PyTuple([3, words, twister.gauss === undefined ? None : float(twister.gauss)]);
}

function setstate(self: PyRandom, state: Value): Value {
  const parts = toArray(state);
  const version = parts[0] === undefined ? None : parts[0];
  if (version !== 3) {
    fault(
      "ValueError",
      `state with version ${String(repr(version))} passed to Random.setstate() of version 3`,
    );
  }
  if (!(parts[1] instanceof PyTuple)) fault("TypeError", "state vector must be a tuple");
  const gauss = parts[2];
  twisters.setState(
    self.twister,
    parts[1].items.map(requireIndex),
    given(gauss) ? realOf(gauss) : undefined,
  );
  return None;
}

/** An argument of randrange: an int, or a float without a fraction. */
function whole(value: Value, place: string): Int {
  if (value instanceof PyFloat) {
    if (!Number.isInteger(value.v)) fault("ValueError", `non-integer ${place} for randrange()`);
    return truncate(value.v);
  }
  return requireIndex(value);
}

function randrange(self: PyRandom, start: Value, stop?: Value, step?: Value): Int {
  const first = whole(start, "arg 1");
  if (!given(stop)) {
    if (step !== undefined && intOf(step) !== 1) {
      fault("TypeError", "Missing a non-None stop argument");
    }
    return draws.randrange(self.twister, first);
  }
  const last = whole(stop, "stop");
  return draws.randrange(self.twister, first, last, step === undefined ? 1 : whole(step, "step"));
}

function shuffle(self: PyRandom, x: Value): Value {
  if ((x as PyObject).type === listType) {
    const { items } = x as PyList;
    draws.shuffle(self.twister, items.length, (i, j) => {
      const kept = items[i]!;
      items[i] = items[j]!;
      items[j] = kept;
    });
  } else {
    draws.shuffle(self.twister, lengthOf(x), (i, j) => {
      const [one, two] = [subscript(x, j), subscript(x, i)];
      storeSubscript(x, i, one);
      storeSubscript(x, j, two);
    });
  }
  return None;
}

function sample(self: PyRandom, population: Value, k: Value, counts?: Value): Value {
  if (callSpecial(population, "__len__") === undefined || isUnordered(population)) {
    fault("TypeError", "Population must be a sequence.  For dicts or sets, use sorted(d).");
  }
  const size = lengthOf(population);
  const count = requireIndex(k);
  if (!given(counts)) {
    const drawn = draws.sample(self.twister, size, count);
    return new PyList(drawn.map((i) => subscript(population, i)));
  }
  const numbers = toArray(counts).map((one) => {
    const int = intOf(one);
    if (int === undefined) fault("TypeError", "Counts must be integers");
    return int;
  });
  if (numbers.length !== size) {
    fault("ValueError", "The number of counts does not match the population");
  }
  const drawn = draws.sampleCounts(self.twister, numbers, count);
  return new PyList(drawn.map((i) => subscript(population, i)));
}

function isUnordered(value: Value): boolean {
  const names = typeof value === "object" ? value.type.mro.map((one) => one.name) : [];
  return names.includes("set") || names.includes("frozenset") || names.includes("dict");
}

function choices(
  self: PyRandom,
  population: Value,
  weights?: Value,
  cumulative?: Value,
  k?: Value,
): Value {
  const size = lengthOf(population);
  const count = k === undefined ? 1 : requireIndex(k);
  let sums: number[];
  if (given(cumulative)) {
    if (given(weights)) {
      fault("TypeError", "Cannot specify both weights and cumulative weights");
    }
    sums = toArray(cumulative).map(realOf);
  } else if (given(weights)) {
    if (intOf(weights) !== undefined) {
      fault(
        "TypeError",
        `The number of choices must be a keyword argument: k=${String(repr(weights))}`,
      );
    }
    let sum = 0;
    sums = toArray(weights).map((weight) => (sum += realOf(weight)));
  } else {
    const drawn = draws.choices(self.twister, size, count);
    return new PyList(drawn.map((i) => subscript(population, i)));
  }
  if (sums.length !== size) {
    fault("ValueError", "The number of weights does not match the population");
  }
  const drawn = draws.choicesWeighted(self.twister, sums, count);
  return new PyList(drawn.map((i) => subscript(population, i)));
}

/** A variate of two parameters. */
function variate(
  signature: string,
  apply: (twister: Twister, a: number, b: number) => number,
  a?: number,
  b?: number,
): Signed {
  return signed(signature, (self: PyRandom, x?: Value, y?: Value) =>
    float(
      apply(self.twister, x === undefined ? a! : realOf(x), y === undefined ? (b ?? 0) : realOf(y)),
    ),
  );
}

const TABLE = (): Record<string, Native | Signed> => ({
  seed: signed("a=None, version=2", seed),
  getstate,
  setstate,
  random: (self: PyRandom) => float(twisters.random(self.twister)),
  getrandbits: (self: PyRandom, k: Value) => twisters.getrandbits(self.twister, requireIndex(k)),
  randbytes: signed(
    "n",
    (self: PyRandom, n: Value) => new PyBytes(twisters.randbytes(self.twister, requireIndex(n))),
  ),
  randrange: signed("start, stop=None, step=1", randrange),
  randint: signed("a, b", (self: PyRandom, a: Value, b: Value) =>
    randrange(self, a, integers.add(whole(b, "stop"), 1)),
  ),
  choice: signed("seq", (self: PyRandom, seq: Value) =>
    subscript(seq, draws.choice(self.twister, lengthOf(seq))),
  ),
  shuffle: signed("x", shuffle),
  sample: signed("population, k, *, counts=None", sample),
  choices: signed("population, weights=None, *, cum_weights=None, k=1", choices),
  uniform: variate("a, b", draws.uniform),
  triangular: signed(
    "low=0.0, high=1.0, mode=None",
    (self: PyRandom, low?: Value, high?: Value, mode?: Value) =>
      float(
        draws.triangular(
          self.twister,
          low === undefined ? 0 : realOf(low),
          high === undefined ? 1 : realOf(high),
          given(mode) ? realOf(mode) : undefined,
        ),
      ),
  ),
  normalvariate: variate("mu=0.0, sigma=1.0", draws.normalvariate, 0, 1),
  gauss: variate("mu=0.0, sigma=1.0", draws.gauss, 0, 1),
  lognormvariate: variate("mu, sigma", draws.lognormvariate),
  expovariate: variate("lambd=1.0", draws.expovariate, 1),
  vonmisesvariate: variate("mu, kappa", draws.vonmisesvariate),
  gammavariate: variate("alpha, beta", draws.gammavariate),
  betavariate: variate("alpha, beta", draws.betavariate),
  paretovariate: variate("alpha", draws.paretovariate),
  weibullvariate: variate("alpha, beta", draws.weibullvariate),
  binomialvariate: signed("n=1, p=0.5", (self: PyRandom, n?: Value, p?: Value) =>
    draws.binomialvariate(
      self.twister,
      n === undefined ? 1 : requireIndex(n),
      p === undefined ? 0.5 : realOf(p),
    ),
  ),
});

/** Lets a generator draw by the methods that a class of the program has instead of ours. */
function follow(self: PyRandom, type: PyType, base: PyType): void {
  const isOwn = (name: string): boolean => lookup(type, name) !== base.dict.get(name);
  const { twister } = self;
  if (isOwn("random")) twister.draw = () => realOf(call(getAttribute(self, "random"), []));
  if (isOwn("getrandbits")) {
    twister.bits = (k) => requireIndex(call(getAttribute(self, "getrandbits"), [k]));
  }
}

interface Types {
  readonly plain: PyType;
  readonly system: PyType;
  readonly table: Readonly<Record<string, Native | Signed>>;
}

let types: Types | undefined;

/** The classes, made when the module is first imported. */
function makeTypes(): Types {
  if (types !== undefined) return types;
  const table = TABLE();
  const plain = builtinType("Random", PyRandom, { module: "random", hasDict: true });
  methods(plain, table);
  maker(
    plain,
    signed("cls, /, *args, **kwargs", (cls: PyType, args: Value[], kwargs: Keywords) => {
      if (cls === plain && args.length + kwargs.size > 1) {
        fault(
          "TypeError",
          `Random() takes at most 1 argument (${args.length + kwargs.size} given)`,
        );
      }
      const self = derived(cls) as PyRandom;
      if (cls !== plain) follow(self, cls, plain);
      return self;
    }),
  );
  methods(plain, {
    __reduce__: (self: PyRandom) =>
      new PyTuple([self.type, new PyTuple([]), call(getAttribute(self, "getstate"), [])]),
    __getstate__: (self: PyRandom) => call(getAttribute(self, "getstate"), []),
    __setstate__: (self: PyRandom, state: Value) => call(getAttribute(self, "setstate"), [state]),
    __init__: signed("x=None", (self: PyRandom, x?: Value) => {
      if (given(x)) call(getAttribute(self, "seed"), [x]);
      return None;
    }),
  });
  class PySystemRandom extends PyRandom {
    constructor() {
      super(wordsOfSystem);
    }
  }
  const system = builtinType("SystemRandom", PySystemRandom, {
    base: plain,
    module: "random",
    hasDict: true,
  });
  const stateless = signed("*args, **kwds", (_self: PyRandom, _args: Value[], _kwds: unknown) =>
    fault("NotImplementedError", "System entropy source does not have state."),
  );
  methods(system, {
    seed: signed("*args, **kwds", (_self: PyRandom, _args: Value[], _kwds: unknown) => None),
    getstate: stateless,
    setstate: stateless,
  });
  return (types = { plain, system, table });
}

/** A method as a function of the module: of a generator that nobody else has. */
function bound(what: Native | Signed, self: PyRandom): Native | Signed {
  if (typeof what !== "function") {
    const native = what.native as (...args: (Value | undefined)[]) => Value;
    return signed(what.signature, (...args: never[]) => native(self, ...args));
  }
  const direct = what as Direct;
  return what.length === 1 ? () => direct(self) : (a: Value) => direct(self, a);
}

const PUBLIC =
  "Random SystemRandom betavariate choice choices expovariate gammavariate gauss getrandbits getstate lognormvariate normalvariate paretovariate randbytes randint random randrange sample seed setstate shuffle triangular uniform vonmisesvariate weibullvariate".split(
    " ",
  );

export function fillRandom(module: PyModule): void {
  const { plain, system, table } = makeTypes();
  const shared = new PyRandom();
  module.set("Random", plain);
  module.set("SystemRandom", system);
  module.set("_inst", shared);
  for (const name in table) module.set(name, new PyBuiltin(name, bound(table[name]!, shared)));
  module.set("__all__", new PyList([...PUBLIC]));
  module.set("BPF", 53);
  module.set("TWOPI", float(2 * Math.PI));
  module.set("RECIP_BPF", float(2 ** -53));
}
