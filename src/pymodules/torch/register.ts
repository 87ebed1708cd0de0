/** How operators become functions of `torch` and methods of `Tensor`, from one table. */
import { fault } from "../../python/fault.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import { methods } from "../../python/objects/define.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { replace } from "../../tensor/autograd/inplace.ts";
import { gradEnabled, nodeOf } from "../../tensor/autograd/graph.ts";
import type { Tensor } from "../../tensor/index.ts";
import { needCast } from "./arithmetic.ts";
import { guarded, work } from "./failure.ts";
import { PyTensor, tensorType } from "./tensor.ts";

/** The arguments after the tensor, as given; `undefined` for what was left out. */
type Rest = readonly (Value | undefined)[];
/** An operator of a tensor: its signature after that, and what it does. */
export type Entry = readonly [signature: string, run: (x: PyTensor, ...rest: never[]) => Value];
export type Table = Readonly<Record<string, Entry>>;

type Run = (x: PyTensor, ...rest: Rest) => Value;

function checked(run: Run): Run {
  return (x, ...rest) => {
    work(x.t.numel);
    return guarded(() => run(x, ...rest));
  };
}

/** Puts a table on `Tensor` as methods. */
export function tensorMethods(table: Table): void {
  for (const name in table) {
    const [signature, run] = table[name]!;
    methods(tensorType, { [name]: signed(signature, checked(run as Run) as never) });
  }
}

/** Puts a table into a module as functions, whose first argument is the tensor. */
export function tensorFunctions(module: PyModule, table: Table): void {
  for (const name in table) {
    const [signature, run] = table[name]!;
    const body = checked(run as Run);
    const first = (input: Value, ...rest: Rest): Value => {
      if (input instanceof PyTensor) return body(input, ...rest);
      fault(
        "TypeError",
        `${name}(): argument 'input' (position 1) must be Tensor, not ${typeName(input)}`,
      );
    };
    const whole = signature === "" ? "input" : `input, ${signature}`;
    module.set(name, new PyBuiltin(name, signed(whole, first as never)));
  }
}

/** Functions that begin with no tensor. */
export function plainFunctions(
  module: PyModule,
  table: Readonly<Record<string, readonly [signature: string, run: (...args: never[]) => Value]>>,
): void {
  for (const name in table) {
    const [signature, run] = table[name]!;
    const body = (...args: never[]): Value => guarded(() => run(...args));
    module.set(name, new PyBuiltin(name, signed(signature, body as never)));
  }
}

/** Methods with an underscore, of those that keep the shape: they write what the other returns. */
export function inPlaceMethods(table: Table, names: readonly string[]): void {
  for (const name of names) {
    const [signature, run] = table[name]!;
    const into = (x: PyTensor, ...rest: Rest): Value =>
      writeInto(x, `${name}_`, (before) => (run as Run)(before, ...rest) as PyTensor);
    methods(tensorType, { [`${name}_`]: signed(signature, checked(into) as never) });
  }
}

/** Writes to a tensor what `compute` makes of it. */
export function writeInto(
  x: PyTensor,
  name: string,
  compute: (before: PyTensor) => PyTensor,
): PyTensor {
  checkWritable(x.t);
  let made: string | undefined;
  replace(name, x.t, (before) => {
    const result = compute(new PyTensor(before));
    made = result.made;
    const { t } = result;
    needCast(t.dtype, x.t.dtype);
    const wider =
      t.ndim > x.t.ndim ||
      t.shape.some((size, d) => size !== x.t.shape[d + x.t.ndim - t.ndim] && size !== 1);
    if (wider) {
      fault(
        "RuntimeError",
        `output with shape [${x.t.shape.join(", ")}] doesn't match the broadcast shape [${t.shape.join(", ")}]`,
      );
    }
    return t;
  });
  x.made = made;
  return x;
}

/** @throws RuntimeError for leaves that gather gradients, and for elements that share their memory */
export function checkWritable(x: Tensor): void {
  if (x.numel > 0 && x.shape.some((size, dim) => size > 1 && x.strides[dim] === 0)) {
    fault(
      "RuntimeError",
      "unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.",
    );
  }
  if (!gradEnabled()) return;
  const base = x.autograd?.base;
  if (nodeOf(x)?.leaf !== undefined) {
    fault(
      "RuntimeError",
      "a leaf Variable that requires grad is being used in an in-place operation.",
    );
  }
  if (base !== undefined && nodeOf(base)?.leaf !== undefined) {
    fault(
      "RuntimeError",
      "a view of a leaf Variable that requires grad is being used in an in-place operation.",
    );
  }
}
