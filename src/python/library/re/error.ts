/** `re.error`. */
import { exceptionType, PyException, raising } from "../../objects/exception.ts";
import { methods } from "../../objects/define.ts";
import { None, bag, type Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { PyType } from "../../objects/type.ts";
import { own } from "../../operations/arguments.ts";
import { bufferOf } from "../../objects/bytes.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { type PatternSource, PatternError } from "../../regex/error.ts";

const parent = exceptionType("Exception");
const base = parent.js as new (args: readonly Value[]) => PyException;

class PyPatternError extends base {}
export const errorType: PyType = new PyType({
  name: "error",
  bases: [parent],
  js: PyPatternError,
  module: "re",
});
errorType.mro = [errorType, ...parent.mro];

/** Sets what an error shows and its attributes. */
function describe(self: PyException, error: PatternError, pattern: Value): void {
  const attributes = bag(self);
  self.args = new PyTuple([error.message]);
  attributes["a_msg"] = error.msg;
  attributes["a_pattern"] = pattern;
  attributes["a_pos"] = error.pos ?? None;
  if (error.lineno !== undefined) attributes["a_lineno"] = error.lineno;
  if (error.colno !== undefined) attributes["a_colno"] = error.colno;
  if (error.pattern === undefined || error.pos === undefined) {
    attributes["a_lineno"] = attributes["a_colno"] = None;
  }
}

methods(errorType, {
  __init__: signed(
    "msg, pattern=None, pos=None",
    (self: PyException, msg: Value, pattern?: Value, pos?: Value) => {
      const source = pattern === undefined || pattern === None ? undefined : sourceOf(pattern);
      const at = pos === undefined || pos === None ? undefined : Number(requireIndex(pos));
      describe(self, new PatternError(String(msg), source, at), pattern ?? None);
      return None;
    },
  ),
});

/** The source of a pattern given as str or bytes. */
export function sourceOf(pattern: Value): PatternSource {
  const bytes = bufferOf(pattern);
  if (bytes !== undefined) return bytes;
  const text = own(pattern);
  return typeof text === "string" ? text : text.points;
}

/** Does what compiles a pattern or a template; its errors become Python's. */
export function compiling<T>(pattern: Value, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const exception = new PyPatternError([]);
    describe(exception, error, pattern);
    throw raising(exception);
  }
}
