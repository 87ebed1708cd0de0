/** The two classes that all begins with: `object`, and `type`, which is the class of classes. */
import { Ellipsis, None, NotImplemented, PyObject } from "./object.ts";
import { PyType } from "./type.ts";

export const objectType: PyType = new PyType({ name: "object", bases: [], js: PyObject });

export const typeType: PyType = new PyType({
  name: "type",
  bases: [objectType],
  js: PyType as never,
});
typeType.mro = [typeType, objectType];
typeType.hasDict = typeType.weak = true;

/** Makes a built-in class; its methods come later, by `define`. */
export function builtinType(
  name: string,
  js: unknown,
  options: { base?: PyType; module?: string; final?: boolean; hasDict?: boolean } = {},
): PyType {
  const base = options.base ?? objectType;
  const type = new PyType({
    name,
    bases: [base],
    js: js as never,
    module: options.module ?? "builtins",
    final: options.final ?? false,
  });
  type.mro = [type, ...base.mro];
  type.hasDict = options.hasDict ?? base.hasDict;
  return type;
}

export const noneType: PyType = builtinType("NoneType", None.constructor, { final: true });
export const notImplementedType: PyType = builtinType(
  "NotImplementedType",
  NotImplemented.constructor,
  { final: true },
);
export const ellipsisType: PyType = builtinType("ellipsis", Ellipsis.constructor, { final: true });
