/** Exceptions with fields of their own: the system's errors, syntax errors, what codecs cannot do. */
import { fault } from "../fault.ts";
import { computed, maker, methods } from "../objects/define.ts";
import {
  exceptionType,
  fieldOf,
  makeException,
  type PyException,
  setField,
} from "../objects/exception.ts";
import { PyFunction } from "../objects/function.ts";
import { type Keywords, None, type Value } from "../objects/object.ts";
import { PyByteArray, PyBytes } from "../objects/bytes.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { toArray } from "../operations/iterate.ts";
import { repr, str, textOf } from "../operations/repr.ts";
import { typeName } from "../operations/typeof.ts";
import { concatAll, pointAt, type Str, sizeOf } from "../text/wide.ts";
import { fields, plainText, positionalOnly, setArgs } from "./exception.ts";

/** Which class an error number of Linux stands for (PEP 3151). */
const BY_ERRNO: Readonly<Record<number, string>> = {
  1: "PermissionError",
  2: "FileNotFoundError",
  3: "ProcessLookupError",
  4: "InterruptedError",
  10: "ChildProcessError",
  11: "BlockingIOError",
  13: "PermissionError",
  17: "FileExistsError",
  20: "NotADirectoryError",
  21: "IsADirectoryError",
  32: "BrokenPipeError",
  103: "ConnectionAbortedError",
  104: "ConnectionResetError",
  108: "BrokenPipeError",
  110: "TimeoutError",
  111: "ConnectionRefusedError",
  114: "BlockingIOError",
  115: "BlockingIOError",
};

const osError = exceptionType("OSError");

const systemField = ({ args: { items } }: PyException, at: number): Value | undefined =>
  items.length === 2 && at < 2 ? items[at] : undefined;
fields("OSError", ["errno", "strerror", "filename", "filename2"], systemField);

/** `OSError(errno, strerror[, filename[, winerror[, filename2]]])`; what was given as file names is no argument. */
function fillOsError(self: PyException, args: readonly Value[]): void {
  setArgs(self, args);
  if (args.length < 2 || args.length > 5) return;
  const [errno, strerror, filename, , filename2] = args;
  setField(self, "errno", errno!);
  setField(self, "strerror", strerror!);
  if (filename === undefined || filename === None) return;
  if (self.type.name === "BlockingIOError" && typeof filename === "number") {
    setField(self, "characters_written", filename);
    return;
  }
  setField(self, "filename", filename);
  if (filename2 !== undefined && filename2 !== None) setField(self, "filename2", filename2);
  setArgs(self, args.slice(0, 2));
}

maker(
  osError,
  signed("cls, /, *args, **kwargs", (cls: PyType, args: Value[], kwargs: Keywords) => {
    const [errno] = args;
    let type = cls;
    if (cls === osError && args.length >= 2 && args.length <= 5 && typeof errno === "number") {
      const fits = BY_ERRNO[errno];
      if (fits !== undefined) type = exceptionType(fits);
    }
    const self = makeException(type, args);
    if (!initialises(cls)) {
      positionalOnly(self, kwargs);
      fillOsError(self, args);
    }
    return self;
  }),
);

/** Whether a class has an `__init__` of its own, which says what the fields are. */
function initialises(type: PyType): boolean {
  return (
    lookup(type, "__init__") instanceof PyFunction &&
    !(lookup(type, "__new__") instanceof PyFunction)
  );
}

methods(osError, {
  __init__: signed("*args, **kwargs", (self: PyException, args: Value[], kwargs: Keywords) => {
    if (initialises(self.type)) {
      positionalOnly(self, kwargs);
      fillOsError(self, args);
    }
    return None;
  }),
  __str__: (self: PyException) => {
    const errno = fieldOf(self, "errno") ?? systemField(self, 0);
    const strerror = fieldOf(self, "strerror") ?? systemField(self, 1);
    const filename = fieldOf(self, "filename");
    const filename2 = fieldOf(self, "filename2");
    if (filename !== undefined && filename !== None) {
      const names: Str[] =
        filename2 === undefined || filename2 === None
          ? [repr(filename)]
          : [repr(filename), " -> ", repr(filename2)];
      return concatAll([
        "[Errno ",
        str(errno ?? None),
        "] ",
        str(strerror ?? None),
        ": ",
        ...names,
      ]) as Value;
    }
    if (errno === undefined || strerror === undefined) return plainText(self) as Value;
    return concatAll(["[Errno ", str(errno), "] ", str(strerror)]) as Value;
  },
  __reduce__: (self: PyException) => {
    const filename = fieldOf(self, "filename");
    const args = [...self.args.items];
    if (args.length === 2 && filename !== undefined && filename !== None) {
      args.push(filename);
      const second = fieldOf(self, "filename2");
      if (second !== undefined && second !== None) args.push(None, second);
    }
    return new PyTuple([self.type, new PyTuple(args)]);
  },
});
computed(exceptionType("BlockingIOError"), {
  characters_written: [
    (self: PyException) => fieldOf(self, "characters_written"),
    (self: PyException, value) => setField(self, "characters_written", value ?? None),
  ],
});

const PLACE = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"] as const;

fields("SyntaxError", ["msg", ...PLACE, "print_file_and_line"], (self, at) =>
  at === 0 ? self.args.items[0] : undefined,
);
methods(exceptionType("SyntaxError"), {
  __init__: signed("*args, **kwargs", (self: PyException, args: Value[], kwargs: Keywords) => {
    positionalOnly(self, kwargs);
    setArgs(self, args);
    if (args.length > 0) setField(self, "msg", args[0]!);
    if (args.length !== 2) return None;
    const place = toArray(args[1]!);
    if (place.length < 4) {
      fault(
        "TypeError",
        `function missing required argument '${PLACE[place.length]}' (pos ${place.length + 1})`,
      );
    }
    if (place.length > 6)
      fault("TypeError", `function takes at most 6 arguments (${place.length} given)`);
    place.forEach((value, i) => setField(self, PLACE[i]!, value));
    if (place.length === 5)
      fault("TypeError", "end_offset must be provided when end_lineno is provided");
    return None;
  }),
  __str__: (self: PyException) => {
    const message = str(fieldOf(self, "msg") ?? self.args.items[0] ?? None);
    const filename = textOf(fieldOf(self, "filename") ?? None);
    const line = fieldOf(self, "lineno");
    const hasLine = typeof line === "number";
    const base =
      typeof filename === "string" ? filename.slice(filename.lastIndexOf("/") + 1) : undefined;
    if (base === undefined && !hasLine) return message as Value;
    const where =
      base === undefined ? `line ${String(line)}` : hasLine ? `${base}, line ${line}` : base;
    return concatAll([message, ` (${where})`]) as Value;
  },
});

const UNICODE = ["encoding", "object", "start", "end", "reason"] as const;
const given = (self: PyException, at: number): Value | undefined =>
  self.args.items.length > 3 ? self.args.items[at] : undefined;
fields("UnicodeEncodeError", UNICODE, given);
fields("UnicodeDecodeError", UNICODE, given);
fields("UnicodeTranslateError", UNICODE.slice(1), given);

function unicodeError(
  type: string,
  names: readonly string[],
  isObject: (value: Value) => boolean,
  wanted: string,
): void {
  methods(exceptionType(type), {
    __init__: signed("*args, **kwargs", (self: PyException, args: Value[], kwargs: Keywords) => {
      positionalOnly(self, kwargs);
      setArgs(self, args);
      if (args.length !== names.length) {
        fault(
          "TypeError",
          `function takes exactly ${names.length} arguments (${args.length} given)`,
        );
      }
      names.forEach((name, i) => {
        const value = args[i]!;
        const at = name === "start" || name === "end";
        if (at && typeof value !== "number") {
          fault("TypeError", `'${typeName(value)}' object cannot be interpreted as an integer`);
        }
        if (name === "object" && !isObject(value)) {
          if (wanted === "str")
            fault("TypeError", `argument ${i + 1} must be str, not ${typeName(value)}`);
          fault("TypeError", `a bytes-like object is required, not '${typeName(value)}'`);
        }
        if (!at && name !== "object" && textOf(value) === undefined) {
          fault("TypeError", `argument ${i + 1} must be str, not ${typeName(value)}`);
        }
        setField(self, name, value);
      });
      return None;
    }),
    __str__: (self: PyException) => describeUnicode(self, names),
  });
}
const isText = (value: Value): boolean => textOf(value) !== undefined;
const isBytes = (value: Value): boolean => value instanceof PyBytes || value instanceof PyByteArray;
unicodeError("UnicodeEncodeError", UNICODE, isText, "str");
unicodeError("UnicodeTranslateError", UNICODE.slice(1), isText, "str");
unicodeError("UnicodeDecodeError", UNICODE, isBytes, "bytes");

function describeUnicode(self: PyException, names: readonly string[]): Value {
  const field = (name: string): Value | undefined => {
    const at = names.indexOf(name);
    return at < 0 ? undefined : (fieldOf(self, name) ?? given(self, at));
  };
  // Made without its __init__: CPython says nothing.
  const object = field("object");
  if (object === undefined) return "";
  const start = Number(field("start"));
  const end = Number(field("end"));
  const reason = str(field("reason") ?? None);
  const encoding = field("encoding");
  const codec: Str[] = encoding === undefined ? [] : ["'", str(encoding), "' codec "];
  const text = textOf(object);
  const verb = text === undefined ? "decode" : encoding === undefined ? "translate" : "encode";
  const length = text === undefined ? (object as PyBytes).data.length : sizeOf(text);
  if (start < length && end === start + 1) {
    const what =
      text === undefined
        ? `byte 0x${(object as PyBytes).data[start]!.toString(16).padStart(2, "0")}`
        : `character '${escaped(pointAt(text, start))}'`;
    return concatAll([...codec, `can't ${verb} ${what} in position ${start}: `, reason]) as Value;
  }
  const what = text === undefined ? "bytes" : "characters";
  return concatAll([
    ...codec,
    `can't ${verb} ${what} in position ${start}-${end - 1}: `,
    reason,
  ]) as Value;
}

function escaped(point: number): string {
  if (point <= 0xff) return `\\x${point.toString(16).padStart(2, "0")}`;
  if (point <= 0xffff) return `\\u${point.toString(16).padStart(4, "0")}`;
  return `\\U${point.toString(16).padStart(8, "0")}`;
}
