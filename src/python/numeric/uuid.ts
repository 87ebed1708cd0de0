/** UUIDs as 16 bytes (RFC 9562), from random bytes and times that are given. */
import { fault } from "../fault.ts";

function stamp(bytes: Uint8Array, version: number): Uint8Array {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
}

/** Version 4: 16 random bytes. */
export function uuid4(random: Uint8Array): Uint8Array {
  return stamp(random.slice(0, 16), 4);
}

/** Version 7: milliseconds since 1970, then 10 random bytes. */
export function uuid7(milliseconds: number, random: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(milliseconds / 0x100000000));
  view.setUint32(2, milliseconds % 0x100000000);
  bytes.set(random.subarray(0, 10), 6);
  return stamp(bytes, 7);
}

/** Versions 3 and 5: the digest (MD5, SHA-1) of a namespace's bytes and a name's. */
export function uuidOfDigest(digest: Uint8Array, version: 3 | 5): Uint8Array {
  return stamp(digest.slice(0, 16), version);
}

/** str(uuid). */
export function formatUuid(bytes: Uint8Array): string {
  const hex = bytes.toHex();
  return [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join("-");
}

/** UUID(text): hexadecimal with or without braces, hyphens and `urn:uuid:`. */
export function parseUuid(text: string): Uint8Array {
  const bare = text.replaceAll("urn:", "").replaceAll("uuid:", "");
  const hex = bare
    .replace(/^[{}]*/, "")
    .replace(/[{}]+$/, "")
    .replaceAll("-", "");
  if (hex.length !== 32) fault("ValueError", "badly formed hexadecimal UUID string");
  if (!/^[0-9a-fA-F]*$/.test(hex)) {
    fault("ValueError", `invalid literal for int() with base 16: '${hex}'`);
  }
  return Uint8Array.fromHex(hex);
}
