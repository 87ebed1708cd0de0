/** The keys of mapping patterns: which are equal, and how Python shows them. */
import type { ConstantValue, Expr } from "../syntax/tree.ts";

export interface KeyConstant {
  /** Equal for keys that Python takes for equal. */
  key: unknown;
  real: ConstantValue;
  imag: number | undefined;
}

/** A literal, a signed number or a sum of a real and an imaginary one. */
export function constantOf(node: Expr): KeyConstant | undefined {
  if (node.type === "Constant") return keyed(node.value, imaginary(node.value));
  if (node.type === "UnaryOp") {
    const inner = constantOf(node.operand);
    if (inner === undefined) return undefined;
    if (inner.imag !== undefined) return keyed({ float: -0 }, -inner.imag);
    return keyed(negative(inner.real), undefined);
  }
  if (node.type === "BinOp") {
    const left = constantOf(node.left);
    const right = constantOf(node.right);
    if (left === undefined || right?.imag === undefined) return undefined;
    return keyed(left.real, node.op === "Sub" ? -right.imag : right.imag);
  }
  return undefined;
}

function imaginary(value: ConstantValue): number | undefined {
  return typeof value === "object" && value !== null && "imag" in value ? value.imag : undefined;
}

function negative(value: ConstantValue): ConstantValue {
  if (typeof value === "number" || typeof value === "bigint") return value === 0 ? 0 : -value;
  return typeof value === "object" && value !== null && "float" in value
    ? { float: -value.float }
    : value;
}

function keyed(real: ConstantValue, imag: number | undefined): KeyConstant {
  const number = numeric(real);
  if (imag !== undefined && imag !== 0) return { key: `j${number ?? 0},${imag}`, real, imag };
  if (number !== undefined) return { key: `n${number}`, real, imag };
  if (typeof real === "string") return { key: `s${real}`, real, imag };
  if (real instanceof Uint8Array) return { key: `b${real.join()}`, real, imag };
  if (typeof real === "object" && real !== null && "points" in real) {
    return { key: `p${real.points.join()}`, real, imag };
  }
  return { key: real === null ? "None" : "...", real, imag };
}

/** A number's value, with one text for all that are equal. */
function numeric(value: ConstantValue): string | undefined {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return undefined;
  if ("imag" in value) return "0";
  if (!("float" in value)) return undefined;
  return Number.isInteger(value.float) ? String(BigInt(value.float)) : String(value.float);
}

/** What `repr` says of a key. */
export function showConstant({ real, imag }: KeyConstant): string {
  if (imag === undefined) return show(real);
  const part = `${showFloat(imag, false)}j`;
  const isPure =
    typeof real === "object" && real !== null && ("imag" in real || !("float" in real));
  if (isPure || (real !== null && numeric(real) === "0")) return part;
  const number = numeric(real) ?? "0";
  return `(${number}${imag < 0 || Object.is(imag, -0) ? "" : "+"}${part})`;
}

function show(value: ConstantValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "string") return quoted(value, (text) => text);
  if (value instanceof Uint8Array) {
    return `b${quoted(String.fromCharCode(...value.subarray(0, 1000)), (text) => text)}`;
  }
  if ("points" in value) return quoted(String.fromCodePoint(...value.points), (text) => text);
  return "float" in value ? showFloat(value.float, true) : "Ellipsis";
}

function showFloat(value: number, isFloat: boolean): string {
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const text = String(value).replace(/e([+-])(\d)$/, "e$10$2");
  return isFloat && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function quoted(text: string, _shown: (text: string) => string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === quote || char === "\\") out += `\\${char}`;
    else if (char === "\n") out += "\\n";
    else if (char === "\t") out += "\\t";
    else if (char === "\r") out += "\\r";
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, "0")}`;
    else out += char;
  }
  return out + quote;
}
