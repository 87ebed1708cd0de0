/** Signatures of built-in functions as text, for `inspect`. */
import type { PyBuiltin, PyMethodDescriptor } from "../objects/function.ts";
import { None, type Value } from "../objects/object.ts";

/** `(a, /, b=1)`, with a receiver in front where there is one. */
export function signatureText(func: PyBuiltin | PyMethodDescriptor, receiver: string): Value {
  const { parameters } = func.shape;
  if (parameters === undefined) return None;
  const parts: string[] = receiver === "" ? [] : [receiver];
  let positional = receiver !== "";
  let keywordOnly = false;
  for (const one of parameters) {
    if (one.kind === "positional") positional = true;
    else if (positional) {
      parts.push("/");
      positional = false;
    }
    if (one.kind === "args") keywordOnly = true;
    if (one.kind === "keyword" && !keywordOnly) {
      parts.push("*");
      keywordOnly = true;
    }
    const stars = one.kind === "args" ? "*" : one.kind === "kwargs" ? "**" : "";
    parts.push(`${stars}${one.name}${one.default === undefined ? "" : `=${one.default}`}`);
  }
  if (positional) parts.push("/");
  return `(${parts.join(", ")})`;
}
