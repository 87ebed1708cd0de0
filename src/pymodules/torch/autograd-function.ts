/** `torch.autograd.Function`: steps whose gradient a program writes. */
import { fault } from "../../python/fault.ts";
import { classMethods, computed, methods } from "../../python/objects/define.ts";
import { PyBuiltin, PyStaticMethod } from "../../python/objects/function.ts";
import { None, PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { PyType } from "../../python/objects/type.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { call } from "../../python/operations/call.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { type FunctionContext, customFunction } from "../../tensor/index.ts";
import { PyTensor, sameSizes, wrap } from "./tensor.ts";

/** What `forward` leaves for `backward`. */
class PyContext extends PyObject {
  saved: PyTensor[] = [];
  layer: FunctionContext | undefined;
}

const contextType: PyType = builtinType("FunctionCtx", PyContext, {
  module: "torch.autograd.function",
  hasDict: true,
});

methods(contextType, {
  save_for_backward: signed("*tensors", (self: PyContext, tensors: Value[]) => {
    const held = tensors.filter((one) => one !== None);
    for (const one of held) {
      if (!(one instanceof PyTensor)) {
        fault(
          "TypeError",
          `save_for_backward can only save variables, but argument ${tensors.indexOf(one)} is of type ${typeName(one)}`,
        );
      }
    }
    self.saved = tensors as PyTensor[];
    self.layer!.saveForBackward(...held.map((one) => (one as PyTensor).t));
    return None;
  }),
  mark_non_differentiable: signed("*args", () => None),
  mark_dirty: signed("*args", () => None),
  set_materialize_grads: (_self: PyContext, _on: Value) => None,
});

const savedTensors = (self: PyContext): Value => {
  const held = [...(self.layer?.savedTensors ?? [])];
  return new PyTuple(
    self.saved.map((one) =>
      (one as Value) === None ? None : wrap(held.shift() ?? one.t, one.made),
    ),
  );
};

computed(contextType, {
  saved_tensors: savedTensors,
  needs_input_grad: (self: PyContext) => new PyTuple([...(self.layer?.needsInputGrad ?? [])]),
});

class PyFunctionBase extends PyObject {}

export const functionType: PyType = builtinType("Function", PyFunctionBase, {
  module: "torch.autograd.function",
});

classMethods(functionType, {
  apply: signed("cls, *args", (cls: PyType, args: Value[]) => applyFunction(cls, args)),
});

for (const name of ["forward", "backward"]) {
  functionType.dict.set(
    name,
    new PyStaticMethod(
      new PyBuiltin(
        name,
        signed("*args, **kwargs", () =>
          fault(
            "NotImplementedError",
            `You must implement the ${name} function for custom autograd.Function.`,
          ),
        ),
      ),
    ),
  );
  (functionType.proto as Record<string, unknown>)[`c_${name}`] = functionType.dict.get(name);
}

function applyFunction(cls: PyType, args: Value[]): Value {
  const context = new PyContext();
  const forward = getAttribute(cls, "forward");
  const run = customFunction<unknown[]>({
    forward: (layer) => {
      context.layer = layer;
      const result = call(forward, [context, ...args]);
      if (result instanceof PyTuple) {
        fault(
          "NotImplementedError",
          `${cls.name}.forward: several outputs are not here; nearest: one tensor, stacked, or one Function for each`,
        );
      }
      if (result instanceof PyTensor) return result.t;
      fault("TypeError", `${cls.name}.forward: expected Variable (got ${typeName(result)})`);
    },
    backward: (layer, gradient) => {
      context.layer = layer;
      const result = call(getAttribute(cls, "backward"), [context, wrap(gradient)]);
      const parts = result instanceof PyTuple ? result.items : [result];
      if (parts.length !== args.length) {
        fault(
          "RuntimeError",
          `function ${cls.name}Backward returned an incorrect number of gradients (expected ${args.length}, got ${parts.length})`,
        );
      }
      return parts.map((part, i) => {
        if (part === None) return undefined;
        if (!(part instanceof PyTensor)) {
          fault("TypeError", `expected Variable or None (got ${typeName(part)})`);
        }
        const own = args[i];
        if (own instanceof PyTensor && !sameSizes(own.t.shape, part.t.shape)) {
          fault(
            "RuntimeError",
            `Function ${cls.name}Backward returned an invalid gradient at index ${i} - got [${part.t.shape.join(", ")}] but expected shape compatible with [${own.t.shape.join(", ")}]`,
          );
        }
        return own instanceof PyTensor ? part.t : undefined;
      });
    },
  });
  return wrap(
    run(...args.map((one) => (one instanceof PyTensor ? one.t : one))),
    `${cls.name}Backward`,
  );
}
