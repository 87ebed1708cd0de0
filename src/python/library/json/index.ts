/** `json`. */
import { PyDict } from "../../objects/dict.ts";
import { fault } from "../../fault.ts";
import { PyByteArray, PyBytes } from "../../objects/bytes.ts";
import { maker, methods } from "../../objects/define.ts";
import { storeAttribute } from "../../objects/dict.ts";
import { PyBuiltin } from "../../objects/function.ts";
import { NativeIterator } from "../../objects/iterator.ts";
import type { PyModule } from "../../objects/module.ts";
import { type Keywords, None, PyObject, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { type Native, signed, type Signed } from "../../objects/signature.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { lookup, type PyType } from "../../objects/type.ts";
import { requireText, size } from "../../operations/arguments.ts";
import { findAttribute, getAttribute } from "../../operations/attributes.ts";
import { call, call1 } from "../../operations/call.ts";
import { toArray } from "../../operations/iterate.ts";
import { textOf } from "../../operations/repr.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { truth } from "../../operations/truth.ts";
import { typeName, typeOf } from "../../operations/typeof.ts";
import { decode } from "../../text/decode.ts";
import { concatAll, pointAt, repeat, type Str, sizeOf } from "../../text/wide.ts";
import { functions } from "../native.ts";
import { decodeErrorType, malformed } from "./error.ts";
import { read, Reader, type ReadOptions } from "./read.ts";
import { quoteJson, write, type WriteOptions } from "./write.ts";

class PyEncoder extends PyObject {}
const encoderType: PyType = builtinType("JSONEncoder", PyEncoder, {
  module: "json.encoder",
  hasDict: true,
});
class PyDecoder extends PyObject {}
const decoderType: PyType = builtinType("JSONDecoder", PyDecoder, {
  module: "json.decoder",
  hasDict: true,
});

/** Parameters of an encoder, in the order in which they reach a function. */
const ENCODING =
  "skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None";
const NAMES =
  "skipkeys ensure_ascii check_circular allow_nan sort_keys indent separators default".split(" ");

const given = (value: Value | undefined): Value | undefined => (value === None ? undefined : value);
const flag = (value: Value | undefined, otherwise: boolean): boolean =>
  value === undefined ? otherwise : truth(value);

function notSerializable(value: Value): never {
  fault("TypeError", `Object of type ${typeName(value)} is not JSON serializable`);
}

/** What the parameters of an encoder mean. */
function writing(parameters: readonly (Value | undefined)[]): WriteOptions {
  const [skipKeys, ensureAscii, checkCircular, allowNan, sortKeys, indent, separators, convert] =
    parameters;
  const step = given(indent);
  const [item, key] = given(separators) === undefined ? [] : toArray(separators!);
  const byHand = given(convert);
  return {
    skipKeys: flag(skipKeys, false),
    ensureAscii: flag(ensureAscii, true),
    checkCircular: flag(checkCircular, true),
    allowNan: flag(allowNan, true),
    sortKeys: flag(sortKeys, false),
    indent: step === undefined ? undefined : indentation(step),
    itemSeparator: item === undefined ? (step === undefined ? ", " : ",") : requireText(item),
    keySeparator: key === undefined ? ": " : requireText(key),
    convert: byHand === undefined ? notSerializable : (value) => call1(byHand, value),
  };
}

function indentation(indent: Value): Str {
  return textOf(indent) ?? repeat(" ", size(indent, 0));
}

for (const type of [encoderType, decoderType]) {
  maker(
    type,
    signed(
      "cls, /, *args, **kwargs",
      (cls: PyType) => new (cls.js as unknown as new () => PyObject)(),
    ),
  );
}
methods(encoderType, {
  __init__: signed(`*, ${ENCODING}`, (self: PyEncoder, ...parameters: (Value | undefined)[]) => {
    const [skipKeys, ensureAscii, checkCircular, allowNan, sortKeys, indent, , convert] =
      parameters;
    const options = writing(parameters);
    const attributes: Record<string, Value> = {
      skipkeys: skipKeys ?? false,
      ensure_ascii: ensureAscii ?? true,
      check_circular: checkCircular ?? true,
      allow_nan: allowNan ?? true,
      sort_keys: sortKeys ?? false,
      indent: indent ?? None,
      item_separator: options.itemSeparator,
      key_separator: options.keySeparator,
    };
    for (const name in attributes) storeAttribute(self, name, attributes[name]!);
    if (given(convert) !== undefined) storeAttribute(self, "default", convert!);
    return None;
  }),
  default: (_self: PyEncoder, value: Value) => notSerializable(value),
  encode: (self: PyEncoder, value: Value) => encode(self, value),
  iterencode: signed(
    "o, _one_shot=False",
    (self: PyEncoder, value: Value) =>
      new NativeIterator([write(value, optionsOf(self)) as Value][Symbol.iterator]()),
  ),
});

/** What an encoder was told, or what its class says. */
function optionsOf(self: PyObject): WriteOptions {
  const of = (name: string, otherwise: Value): Value => findAttribute(self, name) ?? otherwise;
  const indent = given(of("indent", None));
  const convert = getAttribute(self, "default");
  return {
    skipKeys: truth(of("skipkeys", false)),
    ensureAscii: truth(of("ensure_ascii", true)),
    checkCircular: truth(of("check_circular", true)),
    allowNan: truth(of("allow_nan", true)),
    sortKeys: truth(of("sort_keys", false)),
    indent: indent === undefined ? undefined : indentation(indent),
    itemSeparator: requireText(of("item_separator", ", ")),
    keySeparator: requireText(of("key_separator", ": ")),
    convert: (value) => call1(convert, value),
  };
}

function encode(self: PyObject, value: Value): Value {
  const text = textOf(value);
  if (text !== undefined) return quoteJson(text, truth(getAttribute(self, "ensure_ascii")));
  if (lookup(typeOf(self), "iterencode") === lookup(encoderType, "iterencode")) {
    return write(value, optionsOf(self));
  }
  const chunks = toArray(
    call(getAttribute(self, "iterencode"), [value], new Map([["_one_shot", true]])),
  );
  return concatAll(chunks.map((chunk) => requireText(chunk)));
}

/** Keyword arguments for a class of the program's, from the parameters that were given. */
function keywordsOf(
  parameters: readonly (Value | undefined)[],
  more: Keywords | undefined,
): Keywords {
  const defaults: Value[] = [false, true, true, true, false, None, None, None];
  const keywords: Keywords = new Map();
  for (const [i, name] of NAMES.entries()) keywords.set(name, parameters[i] ?? defaults[i]!);
  for (const [name, value] of more ?? []) keywords.set(name, value);
  return keywords;
}

function dumps(
  value: Value,
  parameters: readonly (Value | undefined)[],
  cls: Value | undefined,
  more: Keywords | undefined,
): Str {
  const own = given(cls);
  if (own === undefined && (more?.size ?? 0) === 0) return write(value, writing(parameters));
  const encoder = call(own ?? encoderType, [], keywordsOf(parameters, more));
  return requireText(call1(getAttribute(encoder, "encode"), value));
}

/** Parameters of a decoder. */
const DECODING =
  "object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None";
const HOOKS = "object_hook parse_float parse_int parse_constant object_pairs_hook".split(" ");

function reading(parameters: readonly (Value | undefined)[], strict: boolean): ReadOptions {
  const [objectHook, float, int, constant, pairsHook] = parameters.map(given);
  return {
    strict,
    ...(objectHook === undefined ? {} : { objectHook }),
    ...(float === undefined ? {} : { parseFloat: float }),
    ...(int === undefined ? {} : { parseInt: int }),
    ...(constant === undefined ? {} : { parseConstant: constant }),
    ...(pairsHook === undefined ? {} : { pairsHook }),
  };
}

methods(decoderType, {
  __init__: signed(
    `*, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None`,
    (
      self: PyDecoder,
      objectHook?: Value,
      float?: Value,
      int?: Value,
      constant?: Value,
      strict?: Value,
      pairsHook?: Value,
    ) => {
      const hooks = [objectHook, float, int, constant, pairsHook];
      for (const [i, name] of HOOKS.entries()) storeAttribute(self, name, hooks[i] ?? None);
      storeAttribute(self, "strict", strict ?? true);
      storeAttribute(self, "memo", new PyDict());
      return None;
    },
  ),
  decode: signed("s", (self: PyDecoder, text: Value) => read(requireText(text), readingOf(self))),
  raw_decode: signed("s, idx=0", (self: PyDecoder, text: Value, index?: Value) => {
    const source = requireText(text);
    const at = size(index, 0);
    if (at < 0) fault("ValueError", "idx cannot be negative");
    const reader = new Reader(source, readingOf(self), at);
    const value = reader.value();
    return new PyTuple([value, reader.at]);
  }),
});

function readingOf(self: PyObject): ReadOptions {
  return reading(
    HOOKS.map((name) => findAttribute(self, name)),
    truth(findAttribute(self, "strict") ?? true),
  );
}

/** The text that `loads` reads: a str, or bytes in any UTF. */
function sourceOf(value: Value): Str {
  const text = textOf(value);
  if (text !== undefined) {
    if (sizeOf(text) > 0 && pointAt(text, 0) === 0xfeff) {
      malformed("Unexpected UTF-8 BOM (decode using utf-8-sig)", text, 0);
    }
    return text;
  }
  if (!(value instanceof PyBytes) && !(value instanceof PyByteArray)) {
    fault("TypeError", `the JSON object must be str, bytes or bytearray, not ${typeName(value)}`);
  }
  return decode(value.data, encodingOf(value.data), "surrogatepass");
}

/** By a mark, or by where the zeros are. */
function encodingOf(data: Uint8Array): string {
  const [a, b, c, d] = data;
  if (
    (a === 0xff && b === 0xfe && c === 0 && d === 0) ||
    (a === 0 && b === 0 && c === 0xfe && d === 0xff)
  ) {
    return "utf-32";
  }
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "utf-16";
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8-sig";
  if (data.length >= 4) {
    if (a === 0) return b === 0 ? "utf-32-be" : "utf-16-be";
    if (b === 0) return c === 0 && d === 0 ? "utf-32-le" : "utf-16-le";
  } else if (data.length === 2) {
    if (a === 0) return "utf-16-be";
    if (b === 0) return "utf-16-le";
  }
  return "utf-8";
}

function loads(
  text: Value,
  parameters: readonly (Value | undefined)[],
  cls: Value | undefined,
  more: Keywords | undefined,
): Value {
  const source = sourceOf(text);
  const own = given(cls);
  if (own === undefined && (more?.size ?? 0) === 0) return read(source, reading(parameters, true));
  const keywords: Keywords = new Map(more);
  for (const [i, name] of HOOKS.entries()) {
    const hook = given(parameters[i]);
    if (hook !== undefined) keywords.set(name, hook);
  }
  return call1(getAttribute(call(own ?? decoderType, [], keywords), "decode"), source);
}

const FUNCTIONS: Readonly<Record<string, Native | Signed>> = {
  dumps: signed(
    `obj, /, *, ${ENCODING}, cls=None, **kw`,
    (value: Value, ...rest: (Value | undefined)[]) =>
      dumps(value, rest.slice(0, 8), rest[8], rest[9] as unknown as Keywords | undefined),
  ),
  dump: signed(
    `obj, fp, *, ${ENCODING}, cls=None, **kw`,
    (value: Value, file: Value, ...rest: (Value | undefined)[]) => {
      const text = dumps(
        value,
        rest.slice(0, 8),
        rest[8],
        rest[9] as unknown as Keywords | undefined,
      );
      call1(getAttribute(file, "write"), text);
      return None;
    },
  ),
  loads: signed(
    `s, *, ${DECODING}, cls=None, **kw`,
    (text: Value, ...rest: (Value | undefined)[]) =>
      loads(text, rest.slice(0, 5), rest[5], rest[6] as unknown as Keywords | undefined),
  ),
  load: signed(
    `fp, *, ${DECODING}, cls=None, **kw`,
    (file: Value, ...rest: (Value | undefined)[]) =>
      loads(
        call(getAttribute(file, "read"), []),
        rest.slice(0, 5),
        rest[5],
        rest[6] as unknown as Keywords | undefined,
      ),
  ),
};

export function fillJson(module: PyModule): void {
  for (const name in FUNCTIONS) module.set(name, new PyBuiltin(name, FUNCTIONS[name]!, module));
  module.set("JSONEncoder", encoderType);
  module.set("JSONDecoder", decoderType);
  module.set("JSONDecodeError", decodeErrorType);
  module.set("decoder", runtime().load("json.decoder"));
  module.set("encoder", runtime().load("json.encoder"));
}

/** `json.decoder.scanstring`: the string that begins before `end`, and where it ends. */
function scanString(source: Value, end: Value, strict?: Value): Value {
  const text = textOf(source);
  const at = Number(requireIndex(end));
  if (text === undefined)
    fault("TypeError", `first argument must be a string, not ${typeName(source)}`);
  if (at < 0 || at > sizeOf(text)) fault("ValueError", "end is out of bounds");
  const reader = new Reader(text, { strict: strict === undefined || truth(strict) }, at - 1);
  return new PyTuple([reader.string(), reader.at]);
}

/** `json.decoder`. */
export function fillJsonDecoder(module: PyModule): void {
  functions(module, { scanstring: signed("string, end, strict=True, /", scanString) });
  module.set("JSONDecoder", decoderType);
  module.set("JSONDecodeError", decodeErrorType);
}

/** `json.encoder`. */
export function fillJsonEncoder(module: PyModule): void {
  const quoted =
    (ascii: boolean) =>
    (value: Value): Value => {
      const text = textOf(value);
      if (text === undefined)
        fault("TypeError", `first argument must be a string, not ${typeName(value)}`);
      return quoteJson(text, ascii) as Value;
    };
  functions(module, {
    encode_basestring: quoted(false),
    encode_basestring_ascii: quoted(true),
  });
  module.set("py_encode_basestring", module.get("encode_basestring")!);
  module.set("py_encode_basestring_ascii", module.get("encode_basestring_ascii")!);
  module.set("JSONEncoder", encoderType);
}
