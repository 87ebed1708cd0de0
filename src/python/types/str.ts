/** The methods of `str`; what they do to a text is in text/. */
import { DEPTH, meter, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { bufferOf, PyBytes } from "../objects/bytes.ts";
import { maker, methods, staticMethods } from "../objects/define.ts";
import { PyDict } from "../objects/dict.ts";
import { exceptionType, isException, throwException } from "../objects/exception.ts";
import { type PyIterator, StringIterator } from "../objects/iterator.ts";
import { PyList } from "../objects/list.ts";
import type { Keywords } from "../objects/object.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { PyStrObject, strType } from "../objects/scalars.ts";
import { type Native, signed, type Signed } from "../objects/signature.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { bound, own, requireText, size, times } from "../operations/arguments.ts";
import { getAttribute } from "../operations/attributes.ts";
import { decide, type Order } from "../operations/compare.ts";
import { format } from "../operations/format.ts";
import { hashStr } from "../operations/hash.ts";
import { collect, iterate, ObjectIterator } from "../operations/iterate.ts";
import { percent } from "../operations/percent.ts";
import { convert, str, textOf } from "../operations/repr.ts";
import { extentOf, indexOf, subscript } from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName, typeOf } from "../operations/typeof.ts";
import * as cases from "../text/case.ts";
import { decode } from "../text/decode.ts";
import { encode } from "../text/encode.ts";
import { formatStr } from "../text/format.ts";
import { center, expandtabs, ljust, rjust, zfill } from "../text/pad.ts";
import { lengthHint } from "../operations/length-hint.ts";
import { reprStr } from "../text/quote.ts";
import { formatTemplate, type TemplateValues } from "../text/replacement.ts";
import * as search from "../text/search.ts";
import * as pieces from "../text/split.ts";
import * as wide from "../text/wide.ts";
import type { Str, WideStr } from "../text/wide.ts";

maker(
  strType,
  signed(
    "cls, /, object='', encoding='utf-8', errors='strict'",
    (cls: PyType, object?: Value, encoding?: Value, errors?: Value) => {
      const text = textFrom(object, encoding, errors);
      if (cls === strType) return text;
      return new (cls.js as unknown as new (text: Str) => PyStrObject)(text);
    },
  ),
);
strType.c0 = () => "";
strType.c1 = (value) => str(value!);

function textFrom(
  object: Value | undefined,
  encoding: Value | undefined,
  errors: Value | undefined,
): Str {
  if (encoding === undefined && errors === undefined)
    return object === undefined ? "" : str(object);
  const codec =
    encoding === undefined ? "utf-8" : String(requireText(encoding, "str() argument 'encoding' "));
  const handler =
    errors === undefined ? "strict" : String(requireText(errors, "str() argument 'errors' "));
  if (object === undefined) return "";
  const data = bufferOf(object);
  if (data !== undefined) return decode(data, codec, handler);
  if (textOf(object) !== undefined) fault("TypeError", "decoding str is not supported");
  return fault("TypeError", `decoding to str: need a bytes-like object, ${typeName(object)} found`);
}

/** Makes methods that need no more than the text. */
function plain(table: Readonly<Record<string, (text: Str) => Value>>): void {
  const natives: Record<string, Native> = {};
  for (const name in table) {
    const make = table[name]!;
    natives[name] = (self: Value) => make(own(self));
  }
  methods(strType, natives);
}

plain({
  capitalize: cases.capitalize,
  casefold: cases.casefold,
  isalnum: cases.isAlnum,
  isalpha: cases.isAlpha,
  isascii: cases.isAscii,
  isdecimal: cases.isDecimal,
  isdigit: cases.isDigit,
  isidentifier: cases.isIdentifier,
  islower: cases.isLower,
  isnumeric: cases.isNumeric,
  isprintable: cases.isPrintableText,
  isspace: cases.isSpaceText,
  istitle: cases.isTitle,
  isupper: cases.isUpper,
  lower: cases.lower,
  swapcase: cases.swapcase,
  title: cases.title,
  upper: cases.upper,
  __hash__: hashStr,
  __len__: wide.sizeOf,
  __repr__: reprStr,
  __str__: (text) => text,
  __sizeof__: (text) => 49 + wide.sizeOf(text),
  __iter__: (text) =>
    typeof text === "string" ? new StringIterator(text) : new WideIterator(text),
  __getnewargs__: (text) => new PyTuple([text]),
});

/** Over the characters of a wide str. */
class WideIterator extends StringIterator {
  private readonly wide: WideStr;
  private place = 0;

  constructor(text: WideStr) {
    super("");
    this.wide = text;
  }

  override next(): Value | undefined {
    const { points } = this.wide;
    return this.place < points.length ? wide.chr(points[this.place++]!) : undefined;
  }

  override lengthHint(): number {
    return this.wide.points.length - this.place;
  }
}

/** A search of one kind, with bounds. */
function searching(find: (text: Str, part: Str, start?: number, end?: number) => number): Signed {
  return signed(
    "sub, start=None, end=None, /",
    (self: Value, part: Value, start?: Value, end?: Value) => {
      // CPython reads the bounds first.
      const [from, to] = [bound(start), bound(end)];
      return find(own(self), sought(part), from, to);
    },
  );
}

/** What is searched for. */
function sought(part: Value): Str {
  return textOf(part) ?? fault("TypeError", `must be str, not ${typeName(part)}`);
}

/** The same, with an error for what is not there. */
function placing(find: (text: Str, part: Str, start?: number, end?: number) => number): Signed {
  return searching((text, part, start, end) => {
    const at = find(text, part, start, end);
    return at < 0 ? fault("ValueError", "substring not found") : at;
  });
}

/** `startswith` and `endswith`: of one text, or of any in a tuple. */
function edge(
  name: string,
  test: (text: Str, part: Str, start?: number, end?: number) => boolean,
): Signed {
  return signed(
    "affix, start=None, end=None, /",
    (self: Value, affix: Value, start?: Value, end?: Value) => {
      const text = own(self);
      const from = bound(start);
      const to = bound(end);
      const one = textOf(affix);
      if (one !== undefined) return test(text, one, from, to);
      if (!(affix instanceof PyTuple)) {
        fault(
          "TypeError",
          `${name} first arg must be str or a tuple of str, not ${typeName(affix)}`,
        );
      }
      return affix.items.some((item) => {
        const part =
          textOf(item) ??
          fault("TypeError", `tuple for ${name} must only contain str, not ${typeName(item)}`);
        return test(text, part, from, to);
      });
    },
  );
}

function padding(pad: (text: Str, width: number, fill?: Str) => Str): Signed {
  return signed("width, fillchar=' ', /", (self: Value, width: Value, fill?: Value) => {
    const columns = size(width, 0);
    if (fill === undefined) return pad(own(self), columns);
    const char =
      textOf(fill) ??
      fault("TypeError", `The fill character must be a unicode character, not ${typeName(fill)}`);
    return pad(own(self), columns, char);
  });
}

function stripping(name: string, ends: pieces.Ends): Signed {
  return signed("chars=None, /", (self: Value, chars?: Value) => {
    if (chars === undefined || chars === None) return pieces.strip(own(self), undefined, ends);
    const set = textOf(chars) ?? fault("TypeError", `${name} arg must be None or str`);
    return pieces.strip(own(self), set, ends);
  });
}

function splitting(split: (text: Str, separator: Str | undefined, most: number) => Str[]): Signed {
  return signed("sep=None, maxsplit=-1", (self: Value, separator?: Value, most?: Value) => {
    const limit = most === undefined ? -1 : size(most, -1);
    if (separator === undefined || separator === None)
      return new PyList(split(own(self), undefined, limit));
    const mark =
      textOf(separator) ?? fault("TypeError", `must be str or None, not ${typeName(separator)}`);
    return new PyList(split(own(self), mark, limit));
  });
}

const parting =
  (part: (text: Str, separator: Str) => Str[]) =>
  (self: Value, separator: Value): Value =>
    new PyTuple(part(own(self), sought(separator)));

const codecName = (value: Value | undefined, which: string, name: string): string | undefined =>
  value === undefined ? undefined : String(requireText(value, `${name}() argument '${which}' `));

methods(strType, {
  find: searching(search.find),
  rfind: searching(search.rfind),
  index: placing(search.find),
  rindex: placing(search.rfind),
  count: searching(search.count),
  startswith: edge("startswith", search.startsWith),
  endswith: edge("endswith", search.endsWith),
  center: padding(center),
  ljust: padding(ljust),
  rjust: padding(rjust),
  zfill: (self: Value, width: Value) => zfill(own(self), size(width, 0)),
  expandtabs: signed("tabsize=8", (self: Value, width?: Value) =>
    expandtabs(own(self), size(width, 8)),
  ),
  strip: stripping("strip", "both"),
  lstrip: stripping("lstrip", "left"),
  rstrip: stripping("rstrip", "right"),
  split: splitting(pieces.split),
  rsplit: splitting(pieces.rsplit),
  splitlines: signed(
    "keepends=False",
    (self: Value, keep?: Value) =>
      new PyList(pieces.splitlines(own(self), keep !== undefined && truth(keep))),
  ),
  partition: parting(pieces.partition),
  rpartition: parting(pieces.rpartition),
  removeprefix: (self: Value, prefix: Value) =>
    pieces.removePrefix(own(self), requireText(prefix, "removeprefix() argument ")),
  removesuffix: (self: Value, suffix: Value) =>
    pieces.removeSuffix(own(self), requireText(suffix, "removesuffix() argument ")),
  replace: signed("old, new, count=-1, /", (self: Value, old: Value, by: Value, most?: Value) =>
    pieces.replace(
      own(self),
      requireText(old, "replace() argument 1 "),
      requireText(by, "replace() argument 2 "),
      size(most, -1),
    ),
  ),
  join: (self: Value, parts: Value) => joinText(own(self), parts),
  encode: signed(
    "encoding='utf-8', errors='strict'",
    (self: Value, encoding?: Value, errors?: Value) =>
      new PyBytes(
        encode(
          own(self),
          codecName(encoding, "encoding", "encode"),
          codecName(errors, "errors", "encode"),
        ),
      ),
  ),
  translate: (self: Value, table: Value) => pieces.translate(own(self), changes(table)),
  format: signed("*args, **kwargs", (self: Value, args: Value[], keywords: Keywords) =>
    formatTemplate(
      own(self),
      templateValues(args, (name) => keywords.get(String(name))),
    ),
  ),
  format_map: (self: Value, mapping: Value) =>
    formatTemplate(
      own(self),
      templateValues(undefined, (name) => subscript(mapping, name)),
    ),
  __format__: (self: Value, spec: Value) => {
    const written = requireText(spec, "__format__() argument ");
    // A class of the program may have its own `__str__`.
    return written === "" ? str(self) : formatStr(own(self), written, typeName(self));
  },
  __getitem__: (self: Value, key: Value) => item(own(self), key),
  __contains__: (self: Value, part: Value) => {
    const sought =
      textOf(part) ??
      fault("TypeError", `'in <string>' requires string as left operand, not ${typeName(part)}`);
    return search.contains(own(self), sought);
  },
  __add__: (self: Value, other: Value) => {
    const right = textOf(other);
    if (right !== undefined) return wide.concat(own(self), right);
    if (isOpenWith(other, "__radd__")) return NotImplemented;
    return fault("TypeError", `can only concatenate str (not "${typeName(other)}") to str`);
  },
  __mul__: repeated,
  __rmul__: repeated,
  __mod__: (self: Value, values: Value) => percent(own(self), values),
  __rmod__: (self: Value, format: Value) => {
    const text = textOf(format);
    return text === undefined ? NotImplemented : percent(text, self);
  },
  __eq__: (self: Value, other: Value) => {
    const right = textOf(other);
    return right === undefined ? NotImplemented : wide.equal(own(self), right);
  },
  __ne__: (self: Value, other: Value) => {
    const right = textOf(other);
    return right === undefined ? NotImplemented : !wide.equal(own(self), right);
  },
  __lt__: ordering("__lt__"),
  __le__: ordering("__le__"),
  __gt__: ordering("__gt__"),
  __ge__: ordering("__ge__"),
});

function ordering(order: Order): Native {
  return (self: Value, other: Value) => {
    const right = textOf(other);
    return right === undefined ? NotImplemented : decide(order, wide.compare(own(self), right));
  };
}

/** Whether an operator has to ask the other side first: a class of the program with the reflected method. */
function isOpenWith(other: Value, method: string): boolean {
  const type = typeOf(other);
  return type.open && lookup(type, method) !== undefined;
}

function repeated(self: Value, count: Value): Value {
  const number = times(count);
  if (number !== undefined) return wide.repeat(own(self), number);
  // The operator says what is wrong: the sequence on its left comes first.
  return NotImplemented;
}

function item(text: Str, key: Value): Value {
  const length = wide.sizeOf(text);
  if (key instanceof PySlice) {
    const { start, step, count } = extentOf(key, length);
    return wide.sliceStep(text, start, step, count);
  }
  const index = indexOf(key);
  if (index === undefined) {
    fault("TypeError", `string indices must be integers, not '${typeName(key)}'`);
  }
  if (typeof index === "bigint")
    fault("IndexError", "cannot fit 'int' into an index-sized integer");
  const at = index < 0 ? index + length : index;
  if (at < 0 || at >= length) fault("IndexError", "string index out of range");
  return wide.at(text, at);
}

/** `separator.join(parts)`. */
function joinText(separator: Str, parts: Value): Value {
  if (parts instanceof PyList || parts instanceof PyTuple) return joinItems(separator, parts.items);
  const iterator = joinable(parts);
  // CPython makes a list of the iterator, which is asked then.
  if (typeof parts === "object" && parts.type.open)
    lengthHint(iterator instanceof ObjectIterator ? iterator.object : iterator);
  return joinItems(separator, collect(iterator));
}

function joinable(parts: Value): PyIterator {
  const type = typeOf(parts);
  if (lookup(type, "__iter__") === undefined && lookup(type, "__getitem__") === undefined) {
    fault("TypeError", "can only join an iterable");
  }
  return iterate(parts);
}

function joinItems(separator: Str, items: readonly Value[]): Value {
  let isPlain = true;
  for (let i = 0; i < items.length; i++) {
    const one = items[i]!;
    if (typeof one === "string") continue;
    isPlain = false;
    if (textOf(one) === undefined) {
      fault("TypeError", `sequence item ${i}: expected str instance, ${typeName(one)} found`);
    }
  }
  if (items.length === 1 && typeof items[0] === "object" && items[0].type === strType)
    return items[0];
  return pieces.join(
    separator,
    isPlain ? (items as readonly string[]) : items.map((one) => textOf(one)!),
  );
}

/** What a table for `translate` says of a code point. */
function changes(table: Value): (point: number) => Str | undefined {
  const known = new Map<number, Str | undefined>();
  return (point) => {
    if (known.has(point)) return known.get(point);
    const to = changeOf(table, point);
    known.set(point, to);
    return to;
  };
}

function changeOf(table: Value, point: number): Str | undefined {
  let to: Value;
  if (table instanceof PyDict && !table.type.open) {
    const found = table.get(point);
    if (found === undefined) return undefined;
    to = found;
  } else {
    const depth = meter[DEPTH]!;
    try {
      to = subscript(table, point);
    } catch (error) {
      if (isException(error, "LookupError", depth)) return undefined;
      throw error;
    }
  }
  if (to === None) return "";
  const text = textOf(to);
  if (text !== undefined) return text;
  if (typeof to !== "number" && typeof to !== "bigint" && typeof to !== "boolean") {
    fault("TypeError", "character mapping must return integer, None or str");
  }
  const code = Number(to);
  if (code < 0 || code > 0x10ffff)
    fault("ValueError", "character mapping must be in range(0x110000)");
  return wide.chr(code);
}

/** What fields of a template mean; without `args` only names are known. */
function templateValues(
  args: readonly Value[] | undefined,
  named: (name: Str) => Value | undefined,
): TemplateValues {
  return {
    positional: (index) => {
      if (args === undefined)
        return fault("ValueError", "Format string contains positional fields");
      return (
        args[index] ??
        fault("IndexError", `Replacement index ${index} out of range for positional args tuple`)
      );
    },
    keyword: (name) => named(name) ?? throwException(exceptionType("KeyError"), name),
    attribute: (value, name) => getAttribute(value as Value, String(name)),
    item: (value, key) => subscript(value as Value, key),
    convert: (value, conversion) => convert(value as Value, conversion),
    format: (value, spec) => format(value as Value, spec),
  };
}

staticMethods(strType, {
  maketrans: signed("x, y=None, z=None, /", (x: Value, y?: Value, z?: Value) => {
    const table = new PyDict();
    if (y === undefined) {
      if (!(x instanceof PyDict)) {
        fault("TypeError", "if you give only one argument to maketrans it must be a dict");
      }
      for (const [key, value] of x.entries()) table.set(translationKey(key), value);
      return table;
    }
    const from =
      textOf(x) ??
      fault("TypeError", "first maketrans argument must be a string if there is a second argument");
    const to = requireText(y, "maketrans() argument 2 ");
    const gone = z === undefined ? "" : requireText(z, "maketrans() argument 3 ");
    const length = wide.sizeOf(from);
    if (length !== wide.sizeOf(to)) {
      fault("ValueError", "the first two maketrans arguments must have equal length");
    }
    spend(length + wide.sizeOf(gone));
    for (let i = 0; i < length; i++) table.set(wide.pointAt(from, i), wide.pointAt(to, i));
    for (let i = 0; i < wide.sizeOf(gone); i++) table.set(wide.pointAt(gone, i), None);
    return table;
  }),
});

function translationKey(key: Value): Value {
  const text = textOf(key);
  if (text !== undefined) {
    if (wide.sizeOf(text) !== 1)
      fault("ValueError", "string keys in translate table must be of length 1");
    return wide.pointAt(text, 0);
  }
  if (typeof key === "number" || typeof key === "bigint" || typeof key === "boolean") return key;
  return fault("TypeError", "keys in translate table must be strings or integers");
}
