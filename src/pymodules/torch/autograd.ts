/** Gradients as programs ask for them: `backward`, `torch.autograd`, `no_grad`, functions of one's own. */
import { fault } from "../../python/fault.ts";
import { computed, methods } from "../../python/objects/define.ts";
import { PyBuiltin } from "../../python/objects/function.ts";
import { PyList } from "../../python/objects/list.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { None, PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { signed } from "../../python/objects/signature.ts";
import { runtime } from "../../python/objects/state.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { PyType } from "../../python/objects/type.ts";
import { throwAttributeError } from "../../python/operations/attributes.ts";
import { call1 } from "../../python/operations/call.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { addressOf } from "../../python/types/object.ts";
import { grad as layerGrad } from "../../tensor/autograd/engine.ts";
import { type Node, autogradOf, nodeOf } from "../../tensor/autograd/graph.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { Tensor } from "../../tensor/index.ts";
import { functionType } from "./autograd-function.ts";
import { translated } from "./failure.ts";
import { fillGradModes } from "./grad-mode.ts";
import { gradName } from "./print.ts";
import { plainFunctions } from "./register.ts";
import { PyTensor, given, requiresGrad, sameSizes, tensorType, wrap } from "./tensor.ts";

/** Steps whose gradient needs their own result. */
const OWN_RESULT = new Set(["exp", "sqrt", "sigmoid", "tanh", "softmax", "relu"]);

/** Runs what walks a graph; what the layer says becomes what torch says. */
function walking<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (/second time/.test(message)) {
      fault(
        "RuntimeError",
        "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.",
      );
    }
    const written =
      /shape \[(.*)\] needed for the gradient of (\w+) .* at version (\d+), expected version (\d+)/.exec(
        message,
      );
    if (written !== null) {
      const [, shape, operator = "", version, expected] = written;
      const name = `${operator[0]!.toUpperCase()}${operator.slice(1)}Backward0`;
      const whose = OWN_RESULT.has(operator) ? `, which is output 0 of ${name},` : "";
      fault(
        "RuntimeError",
        `one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [${shape}]]${whose} is at version ${version}; expected version ${expected} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True).`,
      );
    }
    if (/not have been used/.test(message)) {
      fault(
        "RuntimeError",
        "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.",
      );
    }
    throw translated(error);
  }
}

function needGraph(x: PyTensor, at: number): void {
  if (requiresGrad(x)) return;
  fault(
    "RuntimeError",
    `element ${at} of tensors does not require grad and does not have a grad_fn`,
  );
}

function checkSeed(x: PyTensor, gradient: Tensor | undefined, at: number): void {
  if (gradient === undefined) {
    if (x.t.numel !== 1) {
      fault("RuntimeError", "grad can be implicitly created only for scalar outputs");
    }
    return;
  }
  if (sameSizes(gradient.shape, x.t.shape)) return;
  const size = (shape: readonly number[]): string => `torch.Size([${shape.join(", ")}])`;
  fault(
    "RuntimeError",
    `Mismatch in shape: grad_output[${at}] has a shape of ${size(gradient.shape)} and output[${at}] has a shape of ${size(x.t.shape)}.`,
  );
}

function backward(
  x: PyTensor,
  gradient?: Value,
  retain?: Value,
  create?: Value,
  inputs?: Value,
): Value {
  needGraph(x, 0);
  const only = given(inputs);
  if (only !== undefined) return backwardTo(x, listOf(only), gradient, retain, create);
  const seed = given(gradient);
  const g = seed instanceof PyTensor ? seed.t : undefined;
  if (seed !== undefined && g === undefined) {
    fault("TypeError", `gradients can be either Tensors or None, but got ${typeName(seed)}`);
  }
  checkSeed(x, g, 0);
  const createGraph = create === true;
  const retainGraph = given(retain) === undefined ? createGraph : retain === true;
  walking(() => x.t.backward(g, { retainGraph, createGraph }));
  return None;
}

/** Gathers gradients in the tensors named, and in no other. */
function backwardTo(
  x: PyTensor,
  inputs: readonly PyTensor[],
  gradient?: Value,
  retain?: Value,
  create?: Value,
): Value {
  if (inputs.length === 0)
    fault("RuntimeError", "'inputs' argument to backward() cannot be empty.");
  const list = new PyTuple([...inputs]);
  const seeds = gradient === undefined || gradient === None ? None : new PyTuple([gradient]);
  const found = gradOf(x, list, seeds, retain, create, true, true) as PyTuple;
  inputs.forEach((one, i) => {
    const part = found.items[i];
    if (!(part instanceof PyTensor)) return;
    const before = one.t.grad;
    const next = before === undefined ? part.t : before.add(part.t);
    autogradOf(one.t).grad = create === true ? next : next.detach();
  });
  return None;
}

/** Whether any of `roots` depends on `node`. */
function reaches(roots: readonly (Node | undefined)[], node: Node): boolean {
  const seen = new Set(roots.filter((one) => one !== undefined));
  for (const one of seen) {
    if (one === node) return true;
    for (const flow of one.flows ?? []) if (flow !== undefined) seen.add(flow.to);
  }
  return false;
}

function listOf(value: Value | undefined): PyTensor[] {
  if (value === undefined || value === None) return [];
  if (value instanceof PyTensor) return [value];
  if (value instanceof PyTuple || value instanceof PyList) {
    return value.items.map((one) =>
      one instanceof PyTensor
        ? one
        : fault("TypeError", `expected Tensor, but got ${typeName(one)}`),
    );
  }
  fault("TypeError", `expected Tensor or sequence of Tensors, but got ${typeName(value)}`);
}

function gradOf(
  outputs: Value,
  inputs: Value,
  seeds?: Value,
  retain?: Value,
  create?: Value,
  _only?: Value,
  unused?: Value,
): Value {
  const from = listOf(outputs);
  const to = listOf(inputs);
  const given_ = listOf(seeds);
  from.forEach((one, i) => {
    needGraph(one, i);
    checkSeed(one, given_[i]?.t, i);
  });
  for (const one of to) {
    if (!requiresGrad(one))
      fault("RuntimeError", "One of the differentiated Tensors does not require grad");
  }
  const createGraph = create === true;
  const allow = unused === true;
  const used = to.map(
    (one) =>
      !allow ||
      reaches(
        from.map((x) => nodeOf(x.t)),
        nodeOf(one.t)!,
      ),
  );
  const wanted = to.filter((_, i) => used[i]);
  const found = walking(() =>
    layerGrad(
      from.map((x) => x.t),
      wanted.map((x) => x.t),
      {
        createGraph,
        retainGraph: given(retain) === undefined ? createGraph : retain === true,
        ...(given_.length === 0 ? {} : { gradOutputs: given_.map((one) => one.t) }),
      },
    ),
  );
  let at = 0;
  return new PyTuple(used.map((one) => (one ? wrap(found[at++]!) : None)));
}

/** What takes a hook off again. */
class PyHandle extends PyObject {
  readonly remove: () => void;
  constructor(remove: () => void) {
    super();
    this.remove = remove;
  }
}

const handleType: PyType = builtinType("RemovableHandle", PyHandle, {
  module: "torch.utils.hooks",
});

methods(handleType, {
  remove: (self: PyHandle) => {
    self.remove();
    return None;
  },
  __enter__: (self: PyHandle) => self,
  __exit__: signed("*args", (self: PyHandle) => {
    self.remove();
    return None;
  }),
});

/** The step that made a tensor, as `grad_fn` shows it. */
class PyStep extends PyObject {
  readonly label: string;
  readonly node: Node;
  constructor(label: string, node: Node) {
    super();
    this.label = label;
    this.node = node;
  }
}

const stepType: PyType = builtinType("Node", PyStep, { module: "torch.autograd.graph" });

methods(stepType, {
  __repr__: (self: PyStep) => `<${self.label} object at ${addressOf(self)}>`,
  name: (self: PyStep) => self.label,
});

computed(stepType, {
  next_functions: (self: PyStep) =>
    new PyTuple(
      (self.node.flows ?? []).map((flow) => {
        if (flow === undefined) return new PyTuple([None, 0]);
        const leaf = flow.to.leaf !== undefined;
        const name = leaf
          ? "AccumulateGrad"
          : gradName({ t: { autograd: { node: flow.to } } } as never);
        return new PyTuple([new PyStep(name, flow.to), 0]);
      }),
    ),
});

methods(tensorType, {
  backward: signed("gradient=None, retain_graph=None, create_graph=False, inputs=None", backward),
  requires_grad_: signed("requires_grad=True", (x: PyTensor, on?: Value) => {
    require(x, on !== false);
    return x;
  }),
  retain_grad: (x: PyTensor) => {
    if (!requiresGrad(x))
      fault("RuntimeError", "can't retain_grad on Tensor that has requires_grad=False");
    if (nodeOf(x.t)!.leaf === undefined) x.t.retainGrad();
    return None;
  },
  detach_: (x: PyTensor) => {
    x.t = x.t.detach();
    x.made = undefined;
    return x;
  },
  register_hook: (x: PyTensor, hook: Value) => {
    if (!requiresGrad(x))
      fault("RuntimeError", "cannot register a hook on a tensor that doesn't require gradient");
    const handle = x.t.registerHook((gradient) => {
      const result = call1(hook, wrap(gradient));
      if (result === None) return undefined;
      if (result instanceof PyTensor) return result.t;
      fault(
        "TypeError",
        `hook '${typeName(hook)}' has returned an incorrect type (got ${typeName(result)}, but expected Tensor)`,
      );
    });
    return new PyHandle(() => handle.remove());
  },
});

function require(x: PyTensor, on: boolean): void {
  const node = nodeOf(x.t);
  if (node !== undefined && node.leaf === undefined) {
    if (on) return;
    fault(
      "RuntimeError",
      "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().",
    );
  }
  if (on && !isFloat(x.t.dtype)) {
    fault("RuntimeError", "only Tensors of floating point dtype can require gradients");
  }
  x.t.requiresGrad_(on);
}

computed(tensorType, {
  requires_grad: [
    (x: PyTensor) => requiresGrad(x),
    (x: PyTensor, value) => require(x, value === true),
  ],
  is_leaf: (x: PyTensor) => x.t.isLeaf,
  retains_grad: (x: PyTensor) => nodeOf(x.t)?.retains !== undefined,
  grad_fn: (x: PyTensor) => {
    const node = nodeOf(x.t);
    return node === undefined || node.leaf !== undefined ? None : new PyStep(gradName(x), node);
  },
  grad: [
    (x: PyTensor) => {
      const gradient = x.t.grad;
      if (gradient === undefined) {
        x.gradObject = undefined;
        return None;
      }
      // The same object as before, so that who holds it sees what was added.
      if (x.gradObject === undefined) x.gradObject = wrap(gradient);
      else if (x.gradObject.t !== gradient) x.gradObject.t = gradient;
      return x.gradObject;
    },
    (x: PyTensor, value) => {
      if (value === undefined || value === None) {
        x.t.grad = undefined;
        x.gradObject = undefined;
        return;
      }
      if (!(value instanceof PyTensor)) {
        fault(
          "TypeError",
          `assigned grad expected to be a Tensor or None but got grad of type '${typeName(value)}'`,
        );
      }
      if (value.t.dtype !== x.t.dtype) {
        fault("RuntimeError", `assigned grad has data of a different type`);
      }
      if (!sameSizes(value.t.shape, x.t.shape)) {
        fault("RuntimeError", "assigned grad has data of a different size");
      }
      x.t.grad = value.t;
      x.gradObject = value;
    },
  ],
});

/** `torch.autograd`. */
export function fillAutograd(module: PyModule): void {
  fillGradModes(module);
  module.set("Function", functionType);
  module.set("Variable", tensorType);
  module.set("__path__", "torch.autograd");
  const lazily = (name: Value): Value => {
    const text = String(name);
    const more = runtime().load("torch.autograd.functional");
    const found =
      text === "functional" ? more : text.startsWith("grad") ? more.get(text) : undefined;
    if (found !== undefined) return found;
    throwAttributeError(module, text, `module 'torch.autograd' has no attribute '${text}'`);
  };
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", lazily)));
  plainFunctions(module, {
    set_detect_anomaly: ["mode, check_nan=True", () => None],
    grad: [
      "outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=False",
      gradOf,
    ],
    backward: [
      "tensors, grad_tensors=None, retain_graph=None, create_graph=False",
      (tensors: Value, seeds?: Value, retain?: Value, create?: Value) => {
        const given_ = listOf(seeds);
        listOf(tensors).forEach((one, i, all) =>
          backward(one, given_[i], i < all.length - 1 ? true : retain, create),
        );
        return None;
      },
    ],
  });
}
