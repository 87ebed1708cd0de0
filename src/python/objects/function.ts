/** Everything that is called, apart from classes: functions, built-in ones, methods, and the descriptors around them. */
import { fault } from "../fault.ts";
import { bag, below, type Direct, type Keywords, PyObject, type Value } from "./object.ts";
import { bindFunction, directFor } from "./parameters.ts";
import type { PyModule } from "./module.ts";
import { receiver } from "./receiver.ts";
import { builtinType } from "./root.ts";
import { bind, type Native, type Shape, shapeOf, type Signed } from "./signature.ts";
import type { PyType } from "./type.ts";

/** What the compiler knows of a function. */
export interface Code {
  readonly name: string;
  readonly qualname: string;
  readonly filename: string;
  readonly line: number;
  /** Names of all parameters in the order of the compiled function's: positional, keyword-only, `*args`, `**kwargs`. */
  readonly parameters: readonly string[];
  readonly positionalOnly: number;
  readonly positional: number;
  readonly keywordOnly: number;
  readonly args: boolean;
  readonly kwargs: boolean;
  readonly kind: "function" | "generator" | "coroutine" | "async generator";
  readonly doc: string | undefined;
  /** `types.coroutine` was applied: its generators can be awaited. */
  awaitable?: boolean;
  /** Names of locals beside the parameters, and of variables of outer functions. */
  readonly locals: readonly string[];
  readonly free: readonly string[];
}

/** A function of the program. */
export class PyFunction extends PyObject {
  readonly code: Code;
  readonly native: Direct;
  readonly globals: PyModule;
  defaults: Value[] | undefined;
  keywordDefaults: Keywords | undefined;
  override c0: Direct | undefined;
  override c1: Direct | undefined;
  override c2: Direct | undefined;
  override c3: Direct | undefined;
  override c4: Direct | undefined;
  override m0: Direct | undefined;
  override m1: Direct | undefined;
  override m2: Direct | undefined;
  override m3: Direct | undefined;
  /** What can be set: `__name__`, `__doc__`, … once somebody did. */
  changed: Map<string, Value> | undefined;
  /** Makes `__annotations__` when asked. */
  annotations: (() => Value) | undefined;
  /** Readers and writers of the variables of outer functions, in turn; only where the program asks for closures. */
  cells: ((value?: Value) => Value | undefined | void)[] | undefined;

  constructor(
    code: Code,
    native: Direct,
    globals: PyModule,
    defaults?: Value[],
    keywordDefaults?: Keywords,
  ) {
    super();
    this.code = code;
    this.native = native;
    this.globals = globals;
    this.defaults = defaults;
    this.keywordDefaults = keywordDefaults;
    const simple = code.parameters.length === code.positional;
    const n = simple ? code.positional : -1;
    this.c0 = n === 0 ? native : undefined;
    this.m0 = this.c1 = n === 1 ? native : undefined;
    this.m1 = this.c2 = n === 2 ? native : undefined;
    this.m2 = this.c3 = n === 3 ? native : undefined;
    this.m3 = this.c4 = n === 4 ? native : undefined;
    this.changed = undefined;
    this.annotations = undefined;
    this.cells = undefined;
  }

  call(args: Value[], keywords?: Keywords): Value {
    return this.native(...bindFunction(this, args, keywords));
  }

  /** Changes the defaults, and with them the ways in that knew of the old ones. */
  setDefaults(defaults: Value[] | undefined): void {
    this.defaults = defaults;
    const native = this.native;
    if (this.c0 !== native) this.c0 = undefined;
    if (this.c1 !== native) this.c1 = this.m0 = undefined;
    if (this.c2 !== native) this.c2 = this.m1 = undefined;
    if (this.c3 !== native) this.c3 = this.m2 = undefined;
    if (this.c4 !== native) this.c4 = this.m3 = undefined;
  }

  /** The direct way in for so many arguments, made when it is first asked for. */
  way(count: number): Direct | undefined {
    return directFor(this, count);
  }
}
PyFunction.prototype.binds = true;

/** A built-in function. */
export class PyBuiltin extends PyObject {
  readonly name: string;
  readonly native: Native;
  readonly signature: string | undefined;
  /** The module it is in, or the object it belongs to. */
  readonly self: Value | undefined;
  override c0: Direct | undefined;
  override c1: Direct | undefined;
  override c2: Direct | undefined;
  override c3: Direct | undefined;
  override c4: Direct | undefined;

  constructor(name: string, what: Native | Signed, self?: Value) {
    super();
    this.name = name;
    this.native = typeof what === "function" ? what : what.native;
    this.signature = typeof what === "function" ? undefined : what.signature;
    this.self = self;
    const n = this.signature === undefined ? this.native.length : -1;
    const direct = this.native as Direct;
    this.c0 = n === 0 ? direct : undefined;
    this.c1 = n === 1 ? direct : undefined;
    this.c2 = n === 2 ? direct : undefined;
    this.c3 = n === 3 ? direct : undefined;
    this.c4 = n === 4 ? direct : undefined;
  }

  get shape(): Shape {
    return shapeOf(this.signature ?? positionalSignature(this.native.length));
  }

  call(args: Value[], keywords?: Keywords): Value {
    const bound = bind(this.shownName, this.shape, args, keywords) as Value[];
    return (this.native as Direct)(...bound);
  }

  /** What messages call it: a constructor goes by the name of its class, a function by its module's too. */
  private get shownName(): string {
    if (this.self === undefined) return this.name;
    if (this.name === "__new__") return (this.self as { name?: string }).name ?? this.name;
    const module = bag(this.self as PyObject)["a___name__"];
    return typeof module === "string" &&
      module !== "builtins" &&
      (this.self as PyObject).type.name === "module"
      ? `${module}.${this.name}`
      : this.name;
  }

  way(count: number): Direct | undefined {
    const shape = this.shape;
    if (shape.gathers) return (...args) => (this.native as (args: Value[]) => Value)(args);
    if (!shape.direct || count < shape.least || count > shape.most) return undefined;
    return this.native as Direct;
  }
}

const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"];

function positionalSignature(count: number): string {
  return count === 0 ? "" : `${NAMES.slice(0, count).join(", ")}, /`;
}

/** The `__new__` of a built-in class: its first argument has to be a class that fits. */
export class PyMaker extends PyBuiltin {
  constructor(what: Native | Signed, owner: PyType) {
    super("__new__", what, owner);
    this.c0 = this.c1 = this.c2 = this.c3 = this.c4 = undefined;
  }

  override call(args: Value[], keywords?: Keywords): Value {
    receiver.checkMaker(this.self as PyType, args[0]);
    return this.make(args, keywords);
  }

  /** The same for a class that is known to fit. */
  make(args: Value[], keywords?: Keywords): Value {
    const owner = (this.self as PyType).name;
    return (this.native as Direct)(...(bind(owner, this.shape, args, keywords) as Value[]));
  }

  override way(_count: number): undefined {
    return undefined;
  }
}

/** A method of a built-in class, as it stands in the class. */
export class PyMethodDescriptor extends PyObject {
  readonly name: string;
  readonly owner: PyType;
  readonly native: Native;
  readonly signature: string | undefined;
  override m0: Direct | undefined;
  override m1: Direct | undefined;
  override m2: Direct | undefined;
  override m3: Direct | undefined;

  constructor(name: string, owner: PyType, what: Native | Signed) {
    super();
    this.name = name;
    this.owner = owner;
    this.native = typeof what === "function" ? what : what.native;
    this.signature = typeof what === "function" ? undefined : what.signature;
    const n = this.signature === undefined ? this.native.length - 1 : -1;
    const direct = this.native as Direct;
    this.m0 = n === 0 ? direct : undefined;
    this.m1 = n === 1 ? direct : undefined;
    this.m2 = n === 2 ? direct : undefined;
    this.m3 = n === 3 ? direct : undefined;
  }

  get shape(): Shape {
    return shapeOf(this.signature ?? positionalSignature(this.native.length - 1));
  }

  /** A call with a receiver that is known to fit. */
  callMethod(self: Value, args: Value[], keywords?: Keywords): Value {
    // An `__init__` reads the arguments of a call of its class.
    const name =
      this.name === "__init__"
        ? this.owner.name
        : this.name.startsWith("__")
          ? this.name
          : `${this.owner.name}.${this.name}`;
    const bound = bind(name, this.shape, args, keywords) as Value[];
    return (this.native as Direct)(self, ...bound);
  }

  /** The direct way in for a receiver and so many arguments. */
  methodWay(count: number): Direct | undefined {
    const shape = this.shape;
    const fits = shape.direct && count >= shape.least && count <= shape.most;
    if (!fits && !shape.gathers) return undefined;
    const native = this.native as Direct;
    const direct = fits
      ? native
      : (self: Value, ...args: Value[]): Value => native(self, args as never);
    if (count === 0) this.m0 = direct;
    else if (count === 1) this.m1 = direct;
    else if (count === 2) this.m2 = direct;
    else if (count === 3) this.m3 = direct;
    return direct;
  }

  /** `list.append(x, 1)`: the receiver is the first argument, and has to fit. */
  call(args: Value[], keywords?: Keywords): Value {
    const [self, ...rest] = args;
    if (self === undefined) {
      fault("TypeError", `unbound method ${this.owner.name}.${this.name}() needs an argument`);
    }
    if (!receiver.fits(self, this.owner)) {
      fault(
        "TypeError",
        `descriptor '${this.name}' for '${this.owner.name}' objects doesn't apply to a '${receiver.nameOf(self)}' object`,
      );
    }
    return this.callMethod(self, rest, keywords);
  }
}
PyMethodDescriptor.prototype.binds = true;

/** A method of a built-in class that an operator or a statement calls. */
export class PySlotWrapper extends PyMethodDescriptor {
  override call(args: Value[], keywords?: Keywords): Value {
    const [self, ...rest] = args;
    if (self === undefined) {
      fault(
        "TypeError",
        `descriptor '${this.name}' of '${this.owner.name}' object needs an argument`,
      );
    }
    if (!receiver.fits(self, this.owner)) {
      fault(
        "TypeError",
        `descriptor '${this.name}' requires a '${this.owner.name}' object but received a '${receiver.nameOf(self)}'`,
      );
    }
    return this.callMethod(self, rest, keywords);
  }

  /** What an operator calls is counted in its own words. */
  override callMethod(self: Value, args: Value[], keywords?: Keywords): Value {
    const { shape } = this;
    const fixed = !shape.args && !shape.kwargs && this.name !== "__init__";
    if (fixed && args.length > shape.most) wrongSlotCount(shape, args.length);
    if (fixed && args.length < shape.least && keywords === undefined)
      wrongSlotCount(shape, args.length);
    return super.callMethod(self, args, keywords);
  }
}

function wrongSlotCount(shape: Shape, given: number): never {
  const limit = shape.least === shape.most ? "" : given < shape.least ? "at least " : "at most ";
  const wanted = given < shape.least ? shape.least : shape.most;
  fault("TypeError", `expected ${limit}${wanted} argument${wanted === 1 ? "" : "s"}, got ${given}`);
}

/** A class method of a built-in class, as it stands in the class. */
export class PyClassMethodDescriptor extends PyMethodDescriptor {}
PyClassMethodDescriptor.prototype.binds = undefined;

/** A function with its receiver. */
export interface PyBoundMethod extends PyObject {
  readonly self: Value;
  readonly func: Value;
}
export const PyBoundMethod: new (self: Value, func: Value) => PyBoundMethod = below(
  PyObject,
  class {
    declare readonly self: Value;
    declare readonly func: Value;

    constructor(self: Value, func: Value) {
      this.self = self;
      this.func = func;
    }
  },
);

/** A method of a built-in class with its receiver. */
export class PyBoundBuiltin extends PyBoundMethod {}

/** The same where the method is a slot's. */
class PyBoundSlot extends PyBoundMethod {}

/** A function with its receiver, of the class that goes with the function. */
export function bindMethod(self: Value, func: Value): PyBoundMethod {
  if (func instanceof PyFunction) return new PyBoundMethod(self, func);
  if (func instanceof PySlotWrapper) return new PyBoundSlot(self, func);
  if (func instanceof PyMethodDescriptor || func instanceof PyBuiltin)
    return new PyBoundBuiltin(self, func);
  return new PyBoundMethod(self, func);
}

/** `staticmethod(f)`. */
export class PyStaticMethod extends PyObject {
  func: Value;
  constructor(func: Value) {
    super();
    this.func = func;
  }
}

/** `classmethod(f)`. */
export class PyClassMethod extends PyObject {
  func: Value;
  constructor(func: Value) {
    super();
    this.func = func;
  }
}

/** `property(…)`. */
export class PyProperty extends PyObject {
  get: Value | undefined;
  set: Value | undefined;
  delete: Value | undefined;
  doc: Value | undefined;
  name: Value | undefined = undefined;
  /** Whether its text is its getter's. */
  copiesDoc = false;

  constructor(get?: Value, set?: Value, del?: Value, doc?: Value) {
    super();
    this.get = get;
    this.set = set;
    this.delete = del;
    this.doc = doc;
  }
}

/** An attribute of a built-in class that is computed. */
export class PyGetSet extends PyObject {
  readonly name: string;
  readonly owner: PyType;
  readonly get: (self: never) => Value | undefined;
  readonly set: ((self: never, value: Value | undefined) => void) | undefined;

  constructor(
    name: string,
    owner: PyType,
    get: (self: never) => Value | undefined,
    set?: (self: never, value: Value | undefined) => void,
  ) {
    super();
    this.name = name;
    this.owner = owner;
    this.get = get;
    this.set = set;
  }

  /** What reading it through the class gives. */
  ofClass(_own: PyType): Value {
    return this;
  }
}

/** A slot of a program's class, or a field of a built-in one. */
export class PyMember extends PyGetSet {}

export const functionType: PyType = builtinType("function", PyFunction, {
  final: true,
  hasDict: true,
});
export const builtinFunctionType: PyType = builtinType("builtin_function_or_method", PyBuiltin, {
  final: true,
});
export const methodDescriptorType: PyType = builtinType("method_descriptor", PyMethodDescriptor, {
  final: true,
});
export const slotWrapperType: PyType = builtinType("wrapper_descriptor", PySlotWrapper, {
  final: true,
});
export const classMethodDescriptorType: PyType = builtinType(
  "classmethod_descriptor",
  PyClassMethodDescriptor,
  { final: true },
);
export const methodType: PyType = builtinType("method", PyBoundMethod, { final: true });
export const methodWrapperType: PyType = builtinType("method-wrapper", PyBoundSlot, {
  final: true,
});
(PyBoundBuiltin.prototype as { type: PyType }).type = builtinFunctionType;
export const staticMethodType: PyType = builtinType("staticmethod", PyStaticMethod, {
  hasDict: true,
});
export const classMethodType: PyType = builtinType("classmethod", PyClassMethod, { hasDict: true });
export const propertyType: PyType = builtinType("property", PyProperty);
export const getSetType: PyType = builtinType("getset_descriptor", PyGetSet, { final: true });
export const memberType: PyType = builtinType("member_descriptor", PyMember, { final: true });
