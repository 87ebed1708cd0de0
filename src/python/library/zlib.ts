/** `zlib`: the checksums, and deflate of whole pieces by the engine; its bytes may be other ones than CPython's. */
import type { ZlibOptions } from "node:zlib";
import { allocate, spend } from "../budget.ts";
import { adler32, crc32 } from "../numeric/digests.ts";
import { PyBytes } from "../objects/bytes.ts";
import { throwException } from "../objects/exception.ts";
import type { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { requireBytes } from "../operations/bytes.ts";
import { requireIndex } from "../operations/subscript.ts";
import { errorClass } from "./errors.ts";
import { functions } from "./native.ts";

type Zlib = typeof import("node:zlib");

const zlibError = errorClass("zlib", "error", "Exception");
const LARGEST = 15;
/** How much output is first made room for, beside four times the input. */
const LEAST = 65_536;

const engine = (): Zlib => process.getBuiltinModule("node:zlib");

/** What a window's size says: zlib's format, gzip's above, raw deflate below nothing. */
function formatOf(bits: number): "zlib" | "gzip" | "raw" | "any" | undefined {
  if (bits >= 8 && bits <= LARGEST) return "zlib";
  if (bits >= -LARGEST && bits <= -8) return "raw";
  if (bits >= 24 && bits <= 31) return "gzip";
  return bits === 0 ? "zlib" : bits >= 40 && bits <= 47 ? "any" : undefined;
}

function compress(data: Value, level?: Value, wbits?: Value): Value {
  const bytes = requireBytes(data);
  const chosen = level === undefined ? -1 : Number(requireIndex(level));
  const bits = wbits === undefined ? LARGEST : Number(requireIndex(wbits));
  const format = formatOf(bits);
  if (chosen < -1 || chosen > 9 || format === undefined || format === "any" || bits === 0) {
    throwException(
      zlibError,
      chosen < -1 || chosen > 9 ? "Bad compression level" : "Invalid initialization option",
    );
  }
  spend(bytes.length);
  allocate(bytes.length + LEAST);
  const options: ZlibOptions = { level: chosen };
  const { deflateSync, deflateRawSync, gzipSync } = engine();
  const make = format === "raw" ? deflateRawSync : format === "gzip" ? gzipSync : deflateSync;
  return new PyBytes(Uint8Array.from(make(bytes, options)));
}

/** Inflates into room that was asked for first, twice as much each time that it was too little. */
function decompress(data: Value, wbits?: Value, bufsize?: Value): Value {
  const bytes = requireBytes(data);
  const format = formatOf(wbits === undefined ? LARGEST : Number(requireIndex(wbits)));
  if (format === undefined) {
    throwException(
      zlibError,
      "Error -2 while preparing to decompress data: inconsistent stream state",
    );
  }
  if (bufsize !== undefined) requireIndex(bufsize);
  const { inflateSync, inflateRawSync, gunzipSync, unzipSync } = engine();
  const table = { zlib: inflateSync, raw: inflateRawSync, gzip: gunzipSync, any: unzipSync };
  for (let room = LEAST + bytes.length * 4; ; room *= 2) {
    spend(room >> 2);
    allocate(room);
    try {
      return new PyBytes(Uint8Array.from(table[format](bytes, { maxOutputLength: room })));
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code !== "ERR_BUFFER_TOO_LARGE") throwException(zlibError, told(code, message));
    }
  }
}

/** The message as CPython has it. */
function told(code: string | undefined, message: string): string {
  if (code === "Z_BUF_ERROR" || /unexpected end/.test(message)) {
    return "Error -5 while decompressing data: incomplete or truncated stream";
  }
  return `Error -3 while decompressing data: ${message}`;
}

export function fillZlib(module: PyModule): void {
  functions(module, {
    crc32: signed("data, value=0, /", (data: Value, start?: Value) =>
      crc32(requireBytes(data), start === undefined ? 0 : Number(requireIndex(start))),
    ),
    adler32: signed("data, value=1, /", (data: Value, start?: Value) =>
      adler32(requireBytes(data), start === undefined ? 1 : Number(requireIndex(start))),
    ),
    compress: signed("data, /, level=-1, wbits=15", compress),
    decompress: signed("data, /, wbits=15, bufsize=16384", decompress),
  });
  module.set("error", zlibError);
  module.set("MAX_WBITS", LARGEST);
  module.set("DEF_BUF_SIZE", 16_384);
  module.set("DEFLATED", 8);
  module.set("Z_BEST_COMPRESSION", 9);
  module.set("Z_BEST_SPEED", 1);
  module.set("Z_DEFAULT_COMPRESSION", -1);
  module.set("Z_NO_COMPRESSION", 0);
}
