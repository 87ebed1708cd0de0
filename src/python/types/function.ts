/** Functions and methods, the program's own and built-in ones. */
import { fault } from "../fault.ts";
import { computed, maker, members, methods } from "../objects/define.ts";
import { PyCell, PyCode } from "../objects/code.ts";
import { PyDict } from "../objects/dict.ts";
import {
  bindMethod,
  type Code,
  builtinFunctionType,
  classMethodDescriptorType,
  functionType,
  methodDescriptorType,
  methodType,
  methodWrapperType,
  type PyBoundBuiltin,
  PyBoundMethod,
  PyBuiltin,
  PyFunction,
  PyMethodDescriptor,
  slotWrapperType,
} from "../objects/function.ts";
import { type Keywords, None, NotImplemented, type Value } from "../objects/object.ts";
import { PyModule } from "../objects/module.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { PyType } from "../objects/type.ts";
import { dictOf, getAttribute, setAttributeDict, tryAttribute } from "../operations/attributes.ts";
import { call } from "../operations/call.ts";
import { hash } from "../operations/hash.ts";
import { equal } from "../operations/compare.ts";
import { repr } from "../operations/repr.ts";
import { isInstance, typeName, typeOf } from "../operations/typeof.ts";
import { signatureText } from "../operations/signatures.ts";
import { addressOf } from "./object.ts";

const changed = (self: PyFunction, name: string): Value | undefined => self.changed?.get(name);

function change(self: PyFunction, name: string, value: Value): void {
  (self.changed ??= new Map()).set(name, value);
}

function text(
  name: string,
  given: (code: Code) => string,
): [get: (self: PyFunction) => Value, set: (self: PyFunction, value: Value | undefined) => void] {
  return [
    (self) => changed(self, name) ?? given(self.code),
    (self, value) => {
      if (typeof value !== "string") fault("TypeError", `${name} must be set to a string object`);
      change(self, name, value);
    },
  ];
}

methods(functionType, {
  __call__: signed("*args, **kwargs", (self: PyFunction, args: Value[], kwargs: Keywords) =>
    call(self, args, kwargs),
  ),
  __get__: signed("instance, owner=None, /", (self: PyFunction, instance: Value, owner?: Value) =>
    bound(self, instance, owner),
  ),
  __repr__: (self: PyFunction) =>
    `<function ${String(changed(self, "__qualname__") ?? self.code.qualname)} at ${addressOf(self)}>`,
});

/** What `f.__get__(instance, owner)` gives. */
function bound(func: Value, instance: Value, owner: Value | undefined): Value {
  if (instance !== None) return bindMethod(instance, func);
  if (owner === undefined || owner === None) fault("TypeError", "__get__(None, None) is invalid");
  return func;
}

maker(
  functionType,
  signed(
    "cls, code, globals, name=None, argdefs=None, closure=None",
    (_cls: Value, code: Value, _globals: Value, name?: Value, defaults?: Value) => {
      if (!(code instanceof PyCode)) {
        fault("TypeError", `function() argument 'code' must be code, not ${typeName(code)}`);
      }
      const from = code.func;
      if (from === undefined) fault("TypeError", "function() needs the code of a function");
      const made = new PyFunction(
        from.code,
        from.native,
        from.globals,
        defaults instanceof PyTuple ? [...defaults.items] : undefined,
      );
      if (typeof name === "string") change(made, "__name__", name);
      return made;
    },
  ),
);

computed(functionType, {
  __dict__: [(self: PyFunction) => dictOf(self), setAttributeDict],
  __name__: text("__name__", (code) => code.name),
  __qualname__: text("__qualname__", (code) => code.qualname),
  __doc__: [
    (self: PyFunction) => changed(self, "__doc__") ?? self.code.doc ?? None,
    (self: PyFunction, value) => change(self, "__doc__", value ?? None),
  ],
  __module__: [
    (self: PyFunction) => changed(self, "__module__") ?? self.globals.get("__name__") ?? None,
    (self: PyFunction, value) => change(self, "__module__", value ?? None),
  ],
  __defaults__: [
    (self: PyFunction) => (self.defaults === undefined ? None : new PyTuple([...self.defaults])),
    (self: PyFunction, value) => {
      if (value !== undefined && value !== None && !(value instanceof PyTuple)) {
        fault("TypeError", "__defaults__ must be set to a tuple object");
      }
      runtime().seal?.guard(self, "__defaults__");
      self.setDefaults(value instanceof PyTuple ? [...value.items] : undefined);
    },
  ],
  __kwdefaults__: [
    (self: PyFunction) =>
      self.keywordDefaults === undefined ? None : PyDict.ofKeywords(self.keywordDefaults),
    (self: PyFunction, value) => {
      if (value !== undefined && value !== None && !(value instanceof PyDict)) {
        fault("TypeError", "__kwdefaults__ must be set to a dict object");
      }
      runtime().seal?.guard(self, "__kwdefaults__");
      self.keywordDefaults =
        value instanceof PyDict ? new Map([...value.entries()] as [string, Value][]) : undefined;
    },
  ],
  __code__: [
    (self: PyFunction) => codeOf(self),
    (_self: PyFunction, value) => {
      if (!(value instanceof PyCode)) fault("TypeError", "__code__ must be set to a code object");
      fault("TypeError", "__code__ cannot be changed here");
    },
  ],
  __annotations__: [
    (self: PyFunction) => {
      const known = changed(self, "__annotations__");
      if (known !== undefined) return known;
      const made = self.annotations?.() ?? new PyDict();
      change(self, "__annotations__", made);
      return made;
    },
    (self: PyFunction, value) => {
      if (value !== undefined && value !== None && !(value instanceof PyDict)) {
        fault("TypeError", "__annotations__ must be set to a dict object");
      }
      change(self, "__annotations__", value instanceof PyDict ? value : new PyDict());
    },
  ],
  __type_params__: [
    (self: PyFunction) => changed(self, "__type_params__") ?? new PyTuple([]),
    (self: PyFunction, value) => change(self, "__type_params__", value ?? new PyTuple([])),
  ],
});

members(functionType, {
  __globals__: (self: PyFunction) =>
    runtime().seal?.conceals(self.globals) === true ? new PyDict() : dictOf(self.globals),
  __builtins__: (self: PyFunction) => {
    const own = self.globals.get("__builtins__");
    return own instanceof PyModule ? dictOf(own) : (own ?? None);
  },
  __closure__: (self: PyFunction) => closureOf(self),
});

/** The code of a function: always the same object. */
function codeOf(self: PyFunction): PyCode {
  const known = changed(self, "__code__");
  if (known instanceof PyCode) return known;
  const made = new PyCode(self.code, self);
  change(self, "__code__", made);
  return made;
}

function closureOf(self: PyFunction): Value {
  if (self.code.free.length === 0) return None;
  const known = changed(self, "__closure__");
  if (known !== undefined) return known;
  const cells = self.cells;
  const made = new PyTuple(
    self.code.free.map((_, i) =>
      cells === undefined
        ? new PyCell(
            () => undefined,
            () => undefined,
          )
        : new PyCell(
            cells[2 * i] as () => Value | undefined,
            cells[2 * i + 1] as (value: Value | undefined) => void,
          ),
    ),
  );
  change(self, "__closure__", made);
  return made;
}

/** The name of a module, for what says where it comes from. */
function nameOf(owner: Value | undefined): Value {
  if (owner instanceof PyModule) return owner.get("__name__") ?? None;
  return owner === undefined ? "builtins" : None;
}

const builtinCall = signed("*args, **kwargs", (self: Value, args: Value[], kwargs: Keywords) =>
  call(self, args, kwargs),
);

methods(builtinFunctionType, {
  __call__: builtinCall,
  __repr__: (self: PyBuiltin | PyBoundBuiltin) => {
    if (self instanceof PyBuiltin && (self.self === undefined || self.self instanceof PyModule)) {
      return `<built-in function ${self.name}>`;
    }
    const { name } = (self instanceof PyBuiltin ? self : self.func) as PyBuiltin;
    return `<built-in method ${name} of ${typeName(self.self!)} object at ${addressOf(self.self!)}>`;
  },
  __eq__: sameMethod,
  __hash__: hashMethod,
  __reduce__: (self: PyBuiltin | PyBoundBuiltin) => {
    const { name } = underlying(self);
    if (self.self === undefined || self.self instanceof PyModule) return name;
    return asAttribute(self.self, name);
  },
});

/** What pickles say of a method: that it is had by asking for it. */
function asAttribute(owner: Value, name: Value): Value {
  return new PyTuple([runtime().builtins.get("getattr")!, new PyTuple([owner, name])]);
}

computed(builtinFunctionType, {
  __name__: (self: PyBuiltin | PyBoundBuiltin) => underlying(self).name,
  __qualname__: (self: PyBuiltin | PyBoundBuiltin) => {
    const { name } = underlying(self);
    const owner = self.self;
    if (owner === undefined || owner instanceof PyModule) return name;
    return `${(owner instanceof PyType ? owner : typeOf(owner)).qualname}.${name}`;
  },
  __module__: (self: PyBuiltin | PyBoundBuiltin) => nameOf(self.self),
  __self__: (self: PyBuiltin | PyBoundBuiltin) => self.self ?? None,
  __doc__: (_self: Value) => None,
  __text_signature__: (self: PyBuiltin | PyBoundBuiltin) => signatureText(underlying(self), ""),
});

function underlying(self: PyBuiltin | PyBoundBuiltin): PyBuiltin | PyMethodDescriptor {
  return (self instanceof PyBuiltin ? self : self.func) as PyBuiltin | PyMethodDescriptor;
}

/** `a.m == b.m`: the same function, and the very same receiver. */
function sameMethod(self: Value, other: Value): Value {
  if (typeOf(self) !== typeOf(other)) return NotImplemented;
  if (self instanceof PyBoundMethod && other instanceof PyBoundMethod) {
    return self.self === other.self && equal(self.func, other.func);
  }
  return self === other;
}

function hashMethod(self: Value): Value {
  if (!(self instanceof PyBoundMethod)) return identityHash(self);
  return Number(BigInt(hash(identityHash(self.self))) ^ (BigInt(hash(self.func)) << 8n));
}

function identityHash(value: Value): Value {
  return Number.parseInt(addressOf(value), 16) >>> 4;
}

methods(methodType, {
  __call__: signed("*args, **kwargs", (self: PyBoundMethod, args: Value[], kwargs: Keywords) =>
    call(self, args, kwargs),
  ),
  __get__: signed("instance, owner=None, /", (self: PyBoundMethod) => self),
  __reduce__: (self: PyBoundMethod) => asAttribute(self.self, getAttribute(self.func, "__name__")),
  __eq__: sameMethod,
  __hash__: hashMethod,
  __repr__: (self: PyBoundMethod) => {
    const name = nameFrom(self.func, "__qualname__") ?? nameFrom(self.func, "__name__") ?? "?";
    return `<bound method ${name} of ${String(repr(self.self))}>`;
  },
  __getattribute__: (self: PyBoundMethod, name: Value) => methodAttribute(self, String(name)),
});

function nameFrom(value: Value, name: string): string | undefined {
  if (value instanceof PyFunction) {
    const own = value.changed?.get(name);
    if (typeof own === "string") return own;
    return name === "__name__" ? value.code.name : value.code.qualname;
  }
  const found = typeof value === "object" ? attributeOf(value, name) : undefined;
  return typeof found === "string" ? found : undefined;
}

function attributeOf(value: Value, name: string): Value | undefined {
  return tryAttribute(value, name);
}

/** A method has the attributes of its function. */
function methodAttribute(self: PyBoundMethod, name: string): Value {
  const own = typeOf(self).proto[`c_${name}`];
  if (own !== undefined && name !== "__doc__") {
    const get = own as { get?: (self: Value) => Value | undefined };
    if (typeof get.get === "function") return get.get(self)!;
    return bindMethod(self, own);
  }
  return getAttribute(self.func, name);
}

maker(
  methodType,
  signed("cls, function, instance, /", (_cls: Value, func: Value, instance: Value) => {
    if (typeOf(func).proto["c___call__"] === undefined) {
      fault("TypeError", "first argument must be callable");
    }
    if (instance === None) fault("TypeError", "self must not be None");
    return new PyBoundMethod(instance, func);
  }),
);

members(methodType, {
  __func__: (self: PyBoundMethod) => self.func,
  __self__: (self: PyBoundMethod) => self.self,
});

methods(methodWrapperType, {
  __call__: builtinCall,
  __reduce__: (self: PyBoundMethod) =>
    asAttribute(self.self, (self.func as PyMethodDescriptor).name),
  __eq__: sameMethod,
  __hash__: hashMethod,
  __repr__: (self: PyBoundMethod) =>
    `<method-wrapper '${(self.func as PyMethodDescriptor).name}' of ${typeName(self.self)} object at ${addressOf(self.self)}>`,
});

computed(methodWrapperType, {
  __name__: (self: PyBoundMethod) => (self.func as PyMethodDescriptor).name,
  __qualname__: (self: PyBoundMethod) => qualified(self.func as PyMethodDescriptor),
  __self__: (self: PyBoundMethod) => self.self,
  __objclass__: (self: PyBoundMethod) => (self.func as PyMethodDescriptor).owner,
  __doc__: (_self: Value) => None,
  __text_signature__: (self: PyBoundMethod) => signatureText(self.func as PyMethodDescriptor, ""),
});

const qualified = (self: { owner: PyType; name: string }): string =>
  `${self.owner.qualname}.${self.name}`;

for (const [type, word] of [
  [methodDescriptorType, "method"],
  [slotWrapperType, "slot wrapper"],
  [classMethodDescriptorType, "method"],
] as const) {
  methods(type, {
    __call__: builtinCall,
    __reduce__: (self: PyMethodDescriptor) => asAttribute(self.owner, self.name),
    __get__: signed(
      "instance, owner=None, /",
      (self: PyMethodDescriptor, instance: Value, owner?: Value) => {
        if (type === classMethodDescriptorType) {
          return bindMethod(owner === undefined || owner === None ? typeOf(instance) : owner, self);
        }
        if (instance !== None && !isInstance(instance, self.owner)) {
          fault(
            "TypeError",
            `descriptor '${self.name}' for '${self.owner.name}' objects doesn't apply to a '${typeName(instance)}' object`,
          );
        }
        return bound(self, instance, owner);
      },
    ),
    __repr__: (self: PyMethodDescriptor) =>
      `<${word} '${self.name}' of '${self.owner.name}' objects>`,
  });
  computed(type, {
    __name__: (self: PyMethodDescriptor) => self.name,
    __qualname__: qualified,
    __objclass__: (self: PyMethodDescriptor) => self.owner,
    __doc__: (_self: Value) => None,
    __text_signature__: (self: PyMethodDescriptor) => signatureText(self, "$self"),
  });
}
