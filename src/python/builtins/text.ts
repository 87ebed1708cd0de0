/** Built-in functions and classes about text and bytes: print, repr, ascii, format, ord, chr. */
import { fault } from "../fault.ts";
import { bytearrayType, bytesType, PyByteArray, PyBytes } from "../objects/bytes.ts";
import { PyBuiltin } from "../objects/function.ts";
import { memoryviewType } from "../objects/memoryview.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { strType } from "../objects/scalars.ts";
import { type Native, signed, type Signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { requireText } from "../operations/arguments.ts";
import { getAttribute } from "../operations/attributes.ts";
import { call0, call1, callSpecial } from "../operations/call.ts";
import { format } from "../operations/format.ts";
import { convert, repr, str, textOf } from "../operations/repr.ts";
import { requireIndex } from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { encode } from "../text/encode.ts";
import { chr, concatAll, pointAt, type Str, sizeOf, toJs } from "../text/wide.ts";

/** Puts these functions into a module. */
export function fillText(module: PyModule): void {
  const table: Readonly<Record<string, Native | Signed>> = {
    print: signed("*args, sep=' ', end='\\n', file=None, flush=False", print),
    repr: (value: Value) => repr(value),
    ascii,
    format: signed("value, format_spec='', /", (value: Value, spec?: Value) =>
      format(value, spec === undefined ? "" : requireText(spec, "format() argument 2 ")),
    ),
    ord: (value: Value) => ordinal(value),
    chr: (value: Value) => character(value),
  };
  for (const type of [strType, bytesType, bytearrayType, memoryviewType])
    module.set(type.name, type);
  for (const name in table) module.set(name, new PyBuiltin(name, table[name]!));
}

function print(args: Value[], sep?: Value, end?: Value, file?: Value, flush?: Value): Value {
  const between = option(sep, "sep", " ");
  const last = option(end, "end", "\n");
  const target = file === undefined || file === None ? currentOutput() : file;
  if (target === undefined) {
    write(textOfLine(args, between, last));
    if (flush !== undefined && truth(flush)) runtime().flush();
  } else if (target !== None) {
    const put = getAttribute(target, "write");
    for (const [i, arg] of args.entries()) {
      if (i > 0) call1(put, between);
      call1(put, str(arg));
    }
    call1(put, last);
    if (flush !== undefined && truth(flush)) call0(getAttribute(target, "flush"));
  }
  return None;
}

/** `ascii(value)`: a text that needs no escape is the one that `__repr__` gave, of whatever class. */
function ascii(value: Value): Value {
  const own =
    typeof value === "object" && value.type.open ? callSpecial(value, "__repr__") : undefined;
  const text = own === undefined ? undefined : textOf(own);
  if (typeof text === "string" && !/[^\0-\x7f]/.test(text)) return own!;
  return convert(value, "a") as Value;
}

/** What `sys.stdout` holds now, or `undefined` while that is what it was in the beginning. */
function currentOutput(): Value | undefined {
  const sys = runtime().modules.get("sys");
  if (sys === undefined) return undefined;
  const now = sys.get("stdout");
  if (now === undefined) return fault("RuntimeError", "lost sys.stdout");
  return now === sys.get("__stdout__") ? undefined : now;
}

function option(value: Value | undefined, name: string, otherwise: string): Str {
  if (value === undefined || value === None) return otherwise;
  return (
    textOf(value) ?? fault("TypeError", `${name} must be None or a string, not ${typeName(value)}`)
  );
}

function textOfLine(args: readonly Value[], between: Str, last: Str): Str {
  if (args.length === 1) return concatAll([str(args[0]!), last]);
  const parts: Str[] = [];
  for (const [i, arg] of args.entries()) {
    if (i > 0) parts.push(between);
    parts.push(str(arg));
  }
  parts.push(last);
  return concatAll(parts);
}

/** Writes to standard output, which is UTF-8: a lone surrogate is an error. */
function write(text: Str): void {
  if (typeof text !== "string") encode(text);
  runtime().write("stdout", toJs(text));
}

function ordinal(value: Value): number {
  const text = textOf(value);
  const data = value instanceof PyBytes || value instanceof PyByteArray ? value.data : undefined;
  if (text === undefined && data === undefined) {
    fault("TypeError", `ord() expected string of length 1, but ${typeName(value)} found`);
  }
  const length = text === undefined ? data!.length : sizeOf(text);
  if (length !== 1)
    fault("TypeError", `ord() expected a character, but string of length ${length} found`);
  return text === undefined ? data![0]! : pointAt(text, 0);
}

function character(value: Value): Str {
  const point = requireIndex(value);
  if (point > 0x7fffffff || point < -0x80000000) {
    fault("OverflowError", "Python int too large to convert to C int");
  }
  if (point < 0 || point > 0x10ffff) fault("ValueError", "chr() arg not in range(0x110000)");
  return chr(Number(point));
}
