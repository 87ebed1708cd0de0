/** A syntax tree in one line, as the recording script writes CPython's. */
import type { ConstantValue, Syntax } from "../../../src/python/syntax/tree.ts";

const PLACE = new Set(["lineno", "col_offset", "end_lineno", "end_col_offset"]);

export function dump(tree: Syntax): string {
  const out: string[] = [];
  write(tree, out);
  return out.join("");
}

function write(value: unknown, out: string[], field = ""): void {
  if (Array.isArray(value)) {
    out.push("[");
    for (const one of value) {
      write(one, out, field);
      out.push(" ");
    }
    out.push("]");
  } else if (typeof value === "object" && value !== null && "type" in value) {
    writeNode(value as Syntax, out);
  } else if (typeof value === "string") {
    out.push(field === "ops" || field === "op" || field === "ctx" ? value : text(value));
  } else out.push(constant(value as ConstantValue));
}

function writeNode(node: Syntax, out: string[]): void {
  out.push(`(${node.type}`);
  if ("lineno" in node) {
    out.push(`@${node.lineno}:${node.col_offset}-${node.end_lineno}:${node.end_col_offset}`);
  }
  for (const [field, value] of Object.entries(node) as [string, unknown][]) {
    if (field === "type" || field === "type_comment" || PLACE.has(field)) continue;
    // The handler's `type` cannot be called so here.
    out.push(` ${field === "exc" && node.type === "ExceptHandler" ? "type" : field}=`);
    if (node.type === "Constant" && field === "value") out.push(constant(node.value));
    else write(value, out, field);
  }
  out.push(")");
}

function text(value: string | { points: number[] }): string {
  const points =
    typeof value === "string"
      ? Array.from(value).map((char) => char.codePointAt(0) ?? 0)
      : value.points;
  const shown = points.map((code) =>
    code >= 32 && code < 127 && code !== 34 ? String.fromCharCode(code) : `\\${code.toString(16)};`,
  );
  return `"${shown.join("")}"`;
}

function constant(value: ConstantValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "bigint") return `i${value.toString(16)}`;
  if (typeof value === "string" || "points" in value) return text(value);
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString("hex")}`;
  if ("ellipsis" in value) return "...";
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE("float" in value ? value.float : value.imag);
  return `${"float" in value ? "f" : "j"}${bytes.toString("hex")}`;
}
