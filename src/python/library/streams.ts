/** `sys.stdin`, `sys.stdout` and `sys.stderr`: text streams on the effects of the host. */
import { fault } from "../fault.ts";
import { PyBytes } from "../objects/bytes.ts";
import { computed, methods } from "../objects/define.ts";
import { PyIterator } from "../objects/iterator.ts";
import { PyList } from "../objects/list.ts";
import { None, PyObject, type Value } from "../objects/object.ts";
import { builtinType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import type { PyType } from "../objects/type.ts";
import { requireText, size } from "../operations/arguments.ts";
import { requireBytes } from "../operations/bytes.ts";
import { iterate, stopIteration } from "../operations/iterate.ts";
import { typeName } from "../operations/typeof.ts";
import { decode } from "../text/decode.ts";
import { encode } from "../text/encode.ts";
import { sizeOf, toJs } from "../text/wide.ts";

type OutputName = "stdout" | "stderr";

/** Bytes that one reading asks for. */
const PART = 1 << 16;

class PyOutput extends PyObject {
  readonly stream: OutputName;
  readonly binary: boolean;
  closed = false;
  constructor(stream: OutputName, binary: boolean) {
    super();
    this.stream = stream;
    this.binary = binary;
  }
}

class PyInput extends PyIterator {
  /** What was read and not yet given. */
  readonly source: { bytes: Uint8Array; ended: boolean };
  readonly binary: boolean;
  closed = false;
  constructor(source: PyInput["source"], binary: boolean) {
    super();
    this.source = source;
    this.binary = binary;
  }

  next(): Value | undefined {
    const line = readLine(this, -1);
    return line.length === 0 ? undefined : given(this, line);
  }
}

class PyTextOutput extends PyOutput {}
class PyTextInput extends PyInput {}

const outputType: PyType = builtinType("BufferedWriter", PyOutput, { module: "_io", final: true });
const inputType: PyType = builtinType("BufferedReader", PyInput, { module: "_io", final: true });
const textOutputType: PyType = builtinType("TextIOWrapper", PyTextOutput, {
  module: "_io",
  final: true,
});
const textInputType: PyType = builtinType("TextIOWrapper", PyTextInput, {
  module: "_io",
  final: true,
});

/** The three streams of a run. */
export function standardStreams(): Readonly<Record<"stdin" | OutputName, Value>> {
  defineStreams();
  return {
    stdin: new PyTextInput({ bytes: new Uint8Array(), ended: false }, false),
    stdout: new PyTextOutput("stdout", false),
    stderr: new PyTextOutput("stderr", false),
  };
}

function open<T extends PyInput | PyOutput>(self: T): T {
  if (self.closed) fault("ValueError", "I/O operation on closed file.");
  return self;
}

/** Writes a text or bytes; how many characters or bytes. */
function write(self: PyOutput, value: Value): number {
  open(self);
  if (self.binary) {
    const bytes = requireBytes(value);
    runtime().write(self.stream, toJs(decode(bytes, "utf-8", "replace")));
    return bytes.length;
  }
  const text = requireText(value, "write() argument ");
  // A lone surrogate is an error on standard output, and written as an escape on standard error.
  if (typeof text === "string") runtime().write(self.stream, text);
  else {
    const bytes = encode(text, "utf-8", self.stream === "stdout" ? "strict" : "backslashreplace");
    runtime().write(self.stream, toJs(decode(bytes)));
  }
  return sizeOf(text);
}

/** Reads on; false at the end. */
function more({ source }: PyInput): boolean {
  if (source.ended) return false;
  const run = runtime();
  const part = run.granted().includes("stdin")
    ? (run.perform("stdin.read", PART) as Uint8Array)
    : new Uint8Array();
  run.account.charge(part.length);
  if (part.length === 0) source.ended = true;
  else if (source.bytes.length === 0) source.bytes = part;
  else source.bytes = Buffer.concat([source.bytes, part]);
  return part.length > 0;
}

function takeBytes({ source }: PyInput, count: number): Uint8Array {
  const taken = source.bytes.subarray(0, count);
  source.bytes = source.bytes.subarray(count);
  return taken;
}

/** One line with its end, of so many bytes at most where `limit` is not negative. */
function readLine(self: PyInput, limit: number): Uint8Array {
  open(self);
  let from = 0;
  for (;;) {
    const { bytes } = self.source;
    const end = bytes.indexOf(10, from);
    if (limit >= 0 && (end < 0 ? bytes.length : end + 1) >= limit) return takeBytes(self, limit);
    if (end >= 0) return takeBytes(self, end + 1);
    from = bytes.length;
    if (!more(self)) return takeBytes(self, from);
  }
}

/** So many bytes, or characters of a text; all for a negative count. */
function read(self: PyInput, count: number): Uint8Array {
  open(self);
  const enough = (): number | undefined => {
    const { bytes } = self.source;
    if (count < 0) return undefined;
    if (self.binary) return bytes.length >= count ? count : undefined;
    // A character begins at each byte that continues none.
    let characters = 0;
    for (let at = 0; at < bytes.length; at++) {
      if ((bytes[at]! & 0xc0) !== 0x80 && characters++ === count) return at;
    }
    return undefined;
  };
  for (;;) {
    const size = enough();
    if (size !== undefined) return takeBytes(self, size);
    if (!more(self)) return takeBytes(self, self.source.bytes.length);
  }
}

function given(self: PyInput, bytes: Uint8Array): Value {
  if (self.binary) return new PyBytes(bytes.slice());
  const text = decode(bytes, "utf-8", "surrogateescape");
  if (typeof text !== "string" || !text.includes("\r")) return text as Value;
  return text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
}

/** A line of standard input for `input()`, without its end; `undefined` at the end of it. */
export function inputLine(stream: Value): string | undefined {
  if (!(stream instanceof PyInput)) return undefined;
  const line = given(stream, readLine(stream, -1));
  const text = toJs(requireText(line));
  return text === "" ? undefined : text.replace(/\n$/, "");
}

/** Whether something is the stream that `sys.stdin` was in the beginning. */
export function isInput(value: Value | undefined): value is PyObject {
  return value instanceof PyInput;
}

let defined = false;

function defineStreams(): void {
  if (defined) return;
  defined = true;
  const nothing = (self: PyInput | PyOutput): Value => {
    open(self);
    return None;
  };
  const unsupported = (what: string) => (_self: Value) => fault("OSError", what);
  const shared = {
    isatty: (self: PyInput | PyOutput) => {
      open(self);
      return false;
    },
    seekable: (_self: Value) => false,
    seek: signed("offset, whence=0, /", unsupported("underlying stream is not seekable")),
    tell: unsupported("underlying stream is not seekable"),
    close: (self: PyInput | PyOutput) => {
      self.closed = true;
      return None;
    },
    __enter__: (self: PyInput | PyOutput) => open(self),
    __exit__: signed("*args", (self: PyInput | PyOutput, _args: Value[]) => {
      self.closed = true;
      return None;
    }),
  };
  for (const type of [outputType, textOutputType]) {
    methods(type, {
      ...shared,
      write: (self: PyOutput, text: Value) => write(self, text),
      writelines: (self: PyOutput, lines: Value) => {
        const iterator = iterate(lines);
        for (let line; (line = iterator.next()) !== undefined;) write(self, line);
        return None;
      },
      flush: (self: PyOutput) => {
        open(self);
        runtime().flush();
        return None;
      },
      readable: (_self: Value) => false,
      writable: (_self: Value) => true,
      fileno: (self: PyOutput) => (self.stream === "stdout" ? 1 : 2),
      read: signed("size=-1, /", unsupported("not readable")),
      __repr__: (self: PyOutput) => shown(self, self.stream, "w"),
    });
  }
  for (const type of [inputType, textInputType]) {
    methods(type, {
      ...shared,
      read: signed("size=-1, /", (self: PyInput, count?: Value) =>
        given(self, read(self, count === None ? -1 : size(count, -1))),
      ),
      readline: signed("size=-1, /", (self: PyInput, count?: Value) =>
        given(self, readLine(self, count === None ? -1 : size(count, -1))),
      ),
      readlines: signed("hint=-1, /", (self: PyInput, _hint?: Value) => {
        const lines: Value[] = [];
        for (let line; (line = self.next()) !== undefined;) lines.push(line);
        return new PyList(lines);
      }),
      readable: (_self: Value) => true,
      writable: (_self: Value) => false,
      fileno: (_self: Value) => 0,
      write: (_self: PyInput, _text: Value) => fault("OSError", "not writable"),
      flush: nothing,
      __iter__: (self: PyInput) => open(self),
      __next__: (self: PyInput) => self.next() ?? stopIteration(),
      __repr__: (self: PyInput) => shown(self, "stdin", "r"),
    });
  }
  for (const type of [outputType, textOutputType, inputType, textInputType]) {
    computed(type, {
      closed: (self: PyInput | PyOutput) => self.closed,
      name: (self: PyInput | PyOutput) => `<${self instanceof PyOutput ? self.stream : "stdin"}>`,
      mode: (self: PyInput | PyOutput) => (self instanceof PyOutput ? "w" : "r"),
    });
  }
  for (const type of [textOutputType, textInputType]) {
    computed(type, {
      encoding: () => "utf-8",
      errors: (self: PyInput | PyOutput) =>
        self instanceof PyOutput && self.stream === "stderr" ? "backslashreplace" : "strict",
      newlines: () => None,
      line_buffering: () => false,
    });
    methods(type, {
      reconfigure: signed(
        "*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None",
        nothing,
      ),
    });
  }
  computed(textOutputType, { buffer: (self: PyOutput) => new PyOutput(self.stream, true) });
  computed(textInputType, { buffer: (self: PyInput) => new PyInput(self.source, true) });
}

function shown(self: PyInput | PyOutput, stream: string, mode: string): string {
  if (self.binary) return `<_io.${typeName(self)} name='<${stream}>'>`;
  return `<_io.TextIOWrapper name='<${stream}>' mode='${mode}' encoding='utf-8'>`;
}
