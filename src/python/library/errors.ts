/** Exceptions that belong to modules written in TypeScript, and how what is thrown below becomes one of them. */
import { exceptionType, makeException, type PyException, raising } from "../objects/exception.ts";
import type { Value } from "../objects/object.ts";
import type { Native } from "../objects/signature.ts";
import { PyType } from "../objects/type.ts";
import { LibraryFault } from "../numeric/library-fault.ts";

/** Makes a class of exceptions that is the same for all runs. */
export function errorClass(module: string, name: string, base: string): PyType {
  const parent = exceptionType(base);
  const js = parent.js as new (args: readonly Value[]) => PyException;
  const type = new PyType({ name, bases: [parent], js: class extends js {}, module });
  type.mro = [type, ...parent.mro];
  return type;
}

/** A function whose library faults are exceptions of a class. */
export function raisingAs<T extends Native>(type: PyType, work: T): T {
  const guarded = (...args: never[]): Value => {
    try {
      return work(...args);
    } catch (error) {
      if (!(error instanceof LibraryFault)) throw error;
      throw raising(makeException(type, [error.message]));
    }
  };
  // How many arguments it takes is read from it.
  return Object.defineProperty(guarded, "length", { value: work.length }) as T;
}
