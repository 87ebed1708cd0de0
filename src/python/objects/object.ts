/**
 * What every value is. An int is a JavaScript number while that is exact, else
 * a bigint; a bool is a boolean; a str without surrogates is a string. All else
 * is a PyObject, whose class stands on its prototype as `type`.
 *
 * Names that a program chooses never become bare JavaScript properties: an
 * instance's own attribute x is the property `a_x`, an attribute of its class
 * `c_x` on the prototype. `undefined` means absent; `null` is never used.
 */
import type { PyType } from "./type.ts";

/** Every value of a program. */
export type Value = number | bigint | boolean | string | PyObject;

/** Keyword arguments of a call. */
export type Keywords = Map<string, Value>;

/** A compiled or built-in function of some fixed number of positional arguments. */
export type Direct = (...args: Value[]) => Value;

/** The base of all values that are no JavaScript primitives. */
export class PyObject {
  /** Its class; on the prototype. */
  declare type: PyType;
  /** Direct ways in for calls with 0 to 4 positional arguments, where there are any. */
  declare c0: Direct | undefined;
  declare c1: Direct | undefined;
  declare c2: Direct | undefined;
  declare c3: Direct | undefined;
  declare c4: Direct | undefined;
  /** The same for calls as a method: a receiver, then 0 to 3 arguments. */
  declare m0: Direct | undefined;
  declare m1: Direct | undefined;
  declare m2: Direct | undefined;
  declare m3: Direct | undefined;
  /** True where reading it through an instance binds the instance as first argument, and nothing else happens. */
  declare binds: boolean | undefined;
  /** True where storing an attribute is storing a property: no `__setattr__`, no slots, no descriptor of that name. */
  declare plain: boolean | undefined;
}

/**
 * A class of many short-lived objects, put below another without `extends`. The engine makes the objects of
 * an extending class in the constructor at its base, `PyObject`'s, which remembers the shape of one class
 * while a hundred come by: each object then costs two calls and a search.
 */
export function below<Made, Args extends unknown[]>(
  base: { prototype: object },
  made: new (...args: Args) => object,
): new (...args: Args) => Made {
  Object.setPrototypeOf(made.prototype, base.prototype);
  return made as new (...args: Args) => Made;
}

/** The attributes of an object as properties with their prefixes. */
export type Bag = Record<string, Value | undefined>;

/** An object seen as its properties. */
export function bag(object: PyObject): Bag {
  return object as unknown as Bag;
}

class PyNone extends PyObject {}
class PyNotImplemented extends PyObject {}
class PyEllipsis extends PyObject {}

export const None: PyObject = new PyNone();
export const NotImplemented: PyObject = new PyNotImplemented();
export const Ellipsis: PyObject = new PyEllipsis();
