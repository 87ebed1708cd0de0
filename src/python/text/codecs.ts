/** Names of codecs, and what CPython says of error handlers. */
import { fault } from "../fault.ts";
import { charmapOf } from "./charmaps.ts";

/** A codec by the name that its errors show. */
export interface Codec {
  name: string;
  kind: "utf-8" | "utf-16" | "utf-32" | "ascii" | "latin-1" | "charmap" | "escape" | "raw-escape";
  /** Which table, of a charmap. */
  table?: string;
  bigEndian?: boolean;
  /** Written in front; when read, it says the order of bytes. */
  mark?: boolean;
}

const KINDS: Readonly<Record<string, Codec>> = {
  "utf-8": { name: "utf-8", kind: "utf-8" },
  "utf-8-sig": { name: "utf-8-sig", kind: "utf-8", mark: true },
  "utf-16": { name: "utf-16", kind: "utf-16", mark: true },
  "utf-16-le": { name: "utf-16-le", kind: "utf-16" },
  "utf-16-be": { name: "utf-16-be", kind: "utf-16", bigEndian: true },
  "utf-32": { name: "utf-32", kind: "utf-32", mark: true },
  "utf-32-le": { name: "utf-32-le", kind: "utf-32" },
  "utf-32-be": { name: "utf-32-be", kind: "utf-32", bigEndian: true },
  ascii: { name: "ascii", kind: "ascii" },
  "latin-1": { name: "latin-1", kind: "latin-1" },
  "unicode-escape": { name: "unicodeescape", kind: "escape" },
  "raw-unicode-escape": { name: "rawunicodeescape", kind: "raw-escape" },
};
const ALIASES: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  u8: "utf-8",
  utf: "utf-8",
  cp65001: "utf-8",
  utf16: "utf-16",
  u16: "utf-16",
  utf_16le: "utf-16-le",
  utf_16be: "utf-16-be",
  utf32: "utf-32",
  u32: "utf-32",
  utf_32le: "utf-32-le",
  utf_32be: "utf-32-be",
  "646": "ascii",
  us_ascii: "ascii",
  us: "ascii",
  cp367: "ascii",
  iso646_us: "ascii",
  latin_1: "latin-1",
  latin1: "latin-1",
  latin: "latin-1",
  l1: "latin-1",
  iso_8859_1: "latin-1",
  iso8859_1: "latin-1",
  iso8859: "latin-1",
  "8859": "latin-1",
  cp819: "latin-1",
  l1_1987: "latin-1",
  iso_8859_1_1987: "latin-1",
  ibm819: "latin-1",
  csisolatin1: "latin-1",
  ascii: "ascii",
  ansi_x3_4_1968: "ascii",
  unicodeescape: "unicode-escape",
  rawunicodeescape: "raw-unicode-escape",
};

const HANDLERS = new Set([
  "strict",
  "ignore",
  "replace",
  "backslashreplace",
  "surrogateescape",
  "surrogatepass",
  "xmlcharrefreplace",
  "namereplace",
]);
/** The byte order mark. */
export const MARK = 0xfeff;

/** The codec of a name in any spelling; `LookupError` where there is none. */
export function codecOf(encoding: string): Codec {
  const name = codecName(encoding);
  if (name !== undefined) return KINDS[name]!;
  const table = charmapOf(spelling(encoding));
  if (table === undefined) fault("LookupError", `unknown encoding: ${encoding}`);
  return { name: "charmap", kind: "charmap", table };
}

/** The name of a codec as errors show it, or `undefined` where there is none. */
function codecName(encoding: string): string | undefined {
  if (Object.hasOwn(KINDS, encoding)) return encoding;
  const name = spelling(encoding);
  const key = Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name.replaceAll("_", "-");
  return Object.hasOwn(KINDS, key) ? key : undefined;
}

/** Codecs that CPython asks without its registry, whose errors get no second message. */
const DIRECT = /^(?:utf_?(?:8|16|32)|ascii|us_ascii|latin_?1|iso_?8859_1)$/;

/** Raises what an error handler raised, as the registry of codecs passes it on. */
export function handlerFault(
  type: "LookupError" | "TypeError",
  message: string,
  verb: "encoding" | "decoding",
  encoding: string,
): never {
  if (DIRECT.test(spelling(encoding))) return fault(type, message);
  return fault(type, `${verb} with '${encoding}' codec failed (${type}: ${message})`);
}

export function checkHandler(
  errors: string,
  verb: "encoding" | "decoding",
  encoding: string,
): void {
  if (HANDLERS.has(errors)) return;
  handlerFault("LookupError", `unknown error handler name '${errors}'`, verb, encoding);
}

function spelling(encoding: string): string {
  return encoding.toLowerCase().replaceAll(/[^a-z0-9.]+/g, "_");
}
