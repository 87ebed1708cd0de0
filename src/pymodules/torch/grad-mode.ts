/** `no_grad`, `enable_grad` and their kind: for a `with`, or around a function. */
import { computed, maker, methods } from "../../python/objects/define.ts";
import { PyBoundMethod } from "../../python/objects/function.ts";
import type { PyModule } from "../../python/objects/module.ts";
import { type Keywords, None, PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyType } from "../../python/objects/type.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { call } from "../../python/operations/call.ts";
import { gradEnabled, setGradEnabled } from "../../tensor/autograd/graph.ts";
import { plainFunctions } from "./register.ts";

/** `no_grad`, `enable_grad`, `set_grad_enabled`: for a `with`, or around a function. */
class PyGradMode extends PyObject {
  readonly on: boolean;
  before: boolean[] = [];
  constructor(on: boolean) {
    super();
    this.on = on;
  }
}

/** A function that runs in a mode. It binds as functions do. */
class PyModed extends PyObject {
  readonly func: Value;
  readonly on: boolean;
  constructor(func: Value, on: boolean) {
    super();
    this.func = func;
    this.on = on;
  }
}

const modedType: PyType = builtinType("function", PyModed);

methods(modedType, {
  __call__: signed("*args, **kwargs", (self: PyModed, args: Value[], kwargs: Keywords) => {
    const before = gradEnabled();
    setGradEnabled(self.on);
    try {
      return call(self.func, args, kwargs);
    } finally {
      setGradEnabled(before);
    }
  }),
  __get__: signed("instance, owner=None", (self: PyModed, instance: Value) =>
    instance === None ? self : new PyBoundMethod(instance, self),
  ),
});

computed(modedType, {
  __name__: (self: PyModed) => getAttribute(self.func, "__name__"),
  __doc__: (self: PyModed) => getAttribute(self.func, "__doc__"),
  __wrapped__: (self: PyModed) => self.func,
});

function mode(name: string, on: boolean | undefined): PyType {
  const type = builtinType(name, class extends PyGradMode {}, {
    module: "torch.autograd.grad_mode",
  });
  maker(
    type,
    signed("cls, mode=None", (cls: PyType, argument?: Value) => {
      if (argument !== undefined && typeof argument !== "boolean" && on !== undefined) {
        return new PyModed(argument, on);
      }
      const wanted = on ?? argument === true;
      const made = new (cls.js as unknown as new (on: boolean) => PyGradMode)(
        on !== undefined && argument === false ? !on : wanted,
      );
      // As a function, `set_grad_enabled` acts at once.
      if (on === undefined) {
        made.before.push(gradEnabled());
        setGradEnabled(wanted);
      }
      return made;
    }),
  );
  methods(type, {
    __init__: signed("*args, **kwargs", () => None),
    __enter__: (self: PyGradMode) => {
      if (on !== undefined || self.before.length === 0) self.before.push(gradEnabled());
      setGradEnabled(self.on);
      return None;
    },
    __exit__: signed("*args", (self: PyGradMode) => {
      setGradEnabled(self.before.pop() ?? true);
      return None;
    }),
    __call__: (self: PyGradMode, func: Value) => new PyModed(func, self.on),
  });
  return type;
}

const MODES = [
  mode("no_grad", false),
  mode("enable_grad", true),
  mode("inference_mode", false),
  mode("set_grad_enabled", undefined),
];

/** What `torch` has of this. */
export function fillGradModes(module: PyModule): void {
  for (const type of MODES) module.set(type.name, type);
  plainFunctions(module, { is_grad_enabled: ["", () => gradEnabled()] });
}
