/** Fields of data classes, and what marks them. */
import { fault } from "../../fault.ts";
import { classMethods, computed, maker, members, methods } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { mappingProxyType, PyMappingProxy } from "../../objects/mapping-proxy.ts";
import { None, PyObject, type Value } from "../../objects/object.ts";
import { state } from "../../objects/state.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { lookup, PyType } from "../../objects/type.ts";
import { PyModule } from "../../objects/module.ts";

import { PyGenericAlias } from "../../objects/generic.ts";
import { bindDescriptor, findAttribute } from "../../operations/attributes.ts";
import { call } from "../../operations/call.ts";
import { repr } from "../../operations/repr.ts";
import { typeText } from "../../operations/generics.ts";
import { lazy } from "../lazy.ts";

/** What kind of field an annotation makes. */
export type FieldKind = "_FIELD" | "_FIELD_CLASSVAR" | "_FIELD_INITVAR";

export class PyField extends PyObject {
  name: string | undefined = undefined;
  annotation: Value | undefined = undefined;
  kind: FieldKind | undefined = undefined;
  default: Value | undefined = undefined;
  factory: Value | undefined = undefined;
  init = true;
  repr = true;
  hash: Value = None;
  compare = true;
  metadata: Value | undefined = undefined;
  keywordOnly: boolean | undefined = undefined;
}

class PyMarker extends PyObject {}
class PyFactoryMarker extends PyObject {}
class PyKeywordMarker extends PyObject {}

/** `InitVar[int]`. */
export class PyInitVar extends PyObject {
  readonly annotation: Value;
  constructor(annotation: Value) {
    super();
    this.annotation = annotation;
  }
}

interface Kinds {
  field: PyType;
  initVar: PyType;
  missing: PyObject;
  keywordOnly: PyObject;
  /** Stands for a value that a factory makes. */
  factory: PyObject;
}

const MODULE = { module: "dataclasses" };

/** The classes and markers of the module; the same for all runs. */
export const kinds: () => Kinds = lazy(() => {
  const field = builtinType("Field", PyField, MODULE);
  builtinType("_MISSING_TYPE", PyMarker, MODULE);
  builtinType("_KW_ONLY_TYPE", PyKeywordMarker, MODULE);
  const factory = builtinType("_HAS_DEFAULT_FACTORY_CLASS", PyFactoryMarker, MODULE);
  methods(factory, { __repr__: (_self: Value) => "<factory>" });
  const initVar = builtinType("InitVar", PyInitVar, MODULE);
  const missing = new PyMarker();
  maker(
    initVar,
    signed("cls, type", (_cls: Value, type: Value) => new PyInitVar(type)),
  );
  classMethods(initVar, {
    __class_getitem__: signed("cls, type, /", (_cls: Value, type: Value) => new PyInitVar(type)),
  });
  members(initVar, { type: (self: PyInitVar) => self.annotation });
  methods(initVar, {
    __repr__: (self: PyInitVar) => `dataclasses.InitVar[${typeText(self.annotation)}]`,
  });
  const given = (value: Value | undefined): Value => value ?? missing;
  members(field, {
    default_factory: (self: PyField) => given(self.factory),
    init: (self: PyField) => self.init,
    repr: (self: PyField) => self.repr,
    hash: (self: PyField) => self.hash,
    compare: (self: PyField) => self.compare,
    metadata: (self: PyField) => (self.metadata ??= new PyMappingProxy(new PyDict())),
    kw_only: (self: PyField) => self.keywordOnly ?? missing,
  });
  computed(field, {
    type: [
      (self: PyField) => self.annotation ?? None,
      (self: PyField, value) => {
        self.annotation = value;
      },
    ],
    name: [
      (self: PyField) => self.name ?? None,
      (self: PyField, value) => {
        self.name = String(value);
      },
    ],
    default: [
      (self: PyField) => given(self.default),
      (self: PyField, value) => {
        self.default = value;
      },
    ],
  });
  methods(field, {
    __repr__: (self: PyField) => {
      if (state.showing.has(self)) return "...";
      state.showing.add(self);
      const text = (value: Value): string => String(repr(value));
      try {
        return fieldText(self, text, given);
      } finally {
        state.showing.delete(self);
      }
    },
    __set_name__: (self: PyField, owner: Value, name: Value) => {
      const inner = self.default;
      if (inner === undefined || typeof inner !== "object") return None;
      const hook = lookup(inner.type, "__set_name__");
      if (hook !== undefined) call(bindDescriptor(hook, inner, inner.type), [owner, name]);
      return None;
    },
  });
  return {
    field,
    initVar,
    missing,
    keywordOnly: new PyKeywordMarker(),
    factory: new PyFactoryMarker(),
  };
});

function fieldText(
  self: PyField,
  text: (value: Value) => string,
  given: (value: Value | undefined) => Value,
): string {
  const { missing } = kinds();
  return `Field(name=${text(self.name ?? None)},type=${text(self.annotation ?? None)},default=${text(given(self.default))},default_factory=${text(given(self.factory))},init=${text(self.init)},repr=${text(self.repr)},hash=${text(self.hash)},compare=${text(self.compare)},metadata=${text(self.metadata ?? new PyMappingProxy(new PyDict()))},kw_only=${text(self.keywordOnly ?? missing)},_field_type=${self.kind ?? "None"})`;
}

/** `field(…)`. */
export function makeField(
  given: Value | undefined,
  factory: Value | undefined,
  options: {
    init?: boolean;
    repr?: boolean;
    hash?: Value | undefined;
    compare?: boolean;
    metadata?: Value | undefined;
    keywordOnly?: boolean | undefined;
  } = {},
): PyField {
  const { missing } = kinds();
  const field = new PyField();
  field.default = given === missing ? undefined : given;
  field.factory = factory === missing ? undefined : factory;
  if (field.default !== undefined && field.factory !== undefined) {
    fault("ValueError", "cannot specify both default and default_factory");
  }
  field.init = options.init ?? true;
  field.repr = options.repr ?? true;
  field.hash = options.hash ?? None;
  field.compare = options.compare ?? true;
  const metadata = options.metadata;
  if (metadata !== undefined && metadata !== None)
    field.metadata = call(mappingProxyType, [metadata]);
  field.keywordOnly = options.keywordOnly;
  return field;
}

/** What an annotation says of its field. */
export function kindOf(annotation: Value, globals: PyModule): FieldKind {
  if (typeof annotation === "string") {
    const named = /^(?:\s*(\w+)\s*\.)?\s*(\w+)/.exec(annotation.slice(0, 200));
    if (named === null) return "_FIELD";
    const from = named[1] === undefined ? globals : globals.get(named[1]);
    const value = from instanceof PyModule ? from.get(named[2]!) : undefined;
    if (value === undefined) return "_FIELD";
    if (isClassVar(value)) return "_FIELD_CLASSVAR";
    return value === kinds().initVar ? "_FIELD_INITVAR" : "_FIELD";
  }
  if (annotation instanceof PyInitVar || annotation === kinds().initVar) return "_FIELD_INITVAR";
  if (annotation instanceof PyType || annotation instanceof PyGenericAlias) return "_FIELD";
  if (isClassVar(annotation)) return "_FIELD_CLASSVAR";
  const origin =
    typeof annotation === "object" ? findAttribute(annotation, "__origin__") : undefined;
  return origin !== undefined && isClassVar(origin) ? "_FIELD_CLASSVAR" : "_FIELD";
}

function isClassVar(value: Value): boolean {
  return typeof value === "object" && String(repr(value)) === "typing.ClassVar";
}
