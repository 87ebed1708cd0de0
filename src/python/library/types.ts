/** `types`: https://docs.python.org/3/library/types.html */
import { fault } from "../fault.ts";
import { attributeNames, PyDict, storeAttribute } from "../objects/dict.ts";
import { methods } from "../objects/define.ts";
import { cellType, codeType } from "../objects/code.ts";
import {
  builtinFunctionType,
  classMethodDescriptorType,
  functionType,
  getSetType,
  memberType,
  methodDescriptorType,
  methodType,
  methodWrapperType,
  PyFunction,
  slotWrapperType,
} from "../objects/function.ts";
import { asyncGeneratorType, coroutineType } from "../objects/coroutine.ts";
import { generatorType } from "../objects/generator.ts";
import { frameType, tracebackType } from "../objects/traceback.ts";
import { genericAliasType, unionType } from "../objects/generic.ts";
import { mappingProxyType } from "../objects/mapping-proxy.ts";
import { moduleType, type PyModule } from "../objects/module.ts";
import {
  type Keywords,
  None,
  NotImplemented,
  type PyObject,
  type Value,
} from "../objects/object.ts";
import { ellipsisType, noneType, notImplementedType, typeType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import { state } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { ownAttribute, PyType } from "../objects/type.ts";
import { dictOf, getAttribute } from "../operations/attributes.ts";
import { call } from "../operations/call.ts";
import { buildClass, resolveBases } from "../operations/classes.ts";
import { eq } from "../operations/compare.ts";
import { mappingEntries } from "../operations/displays.ts";
import { toArray } from "../operations/iterate.ts";
import { repr } from "../operations/repr.ts";
import { fromJs, toJs } from "../text/wide.ts";
import { isInstance } from "../operations/typeof.ts";
import { enumPropertyType } from "./enum/property.ts";
import { functions, runClass, values } from "./native.ts";

export function fillTypes(module: PyModule): void {
  values(module, {
    AsyncGeneratorType: asyncGeneratorType,
    BuiltinFunctionType: builtinFunctionType,
    BuiltinMethodType: builtinFunctionType,
    CellType: cellType,
    ClassMethodDescriptorType: classMethodDescriptorType,
    CodeType: codeType,
    CoroutineType: coroutineType,
    DynamicClassAttribute: enumPropertyType(),
    EllipsisType: ellipsisType,
    FrameType: frameType,
    FunctionType: functionType,
    TracebackType: tracebackType,
    GeneratorType: generatorType,
    GenericAlias: genericAliasType,
    GetSetDescriptorType: getSetType,
    LambdaType: functionType,
    MappingProxyType: mappingProxyType,
    MemberDescriptorType: memberType,
    MethodDescriptorType: methodDescriptorType,
    MethodType: methodType,
    MethodWrapperType: methodWrapperType,
    ModuleType: moduleType,
    NoneType: noneType,
    NotImplementedType: notImplementedType,
    UnionType: unionType,
    WrapperDescriptorType: slotWrapperType,
  });
  defineNamespace(module);
  functions(module, {
    coroutine: (func: Value) => {
      if (func instanceof PyFunction && func.code.kind === "generator") func.code.awaitable = true;
      return func;
    },
    get_original_bases: (type: Value) => {
      if (!(type instanceof PyType))
        fault("TypeError", `Expected an instance of type, not ${String(repr(type))}`);
      return type.dict.get("__orig_bases__") ?? new PyTuple([...type.bases]);
    },
    new_class: signed(
      "name, bases=(), kwds=None, exec_body=None",
      (name: Value, bases?: Value, kwds?: Value, body?: Value) =>
        buildClass(
          String(name),
          bases === undefined ? [] : toArray(bases),
          keywordsOf(kwds),
          (namespace) => {
            if (body !== undefined && body !== None) call(body, [namespace]);
          },
          undefined,
        ),
    ),
    resolve_bases: (bases: Value) => {
      const given = toArray(bases);
      const found = resolveBases(given);
      return found.length === given.length && found.every((one, i) => one === given[i])
        ? bases
        : new PyTuple(found);
    },
    prepare_class: signed(
      "name, bases=(), kwds=None",
      (name: Value, bases?: Value, kwds?: Value) => {
        const keywords = keywordsOf(kwds) ?? new Map<string, Value>();
        const first = bases === undefined ? undefined : toArray(bases)[0];
        const meta = keywords.get("metaclass") ?? (first instanceof PyType ? first.type : typeType);
        keywords.delete("metaclass");
        const namespace = call(
          getAttribute(meta, "__prepare__"),
          [name, bases ?? new PyTuple([])],
          keywords,
        );
        return new PyTuple([meta, namespace, PyDict.ofKeywords(keywords)]);
      },
    ),
  });
}

function keywordsOf(value: Value | undefined): Keywords | undefined {
  if (value === undefined || value === None) return undefined;
  const keywords: Keywords = new Map();
  for (const [name, item] of mappingEntries(value)) keywords.set(String(name), item);
  return keywords;
}

function defineNamespace(module: PyModule): void {
  const type = runClass(module, "SimpleNamespace", []);
  methods(type, {
    __init__: signed("**kwargs", (self: PyObject, kwargs: Keywords) => {
      for (const [name, value] of kwargs) storeAttribute(self, name, value);
      return None;
    }),
    __repr__: (self: PyObject) => {
      const name = self.type === type ? "namespace" : self.type.name;
      if (state.showing.has(self)) return `${name}(...)`;
      state.showing.add(self);
      try {
        const parts = attributeNames(self).map(
          (one) => `${one}=${toJs(repr(ownAttribute(self, one)!))}`,
        );
        return fromJs(`${name}(${parts.join(", ")})`);
      } finally {
        state.showing.delete(self);
      }
    },
    __eq__: (self: PyObject, other: Value) =>
      isInstance(other, type) ? eq(dictOf(self)!, dictOf(other)!) : NotImplemented,
  });
}
