/** How operators become functions of `torch` and methods of `Tensor`, from one table. */
import { fault } from "../../python/fault.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import { methods } from "../../python/objects/define.ts";
import type { PyModule } from "../../python/objects/module.ts";
import type { Value } from "../../python/objects/object.ts";
import { shapeOf, signed } from "../../python/objects/signature.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { None } from "../../python/objects/object.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { assign, replace } from "../../tensor/autograd/inplace.ts";
import { gradEnabled, nodeOf } from "../../tensor/autograd/graph.ts";
import { customFunction, type Tensor, zeros } from "../../tensor/index.ts";
import { broadcast, needCast } from "./arithmetic.ts";
import { guarded, work } from "./failure.ts";
import { PyTensor, requiresGrad, sameSizes, tensorType, wrap } from "./tensor.ts";

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
    module.set(
      name,
      WITHOUT_OUT.has(name) ? builtin(name, whole, first) : into(name, whole, first),
    );
  }
}

/** Functions that begin with no tensor. A signature that names `out` itself has it done here. */
export function plainFunctions(
  module: PyModule,
  table: Readonly<Record<string, readonly [signature: string, run: (...args: never[]) => Value]>>,
): void {
  for (const name in table) {
    const [signature, run] = table[name]!;
    const at = shapeOf(signature).parameters.findIndex((one) => one.name === "out");
    const body = (...args: never[]): Value =>
      guarded(() => {
        const out: Value | undefined = args[at];
        const result = run(...args);
        return out === undefined || out === None ? result : writeOut(name, out, result);
      });
    module.set(name, builtin(name, signature, body as never));
  }
}

type Plain = (input: Value, ...rest: Rest) => Value;

function builtin(name: string, signature: string, run: Plain): PyBuiltin {
  return new PyBuiltin(name, signed(signature, run as never));
}

/** A function that also takes `out=`: a tensor, or as many as it gives, that are written. */
function into(name: string, signature: string, run: Plain): PyBuiltin {
  const star = /(^|, )\*/.test(signature);
  const count = shapeOf(signature).parameters.length;
  return builtin(name, `${signature}${star ? "" : ", *"}, out=None`, (input, ...rest) => {
    const out = rest[count - 1];
    if (out === undefined || out === None) return run(input, ...rest);
    return guarded(() => writeOut(name, out, run(input, ...rest.slice(0, count - 1))));
  });
}

/** Writes a result to what `out=` names, which takes its shape. */
function writeOut(name: string, out: Value, result: Value): Value {
  if (result instanceof PyTuple && out instanceof PyTuple) {
    result.items.forEach((one, i) => writeOut(name, out.items[i]!, one));
    return out;
  }
  if (!(out instanceof PyTensor) || !(result instanceof PyTensor)) {
    fault("TypeError", `${name}(): argument 'out' must be Tensor, not ${typeName(out)}`);
  }
  if (gradEnabled() && (requiresGrad(result) || requiresGrad(out))) {
    fault(
      "RuntimeError",
      `${name}(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.`,
    );
  }
  needCast(result.t.dtype, out.t.dtype);
  if (sameSizes(out.t.shape, result.t.shape)) assign("copy_", out.t, result.t);
  else out.t = result.t.to(out.t.dtype);
  return out;
}

/** Functions of a tensor that PyTorch gives no `out`. */
const WITHOUT_OUT: ReadonlySet<string> = new Set(
  (
    "allclose argwhere bincount broadcast_to chunk clone corrcoef count_nonzero cov det diag_embed diagonal equal " +
    "flatten flip fliplr flipud isclose isfinite isinf isnan index_fill masked_fill masked_scatter movedim narrow " +
    "permute ravel relu repeat_interleave reshape roll rsub select split squeeze std_mean swapaxes swapdims t tile " +
    "trace transpose unbind unflatten unique unsqueeze var_mean"
  ).split(" "),
);

/** Methods with an underscore, of those that keep the shape: they write what the other returns, unless `shortcut` did. */
export function inPlaceMethods(
  shortcut: (name: string, x: PyTensor, rest: Rest) => boolean,
  table: Table,
  names: readonly string[],
): void {
  for (const name of names) {
    const [signature, run] = table[name]!;
    const write = (x: PyTensor, ...rest: Rest): Value =>
      shortcut(name, x, rest)
        ? x
        : writeInto(x, `${name}_`, (before) => (run as Run)(before, ...rest) as PyTensor);
    methods(tensorType, { [`${name}_`]: signed(signature, checked(write) as never) });
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
    let { t } = result;
    broadcast(x.t.shape, t.shape);
    needCast(t.dtype, x.t.dtype);
    // What is no function of the elements before: their gradient is 0.
    if (nodeOf(t) === undefined && gradEnabled() && nodeOf(before) !== undefined) {
      t = constantIn(before, t.to(before.dtype));
    }
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

/** `value` as a step from `x` whose gradient is 0, for values that were drawn, compared or filled in. */
function constantIn(x: Tensor, value: Tensor): Tensor {
  const step = customFunction<[Tensor]>({
    forward: () => value,
    backward: () => zeros(x.shape, { dtype: x.dtype }),
  });
  return step(x);
}

/** `result` as a step that has no gradient: going through it is an error that names it. */
export function underivable(name: string, result: Tensor, ...inputs: readonly Tensor[]): PyTensor {
  const step = customFunction<Tensor[]>({
    forward: () => result.detach(),
    backward: () => fault("RuntimeError", `derivative for aten::${name} is not implemented`),
  });
  const out = step(...inputs);
  return wrap(out, nodeOf(out) === undefined ? undefined : "torch::autograd::NotImplemented");
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
