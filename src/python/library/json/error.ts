/** `json.JSONDecodeError`. */
import { methods } from "../../objects/define.ts";
import { exceptionType, PyException, raising } from "../../objects/exception.ts";
import { bag, None, type Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { PyType } from "../../objects/type.ts";
import { requireText, size } from "../../operations/arguments.ts";
import { count, rfind } from "../../text/search.ts";
import type { Str } from "../../text/wide.ts";

const parent = exceptionType("ValueError");
const base = parent.js as new (args: readonly Value[]) => PyException;

class PyDecodeError extends base {}
export const decodeErrorType: PyType = new PyType({
  name: "JSONDecodeError",
  bases: [parent],
  js: PyDecodeError,
  module: "json.decoder",
});
decodeErrorType.mro = [decodeErrorType, ...parent.mro];

function describe(self: PyException, message: Str, text: Str, at: number): void {
  const lineno = count(text, "\n", 0, at) + 1;
  const colno = at - rfind(text, "\n", 0, at);
  self.args = new PyTuple([`${String(message)}: line ${lineno} column ${colno} (char ${at})`]);
  Object.assign(bag(self), {
    a_msg: message,
    a_doc: text,
    a_pos: at,
    a_lineno: lineno,
    a_colno: colno,
  });
}

methods(decodeErrorType, {
  __init__: signed("msg, doc, pos", (self: PyException, message: Value, text: Value, at: Value) => {
    describe(self, requireText(message), requireText(text), size(at, 0));
    return None;
  }),
});

/** Throws the error of a place in a text. */
export function malformed(message: string, text: Str, at: number): never {
  const error = new PyDecodeError([]);
  describe(error, message, text, at);
  throw raising(error);
}
