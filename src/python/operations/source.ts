/** Sources that a program compiles while it runs: what is wrong with them is its own SyntaxError. */
import { compileSource, type Kind, type Program } from "../compiler/compile.ts";
import { exceptionType, throwException } from "../objects/exception.ts";
import { None } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";
import { PythonSyntaxError } from "../syntax/error.ts";
import { lineOf } from "../text-lines.ts";

/** Compiles; throws the Python exception for a source that is none. */
export function compileText(source: string | Uint8Array, filename: string, kind?: Kind): Program {
  try {
    return compileSource(source, filename, kind);
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    const { lineno, offset, end_lineno, end_offset } = error;
    const text = typeof source === "string" ? lineOf(source, lineno) : undefined;
    const place = [filename, lineno, offset, text ?? None, end_lineno, end_offset ?? None];
    throwException(exceptionType(error.kind), error.message, new PyTuple(place));
  }
}
