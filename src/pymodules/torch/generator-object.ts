/** `torch.Generator`: numbers drawn apart from those of the run. */
import { fault } from "../../python/fault.ts";
import { maker, methods } from "../../python/objects/define.ts";
import { None, PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { signed } from "../../python/objects/signature.ts";
import type { PyType } from "../../python/objects/type.ts";
import { indexOf } from "../../python/operations/subscript.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { canonical } from "../../python/text/integers.ts";
import { tensor } from "../../tensor/index.ts";
import { checkDevice } from "./device.ts";
import { Generator } from "./generator.ts";
import { torchState } from "./state.ts";
import { PyTensor, wrap } from "./tensor.ts";

class PyGenerator extends PyObject {
  readonly drawn: Generator;
  constructor(drawn: Generator) {
    super();
    this.drawn = drawn;
  }
}

export const generatorType: PyType = builtinType("Generator", PyGenerator, { module: "torch._C" });

/** The generator of a `generator=` argument, or of the run. */
export function generatorOf(value: Value | undefined): Generator {
  if (value === undefined || value === None) return torchState().generator;
  if (value instanceof PyGenerator) return value.drawn;
  fault("TypeError", `argument 'generator' must be torch.Generator, not ${typeName(value)}`);
}

/** The generator of the run as an object. */
export function defaultGenerator(): Value {
  return new PyGenerator(torchState().generator);
}

/** A seed as 64 bits. */
export function seedOf(value: Value): bigint {
  const index = indexOf(value);
  if (index === undefined) fault("TypeError", "manual_seed expected a long");
  return BigInt(index);
}

/** A state as a tensor of words: those of the generator, the place in them, and the number kept. */
export function stateTensor(generator: Generator): PyTensor {
  const [words, at, normal] = generator.state;
  const kept = new Int32Array(new Float64Array([normal ?? 0]).buffer);
  const all = Int32Array.from([...words, at, normal === undefined ? 0 : 1, ...kept]);
  return wrap(tensor(all, { dtype: "int32" }));
}

/** Puts a generator where `stateTensor` found one. */
export function restore(generator: Generator, value: Value): void {
  const words = value instanceof PyTensor ? (value.t.toTypedArray() as Int32Array) : undefined;
  if (words === undefined || words.length !== WORDS + 4 || words[WORDS]! > WORDS) {
    fault("TypeError", "RNG state must be a tensor that get_rng_state() or get_state() gave");
  }
  const kept = new Float64Array(Int32Array.from(words.subarray(WORDS + 2)).buffer)[0]!;
  generator.state = [
    Uint32Array.from(words.subarray(0, WORDS), (word) => word >>> 0),
    words[WORDS]!,
    words[WORDS + 1] === 0 ? undefined : kept,
  ];
}

/** The words of the generator. */
const WORDS = 624;

maker(
  generatorType,
  signed("cls, device='cpu'", (_cls: Value, device?: Value) => {
    checkDevice(device);
    return new PyGenerator(new Generator());
  }),
);
methods(generatorType, {
  manual_seed: (self: PyGenerator, seed: Value) => {
    self.drawn.manualSeed(seedOf(seed));
    return self;
  },
  initial_seed: (self: PyGenerator) => canonical(self.drawn.seed),
  seed: () =>
    fault(
      "NotImplementedError",
      "torch.Generator.seed() is not here: runs can be repeated; nearest: manual_seed(n)",
    ),
  get_state: (self: PyGenerator) => stateTensor(self.drawn),
  set_state: (self: PyGenerator, state: Value) => {
    restore(self.drawn, state);
    return self;
  },
  __repr__: () => "<torch._C.Generator object>",
});
