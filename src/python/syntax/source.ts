/** From what a file holds to the text that the lexer reads. */
import { PythonSyntaxError } from "./error.ts";

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;
const BLANK = /^[ \t\f]*(?:#.*)?$/;
const NOWHERE = { lineno: 0, offset: 0, end_lineno: 0, end_offset: 0 };

/** Line ends become `\n`; bytes are read in the encoding that one of the first two lines declares. */
export function readSource(source: string | Uint8Array): string {
  let text = typeof source === "string" ? source : decode(source);
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  if (text.includes("\0")) {
    throw new PythonSyntaxError("source code string cannot contain null bytes", NOWHERE);
  }
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}

function decode(bytes: Uint8Array): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = declaredEncoding(bytes);
  const name = canonical(declared ?? "utf-8");
  if (hasMark && name !== "utf-8") {
    throw new PythonSyntaxError(`encoding problem: ${declared} with BOM`, NOWHERE);
  }
  // `TextDecoder` takes latin-1 for windows-1252.
  if (name === "iso-8859-1") return latin1(bytes);
  if (/^(?:us-)?ascii$/.test(name) && bytes.some((byte) => byte > 127)) {
    throw new PythonSyntaxError("(unicode error) 'ascii' codec can't decode the source", NOWHERE);
  }
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(name as Bun.Encoding, { fatal: true });
  } catch {
    throw new PythonSyntaxError(`unknown encoding: ${declared}`, NOWHERE);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    const message = `(unicode error) '${name}' codec can't decode the source`;
    throw new PythonSyntaxError(message, NOWHERE);
  }
}

/** What PEP 263 finds in the first line, or in the second after a comment. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const [first = "", second = ""] = latin1(bytes.subarray(0, 1024)).split(/\r\n?|\n/, 2);
  const line = first.replace(/^\u00ef\u00bb\u00bf/, "");
  return COOKIE.exec(line)?.[1] ?? (BLANK.test(line) ? COOKIE.exec(second)?.[1] : undefined);
}

function canonical(name: string): string {
  const plain = name.toLowerCase().replaceAll("_", "-");
  if (/^utf-?8(?:-|$)/.test(plain)) return "utf-8";
  if (/^(?:latin-?1|iso-?8859-1|iso-latin-1|l1|cp819)(?:-|$)/.test(plain)) return "iso-8859-1";
  return plain;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  }
  return text;
}
