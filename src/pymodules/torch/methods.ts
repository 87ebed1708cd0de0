/** What only `Tensor` has: its attributes, special methods, conversions, and what has no function in `torch`. */
import { fault } from "../../python/fault.ts";
import { methods } from "../../python/objects/define.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { PyBoundMethod } from "../../python/objects/function.ts";
import { ListIterator } from "../../python/objects/iterator.ts";
import { None, NotImplemented, type Value } from "../../python/objects/object.ts";
import { runtime } from "../../python/objects/state.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { getAttribute, throwAttributeError } from "../../python/operations/attributes.ts";
import { call, call1 } from "../../python/operations/call.ts";
import { format } from "../../python/operations/format.ts";
import { typeOf } from "../../python/operations/typeof.ts";
import { bytesOf, isFloat } from "../../tensor/dtype.ts";
import { copy } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import { zeros } from "../../tensor/index.ts";
import { isContiguous } from "../../tensor/shape.ts";
import * as views from "../../tensor/views.ts";
import { BITS, BIT_METHODS, BIT_SIGNS } from "./bits.ts";
import { reduced } from "./bytes.ts";
import { cast, converted, single, to, truth, whole } from "./conversions.ts";
import { CREATION, asLeaf, sizesOf } from "./creation.ts";
import { innerTensor, nested, tensorFrom } from "./data.ts";
import { dimIn } from "./dims.ts";
import { C_NAMES, dtypeArgument, dtypeObject } from "./dtype.ts";
import { guarded, room } from "./failure.ts";
import { addItem, getItem, setItem } from "./indexing.ts";
import { MATRICES } from "./matrices.ts";
import { PICKING, where } from "./picking.ts";
import { OPERATORS, POINTWISE, POINTWISE_ALIASES, QUESTIONS } from "./pointwise.ts";
import { tensorText } from "./print.ts";
import { RANDOM_METHODS } from "./random.ts";
import { REDUCTIONS } from "./reductions.ts";
import { type Table, checkWritable, inPlaceMethods, tensorMethods, writeInto } from "./register.ts";
import { rewrote } from "./rewriting.ts";
import { WRITING } from "./scattering.ts";
import { SHAPES, SHAPE_METHODS } from "./shapes.ts";
import { SPECIAL } from "./special.ts";
import { torchState } from "./state.ts";
import {
  PyParameter,
  PyTensor,
  elementOf,
  given,
  intOf,
  requiresGrad,
  sizeOf,
  tensorOf,
  tensorType,
  wrap,
} from "./tensor.ts";

function newOf(what: string): Table[string] {
  return [
    "*size, dtype=None, device=None, requires_grad=False",
    (x: PyTensor, size: Value[], dtype?: Value, _device?: Value, grad?: Value) => {
      const shape = sizesOf(what, size);
      const name = what.replace("new_", "");
      const [, make] = CREATION[name]!;
      const type = dtype ?? dtypeObject(x.t.dtype);
      return (make as (...args: unknown[]) => Value)(
        [sizeOf(shape)],
        undefined,
        undefined,
        undefined,
        type,
        undefined,
        undefined,
        undefined,
        grad,
      );
    },
  ];
}

const METHODS: Table = {
  item: ["", single],
  tolist: ["", (x: PyTensor) => nested(x.t)],
  size: [
    "dim=None",
    (x: PyTensor, dim?: Value) => {
      const at = given(dim);
      if (at === undefined) return sizeOf(x.t.shape);
      if (x.t.ndim === 0)
        fault("IndexError", "Dimension specified as 0 but tensor has no dimensions");
      return x.t.shape[dimIn(intOf("size", "dim", at), x.t.ndim)]!;
    },
  ],
  dim: ["", (x: PyTensor) => x.t.ndim],
  ndimension: ["", (x: PyTensor) => x.t.ndim],
  numel: ["", (x: PyTensor) => x.t.numel],
  nelement: ["", (x: PyTensor) => x.t.numel],
  element_size: ["", (x: PyTensor) => bytesOf(x.t.dtype)],
  stride: [
    "dim=None",
    (x: PyTensor, dim?: Value) => {
      const at = given(dim);
      if (at === undefined) return new PyTuple([...x.t.strides]);
      return x.t.strides[dimIn(intOf("stride", "dim", at), x.t.ndim)]!;
    },
  ],
  _held: ["", (x: PyTensor) => x.t.storage.length],
  storage_offset: ["", (x: PyTensor) => x.t.offset],
  data_ptr: [
    "",
    (x: PyTensor) => runtime().id(x.t.storage as never) * 64 + x.t.offset * bytesOf(x.t.dtype),
  ],
  is_contiguous: ["*, memory_format=None", (x: PyTensor) => isContiguous(x.t)],
  is_floating_point: ["", (x: PyTensor) => isFloat(x.t.dtype)],
  is_complex: ["", () => false],
  get_device: ["", () => -1],
  to: ["*args, dtype=None, device=None, copy=False, non_blocking=False, memory_format=None", to],
  type: [
    "dtype=None",
    (x: PyTensor, dtype?: Value) => {
      const wanted = dtypeArgument("type", dtype);
      return wanted === undefined ? `torch.${C_NAMES[x.t.dtype]}Tensor` : converted(x, wanted);
    },
  ],
  type_as: [
    "other",
    (x: PyTensor, other: Value) => converted(x, tensorOf("type_as", "other", 1, other).dtype),
  ],
  float: cast("float32"),
  double: cast("float64"),
  half: cast("float16"),
  int: cast("int32"),
  long: cast("int64"),
  bool: cast("bool"),
  cpu: ["memory_format=None", (x: PyTensor) => x],
  cuda: ["device=None", () => fault("AssertionError", "Torch not compiled with CUDA enabled")],
  detach: ["", (x: PyTensor) => wrap(x.t.detach())],
  new_zeros: newOf("new_zeros"),
  new_ones: newOf("new_ones"),
  new_empty: newOf("new_empty"),
  new_full: [
    "size, fill_value, *, dtype=None",
    (x: PyTensor, size: Value, value: Value, dtype?: Value) =>
      (CREATION["full"]![1] as (...args: unknown[]) => Value)(
        size,
        value,
        undefined,
        dtype ?? dtypeObject(x.t.dtype),
      ),
  ],
  new_tensor: [
    "data, *, dtype=None, device=None, requires_grad=False",
    (x: PyTensor, data: Value, dtype?: Value, _device?: Value, grad?: Value) =>
      asLeaf(tensorFrom(data, dtypeArgument("new_tensor", dtype) ?? x.t.dtype, "float32"), grad),
  ],
  where: ["condition, y", (x: PyTensor, condition: Value, y: Value) => where(condition, x, y)],
  __getitem__: [
    "key",
    (x: PyTensor, key: Value) => {
      const { result, made } = getItem(x.t, key);
      return wrap(result, made);
    },
  ],
  __setitem__: [
    "key, value",
    (x: PyTensor, key: Value, value: Value) => {
      checkWritable(x.t);
      setItem(x.t, key, value);
      x.made = "CopySlices";
      return None;
    },
  ],
  copy_: [
    "src, non_blocking=False",
    (x: PyTensor, src: Value) => {
      const from =
        innerTensor(src) ??
        (typeof src === "object" && !(src instanceof PyFloat)
          ? tensorOf("copy_", "src", 1, src)
          : undefined);
      return writeInto(x, "copy_", () =>
        wrap((from ?? tensorFrom(src, undefined, "float32")).to(x.t.dtype), "CopyBackwards"),
      );
    },
  ],
  fill_: [
    "value",
    (x: PyTensor, value: Value) => {
      checkWritable(x.t);
      const scalar = value instanceof PyTensor ? value.t : tensorFrom(value, undefined, "float32");
      if (scalar.ndim > 0) {
        fault(
          "RuntimeError",
          `fill_ only supports 0-dimension value tensor but got tensor with ${scalar.ndim} dimensions.`,
        );
      }
      const kind = value instanceof PyTensor ? "Fill3" : "Fill2";
      return writeInto(x, "fill_", () => wrap(scalar.to(x.t.dtype).expand(x.t.shape), kind));
    },
  ],
  zero_: [
    "",
    (x: PyTensor) => {
      const zero = zeros(x.t.shape, { dtype: x.t.dtype });
      return writeInto(x, "zero_", () => wrap(zero, "Zero"));
    },
  ],
  index_put_: [
    "indices, values, accumulate=False",
    (x: PyTensor, indices: Value, values: Value, accumulate?: Value) => {
      checkWritable(x.t);
      if (accumulate === true) addItem(x.t, indices, values);
      else setItem(x.t, indices, values);
      x.made = "IndexPut";
      return x;
    },
  ],
  squeeze_: ["dim=None", (x: PyTensor, dim?: Value) => exchange(x, SHAPES["squeeze"]![1], dim)],
  unsqueeze_: ["dim", (x: PyTensor, dim: Value) => exchange(x, SHAPES["unsqueeze"]![1], dim)],
  t_: ["", (x: PyTensor) => exchange(x, SHAPES["t"]![1])],
  transpose_: [
    "dim0, dim1",
    (x: PyTensor, a: Value, b: Value) => exchange(x, SHAPES["transpose"]![1], a, b),
  ],
  apply_: ["callable", (x: PyTensor, run: Value) => mapped(x, "apply_", [x.t], run)],
  map_: [
    "tensor, callable",
    (x: PyTensor, other: Value, run: Value) => {
      const second = tensorOf("map_", "tensor", 1, other).expand(x.t.shape);
      return mapped(x, "map_", [x.t, second], run);
    },
  ],
  __matmul__: [
    "other",
    (x: PyTensor, other: Value) =>
      other instanceof PyTensor
        ? (MATRICES["matmul"]![1] as (...args: unknown[]) => Value)(x, other)
        : NotImplemented,
  ],
  __neg__: ["", (x: PyTensor) => (POINTWISE["neg"]![1] as (x: PyTensor) => Value)(x)],
  __pos__: ["", (x: PyTensor) => x],
  __abs__: ["", (x: PyTensor) => (POINTWISE["abs"]![1] as (x: PyTensor) => Value)(x)],
  __iter__: [
    "",
    (x: PyTensor) => {
      if (x.t.ndim === 0) fault("TypeError", "iteration over a 0-d tensor");
      return new ListIterator({ items: layer.unbind(x.t, 0).map((one) => wrap(one, "Unbind")) });
    },
  ],
  __contains__: [
    "element",
    (x: PyTensor, element: Value) => {
      const same = OPERATORS["__eq__"]!(x, element);
      return same instanceof PyTensor ? same.t.any().item() === true : false;
    },
  ],
  __array__: ["dtype=None", (x: PyTensor) => x],
  __reduce_ex__: ["protocol", reduced],
  __deepcopy__: [
    "memo",
    (x: PyTensor) => {
      if (!x.t.isLeaf) {
        fault(
          "RuntimeError",
          "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment",
        );
      }
      const t = copy(x.t.detach());
      if (requiresGrad(x)) t.requiresGrad_();
      return x instanceof PyParameter ? new PyParameter(t) : wrap(t);
    },
  ],
};

/** Writes what a function of the program makes of the elements, one after another. */
function mapped(x: PyTensor, name: string, of: readonly PyTensor["t"][], run: Value): PyTensor {
  if (requiresGrad(x)) {
    fault(
      "TypeError",
      `Can't call ${name} on Variable that requires grad. Use var.detach().${name}()`,
    );
  }
  room(x.t.numel, 32);
  const columns = of.map((one) => one.toTypedArray() as ArrayLike<number | bigint>);
  const made = Array.from({ length: x.t.numel }, (_, i) =>
    call(
      run,
      columns.map((values, at) => elementOf(values[i]!, of[at]!.dtype)),
    ),
  );
  const values = tensorFrom(new PyTuple(made), x.t.dtype, "float32").reshape(x.t.shape);
  return writeInto(x, name, () => wrap(values));
}

/** In place, by standing for another view of the same elements. */
function exchange(
  x: PyTensor,
  run: (x: PyTensor, ...rest: never[]) => Value,
  ...rest: (Value | undefined)[]
): PyTensor {
  const result = (run as (x: PyTensor, ...rest: (Value | undefined)[]) => Value)(
    x,
    ...rest,
  ) as PyTensor;
  x.t = result.t;
  return x;
}

/** Operators that PyTorch has no form of with an underscore. */
const WITHOUT_UNDERSCORE = new Set(["maximum", "minimum", "fmax", "fmin", "logaddexp"]);

/** Puts everything on `Tensor`. */
function install(): void {
  const both: Record<string, Table[string]> = {
    ...POINTWISE,
    ...BITS,
    ...SPECIAL,
    ...QUESTIONS,
    ...REDUCTIONS,
    ...SHAPES,
    ...PICKING,
    ...WRITING,
    ...MATRICES,
  };
  const aliases = Object.fromEntries(
    Object.entries(POINTWISE_ALIASES).map(([name, of]) => [name, POINTWISE[of]!]),
  );
  // Functions of `torch` alone.
  for (const name of ["rsub", "var_mean", "std_mean"]) delete both[name];
  tensorMethods({
    ...both,
    ...aliases,
    ...METHODS,
    ...RANDOM_METHODS,
    ...BIT_METHODS,
    ...SHAPE_METHODS,
  });
  inPlaceMethods(
    rewrote,
    {
      ...POINTWISE,
      ...BITS,
      ...SPECIAL,
      ...WRITING,
      ...aliases,
      tril: SHAPES["tril"]!,
      triu: SHAPES["triu"]!,
    },
    [
      ...Object.keys(POINTWISE).filter((name) => !WITHOUT_UNDERSCORE.has(name)),
      ...Object.keys(BITS),
      ...Object.keys(SPECIAL),
      ...Object.keys(WRITING),
      ...Object.keys(aliases),
      "tril",
      "triu",
    ],
  );
  for (const name in OPERATORS) {
    const run = OPERATORS[name]!;
    methods(tensorType, { [name]: (x: PyTensor, other: Value) => guarded(() => run(x, other)) });
  }
  for (const [name, of] of [
    ["add", "add"],
    ["sub", "sub"],
    ["mul", "mul"],
    ["truediv", "div"],
    ["floordiv", "floor_divide"],
    ["mod", "remainder"],
    ["pow", "pow"],
  ] as const) {
    const [, run] = POINTWISE[of]!;
    methods(tensorType, {
      [`__i${name}__`]: (x: PyTensor, other: Value) =>
        guarded(() => {
          if (!(other instanceof PyTensor) && typeof other === "string") return NotImplemented;
          if (rewrote(of, x, [other])) return x;
          return writeInto(x, `${of}_`, (before) =>
            (run as (x: PyTensor, other: Value) => PyTensor)(before, other),
          );
        }),
    });
  }
  for (const [sign, of] of Object.entries(BIT_SIGNS)) {
    const name = `i${sign}`;
    const [, run] = BITS[of]!;
    methods(tensorType, {
      [`__${name}__`]: (x: PyTensor, other: Value) =>
        guarded(() =>
          writeInto(x, `${of}_`, (before) =>
            (run as (x: PyTensor, other: Value) => PyTensor)(before, other),
          ),
        ),
    });
  }
}

install();

methods(tensorType, {
  __getattr__: (x: PyTensor, name: Value) => {
    const more = runtime().load("torch._more");
    const run = call1(getAttribute(more, "method"), name);
    if (run !== None) return new PyBoundMethod(x, run);
    const hint = String(call1(getAttribute(more, "missing"), name));
    throwAttributeError(
      x,
      String(name),
      `'${typeOf(x).name}' object has no attribute '${String(name)}'${hint}`,
    );
  },
  __repr__: (x: PyTensor) => guarded(() => tensorText(x, torchState().print)),
  __str__: (x: PyTensor) => guarded(() => tensorText(x, torchState().print)),
  __format__: (x: PyTensor, spec: Value) => {
    if (x.t.ndim === 0) return format(single(x), spec as string) as Value;
    if (spec === "") return tensorText(x, torchState().print);
    fault("TypeError", "unsupported format string passed to Tensor.__format__");
  },
  __len__: (x: PyTensor) => x.t.shape[0] ?? fault("TypeError", "len() of a 0-d tensor"),
  __bool__: (x: PyTensor) => guarded(() => truth(x)),
  __float__: (x: PyTensor) => {
    const value = single(x);
    return value instanceof PyFloat ? value : new PyFloat(Number(value));
  },
  __int__: whole,
  __index__: (x: PyTensor) => {
    if (isFloat(x.t.dtype) || x.t.numel !== 1) {
      fault("TypeError", "only integer tensors of a single element can be converted to an index");
    }
    return whole(x);
  },
  __hash__: (x: PyTensor) => runtime().id(x),
  __reversed__: (x: PyTensor) => wrap(copy(views.flip(x.t, [0])), "Flip"),
});
