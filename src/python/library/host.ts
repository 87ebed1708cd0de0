/** `_host`: the effects of the host for those parts of the library that are written in Python. */
import { fault } from "../fault.ts";
import { fromPlain, requirePlain } from "../exchange.ts";
import { ERRNO } from "../host/failure.ts";
import { PyBytes } from "../objects/bytes.ts";
import { maker } from "../objects/define.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { requireText } from "../operations/arguments.ts";
import { requireBytes } from "../operations/bytes.ts";
import { toArray } from "../operations/iterate.ts";
import { requireIndex } from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { decode } from "../text/decode.ts";
import type { Str } from "../text/wide.ts";
import { functions } from "./native.ts";
import { structSequence } from "./struct-sequence.ts";

/** What a program may ask for by its name: the others have ways of their own, which count what they cost. */
const ASKED = /^(fs|env|stdin|random)\./;

export function fillHost(module: PyModule): void {
  functions(module, {
    perform: signed("effect, /, *args", (effect: Value, args: Value[]) => {
      const name = String(requireText(effect));
      if (!ASKED.test(name)) fault("PermissionError", `${name} is not granted to this program`);
      const { account } = runtime();
      const given = args.map((one) => requirePlain(one, name));
      for (const one of given) if (one instanceof Uint8Array) account.charge(one.length);
      if (name === "fs.truncate") account.charge(Number(given[1]));
      const result = runtime().perform(name, ...given);
      if (result instanceof Uint8Array) account.charge(result.length);
      return fromPlain(result);
    }),
    granted: (family: Value) =>
      runtime()
        .granted()
        .includes(String(requireText(family))),
    flush: () => {
      runtime().flush();
      return None;
    },
    getcwd: () => runtime().cwd,
    chdir: (path: Value) => {
      runtime().cwd = String(requireText(path));
      return None;
    },
    decode_part: decodePart,
    strerror: (code: Value) => {
      const number = Number(requireIndex(code));
      const known = Object.values(ERRNO).find(([one]) => one === number);
      return known?.[1] ?? `Unknown error ${number}`;
    },
  });
  module.set("stat_result", tupleClass("stat_result", STAT, 10));
  module.set("terminal_size", tupleClass("terminal_size", ["columns", "lines"]));
}

const STAT = [
  "st_mode",
  "st_ino",
  "st_dev",
  "st_nlink",
  "st_uid",
  "st_gid",
  "st_size",
  "st_atime_int",
  "st_mtime_int",
  "st_ctime_int",
  "st_atime",
  "st_mtime",
  "st_ctime",
  "st_atime_ns",
  "st_mtime_ns",
  "st_ctime_ns",
];

/** A class of `os` whose items have names, made of any iterable. */
function tupleClass(name: string, fields: readonly string[], shown?: number): PyType {
  const { type, make } = structSequence("os", name, fields, shown);
  maker(type, (_cls: Value, items: Value) => make(toArray(items)));
  return type;
}

/**
 * `decode_part(data, encoding, errors, final)`: the text of what is whole of some bytes, and the bytes of a
 * character that has only begun.
 */
function decodePart(data: Value, encoding: Value, errors: Value, final: Value): Value {
  const bytes = requireBytes(data);
  const codec = String(requireText(encoding));
  const size = truth(final) ? bytes.length : bytes.length - begun(bytes, codec);
  const text: Str = decode(bytes.subarray(0, size), codec, String(requireText(errors)));
  return new PyTuple([text as Value, new PyBytes(bytes.slice(size))]);
}

/** How many bytes at the end begin a character and do not end it. */
function begun(bytes: Uint8Array, encoding: string): number {
  const name = encoding.toLowerCase().replaceAll(/[-_ ]/g, "");
  if (name.startsWith("utf16")) return bytes.length % 2;
  if (name.startsWith("utf32")) return bytes.length % 4;
  if (!/^(utf8|u8|utf|cp65001)/.test(name)) return 0;
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? back : 0;
  }
  return 0;
}
