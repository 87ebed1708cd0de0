/** `hashlib`, and what `hmac` takes of it. */
import { fault } from "../fault.ts";
import { PyBytes } from "../objects/bytes.ts";
import { computed, methods } from "../objects/define.ts";
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { None, PyObject, type Value } from "../objects/object.ts";
import { builtinType } from "../objects/root.ts";
import { PySet } from "../objects/set.ts";
import { type Native, signed } from "../objects/signature.ts";
import { requireText, size } from "../operations/arguments.ts";
import { requireBytes } from "../operations/bytes.ts";
import { textOf } from "../operations/repr.ts";
import { makeBlake2 } from "../numeric/blake2.ts";
import { hexlify } from "../numeric/codecs.ts";
import { type Digest, makeDigest, makeHmac, pbkdf2 } from "../numeric/digests.ts";
import { functions } from "./native.ts";

class PyHash extends PyObject {
  readonly digest: Digest;
  constructor(digest: Digest) {
    super();
    this.digest = digest;
  }
}
const hashType = builtinType("HASH", PyHash, { module: "_hashlib", final: true });

methods(hashType, {
  update: (self: PyHash, data: Value) => {
    self.digest.update(message(data));
    return None;
  },
  digest: (self: PyHash) => new PyBytes(self.digest.digest()),
  hexdigest: (self: PyHash) => hexlify(self.digest.digest()),
  copy: (self: PyHash) => new PyHash(self.digest.copy()),
  __repr__: (self: PyHash) => `<${self.digest.name} _hashlib.HASH object>`,
});
computed(hashType, {
  name: (self: PyHash) => self.digest.name,
  digest_size: (self: PyHash) => self.digest.size,
  block_size: (self: PyHash) => self.digest.block,
});

function message(data: Value): Uint8Array {
  if (textOf(data) !== undefined) fault("TypeError", "Strings must be encoded before hashing");
  return requireBytes(data);
}

const NAMES = "md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512".split(" ");

function named(name: string): Digest {
  const key = name.toLowerCase().replaceAll("-", "_").replace(/^sha_/, "sha");
  if (key === "blake2b" || key === "blake2s") return makeBlake2(key);
  return makeDigest(key) ?? fault("ValueError", `unsupported hash type ${name}`);
}

function started(digest: Digest, data: Value | undefined): PyHash {
  if (data !== undefined) digest.update(message(data));
  return new PyHash(digest);
}

const blake = (kind: "blake2b" | "blake2s"): ReturnType<typeof signed> =>
  signed(
    "data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', usedforsecurity=True",
    (data?: Value, length?: Value, key?: Value, salt?: Value, person?: Value) =>
      started(
        makeBlake2(kind, {
          ...(length === undefined ? {} : { digestSize: size(length, 0) }),
          ...(key === undefined ? {} : { key: requireBytes(key) }),
          ...(salt === undefined ? {} : { salt: requireBytes(salt) }),
          ...(person === undefined ? {} : { person: requireBytes(person) }),
        }),
        data,
      ),
  );

/** A digest by its name, or one that a function of hashlib makes. */
function digestOf(mode: Value): Digest {
  const name =
    textOf(mode) ?? (mode instanceof PyBuiltin ? mode.name.replace(/^openssl_/, "") : undefined);
  return named(
    name === undefined
      ? fault("TypeError", "digestmod must be a name or a function of hashlib")
      : String(name),
  );
}

export function fillHashlib(module: PyModule): void {
  const makers: Record<string, ReturnType<typeof signed>> = {};
  for (const name of NAMES) {
    makers[name] = signed("string=b'', *, usedforsecurity=True", (data?: Value) =>
      started(makeDigest(name)!, data),
    );
  }
  functions(module, {
    ...makers,
    blake2b: blake("blake2b"),
    blake2s: blake("blake2s"),
    new: signed("name, data=b'', *, usedforsecurity=True", (name: Value, data?: Value) =>
      started(named(String(requireText(name))), data),
    ),
    pbkdf2_hmac: signed(
      "hash_name, password, salt, iterations, dklen=None",
      (name: Value, password: Value, salt: Value, iterations: Value, length?: Value) => {
        const first = named(String(requireText(name)));
        const bytes = length === undefined || length === None ? first.size : size(length, 0);
        if (bytes > 0x7fffffff) fault("OverflowError", "key length is too great.");
        const make = (): Digest => named(first.name);
        return new PyBytes(
          pbkdf2(make, requireBytes(password), requireBytes(salt), size(iterations, 0), bytes),
        );
      },
    ),
    compare_digest: compareDigest,
    _hmac: (key: Value, mode: Value) => {
      const first = digestOf(mode);
      return new PyHash(makeHmac(() => named(first.name), requireBytes(key)));
    },
  });
  const names = new PySet();
  for (const name of [...NAMES, "blake2b", "blake2s"]) names.add(name);
  module.set("algorithms_available", names);
  module.set("algorithms_guaranteed", names);
}

/** Equal texts or bytes; in constant time there is nothing to learn here. */
const compareDigest: Native = (a: Value, b: Value) => {
  const x = textOf(a);
  const y = textOf(b);
  if (x !== undefined && y !== undefined) {
    if (typeof x !== "string" || typeof y !== "string" || /[^\0-\x7f]/.test(x + y)) {
      fault("TypeError", "comparing strings with non-ASCII characters is not supported");
    }
    return x === y;
  }
  if (x !== undefined || y !== undefined) {
    fault("TypeError", "unsupported operand types(s) or combination of types: 'str' and 'bytes'");
  }
  return Buffer.compare(requireBytes(a), requireBytes(b)) === 0;
};
