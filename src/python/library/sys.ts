/** `sys`. */
import { fault } from "../fault.ts";
import { PyDict } from "../objects/dict.ts";
import { exceptionType, makeException, PyException, raising } from "../objects/exception.ts";
import { PyFloat } from "../objects/float.ts";
import { PyList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { runtime, state } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { callSpecial } from "../operations/call.ts";
import { repr } from "../operations/repr.ts";
import { indexOf, requireIndex } from "../operations/subscript.ts";
import { frameAt, tracebackOf } from "../operations/traceback.ts";
import { typeName } from "../operations/typeof.ts";
import { toJs } from "../text/wide.ts";
import { functions } from "./functions.ts";
import { standardStreams } from "./streams.ts";
import { structSequence } from "./struct-sequence.ts";
import { nativeModules } from "./table.ts";

/** The language that is spoken: CPython's of this version. */
const VERSION = [3, 12, 0, "final", 0] as const;

/** The largest index of CPython's on machines of 64 bits. */
const MAXSIZE = 2n ** 63n - 1n;

/** `sys.modules`: what is put in and taken out counts for imports. */
class ModulesDict extends PyDict {
  /** What has no name of text as its key. */
  readonly #modules: Map<string, Value>;

  constructor(modules: Map<string, Value>) {
    super();
    this.#modules = modules;
  }

  override get size(): number {
    return this.#modules.size;
  }
  override get(key: Value): Value | undefined {
    return typeof key === "string" ? this.#modules.get(key) : undefined;
  }
  override has(key: Value): boolean {
    return this.get(key) !== undefined;
  }
  override find(key: Value): Value | undefined {
    return this.has(key) ? key : undefined;
  }
  override set(key: Value, value: Value): void {
    if (typeof key !== "string") fault("TypeError", `expected a module's name, not ${typeName(key)}`);
    this.#modules.set(key, value);
  }
  override delete(key: Value): Value | undefined {
    const value = this.get(key);
    if (value !== undefined) this.#modules.delete(key as string);
    return value;
  }
  override clear(): void {
    this.#modules.clear();
  }
  override *keys(): IterableIterator<Value> {
    yield* this.#modules.keys();
  }
  override *entries(): IterableIterator<[Value, Value]> {
    yield* this.#modules.entries();
  }
  override popLast(): [Value, Value] | undefined {
    const key = [...this.#modules.keys()].at(-1);
    return key === undefined ? undefined : [key, this.delete(key)!];
  }
  override copyFrom(other: PyDict): void {
    for (const [key, value] of other.entries()) this.set(key, value);
  }
}

export function fillSys(module: PyModule): void {
  const run = runtime();
  const put = (table: Readonly<Record<string, Value>>): void => {
    for (const name in table) module.set(name, table[name]!);
  };
  const streams = standardStreams();
  for (const name of ["stdin", "stdout", "stderr"] as const) {
    put({ [name]: streams[name], [`__${name}__`]: streams[name] });
  }
  const number = VERSION.slice(0, 3).join(".");
  put({
    argv: run.argv,
    orig_argv: new PyList([...run.argv.items]),
    path: run.path,
    modules: new ModulesDict(run.modules as Map<string, Value>),
    version: `${number} (kata)`,
    version_info: structSequence("sys", "version_info", [
      "major",
      "minor",
      "micro",
      "releaselevel",
      "serial",
    ]).make(VERSION),
    hexversion: (VERSION[0] << 24) | (VERSION[1] << 16) | (VERSION[2] << 8) | 0xf0,
    api_version: 1013,
    copyright: "",
    platform: "linux",
    byteorder: "little",
    maxsize: MAXSIZE,
    maxunicode: 0x10ffff,
    executable: "",
    prefix: "",
    base_prefix: "",
    exec_prefix: "",
    dont_write_bytecode: true,
    float_repr_style: "short",
    ps1: ">>> ",
    ps2: "... ",
    warnoptions: new PyList([]),
    meta_path: new PyList([]),
    path_hooks: new PyList([]),
    builtin_module_names: new PyTuple(Object.keys(nativeModules)),
    ...information(),
  });
  functions(module, {
    exit: signed("status=None, /", (status?: Value) => {
      const args = status === undefined || status === None ? [] : [status];
      throw raising(makeException(exceptionType("SystemExit"), args));
    }),
    exc_info: () => {
      const { handling } = state;
      if (handling === undefined) return new PyTuple([None, None, None]);
      return new PyTuple([handling.type, handling, tracebackOf(handling)]);
    },
    exception: () => state.handling ?? None,
    getrecursionlimit: () => run.account.recursion,
    setrecursionlimit,
    getdefaultencoding: () => "utf-8",
    getfilesystemencoding: () => "utf-8",
    getfilesystemencodeerrors: () => "surrogateescape",
    intern: (text: Value) => {
      if (typeof text !== "string") fault("TypeError", `intern() argument must be str, not ${typeName(text)}`);
      return text;
    },
    getrefcount: (_value: Value) => 1,
    getsizeof: signed("object, default=None", sizeOfValue),
    get_int_max_str_digits: () => run.digitLimit,
    set_int_max_str_digits: signed("maxdigits", (digits: Value) => {
      const limit = Number(requireIndex(digits));
      if (limit !== 0 && limit < 640) {
        fault("ValueError", "maxdigits must be 0 or larger than 640");
      }
      run.digitLimit = limit;
      return None;
    }),
    _getframe: signed("depth=0, /", (depth?: Value) => {
      return frameAt(Number(depth ?? 0)) ?? fault("ValueError", "call stack is not deep enough");
    }),
    displayhook: (value: Value) => {
      if (value === None) return None;
      run.builtins.set("_", value);
      run.write("stdout", `${toJs(repr(value))}\n`);
      return None;
    },
    excepthook: (_type: Value, exception: Value, _traceback: Value) => {
      if (exception instanceof PyException) run.write("stderr", `${exception.type.name}\n`);
      return None;
    },
    gettrace: () => None,
    getprofile: () => None,
    settrace: (_call: Value) => None,
    setprofile: (_call: Value) => None,
    getswitchinterval: () => new PyFloat(0.005),
    is_finalizing: () => false,
    audit: signed("event, /, *args", () => None),
    addaudithook: (_hook: Value) => None,
  });
}

/** CPython refuses limits that the calls which are going on exceed. */
function setrecursionlimit(value: Value): Value {
  const limit = indexOf(value);
  if (limit === undefined) {
    fault("TypeError", `'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  if (limit > 0x7fffffff) fault("OverflowError", "Python int too large to convert to C int");
  if (limit < 1) fault("ValueError", "recursion limit must be greater or equal than 1");
  const { account } = runtime();
  if (!account.setRecursion(Number(limit))) {
    fault(
      "RecursionError",
      `cannot set the recursion limit to ${limit} at the recursion depth ${account.depthNow}: the limit is too low`,
    );
  }
  return None;
}

/** About what CPython says: a head, and eight bytes for each item. */
function sizeOfValue(value: Value, otherwise?: Value): Value {
  const own = callSpecial(value, "__sizeof__");
  if (own !== undefined) return own;
  return otherwise ?? 16;
}

function information(): Record<string, Value> {
  const floats = structSequence("sys", "float_info", [
    "max",
    "max_exp",
    "max_10_exp",
    "min",
    "min_exp",
    "min_10_exp",
    "dig",
    "mant_dig",
    "epsilon",
    "radix",
    "rounds",
  ]);
  const ints = structSequence("sys", "int_info", [
    "bits_per_digit",
    "sizeof_digit",
    "default_max_str_digits",
    "str_digits_check_threshold",
  ]);
  const hashes = structSequence("sys", "hash_info", [
    "width",
    "modulus",
    "inf",
    "nan",
    "imag",
    "algorithm",
    "hash_bits",
    "seed_bits",
    "cutoff",
  ]);
  const flags = structSequence("sys", "flags", [
    "debug",
    "inspect",
    "interactive",
    "optimize",
    "dont_write_bytecode",
    "no_user_site",
    "no_site",
    "ignore_environment",
    "verbose",
    "bytes_warning",
    "quiet",
    "hash_randomization",
    "isolated",
    "dev_mode",
    "utf8_mode",
    "warn_default_encoding",
    "safe_path",
    "int_max_str_digits",
  ]);
  const [max, min, epsilon] = [Number.MAX_VALUE, 2 ** -1022, Number.EPSILON].map(
    (one) => new PyFloat(one),
  );
  return {
    float_info: floats.make([max!, 1024, 308, min!, -1021, -307, 15, 53, epsilon!, 2, 1]),
    int_info: ints.make([30, 4, 4300, 640]),
    hash_info: hashes.make([64, 2n ** 61n - 1n, 314159, 0, 1000003, "siphash13", 64, 128, 0]),
    flags: flags.make([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, false, 1, 0, true, 4300]),
  };
}
