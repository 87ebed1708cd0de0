/** `sys`: what a program can ask and change of the interpreter, as CPython 3.11 answers. */
import { fault } from "../fault.ts";
import { PyBytes } from "../objects/bytes.ts";
import { AttributeDict, PyDict } from "../objects/dict.ts";
import { exceptionType, PyException, throwException } from "../objects/exception.ts";
import { PyFloat } from "../objects/float.ts";
import { Keyed } from "../objects/keyed.ts";
import { PyList } from "../objects/list.ts";
import { PyModule } from "../objects/module.ts";
import { bag, None, type Value } from "../objects/object.ts";
import { PyFrozenSet } from "../objects/set.ts";
import { signed } from "../objects/signature.ts";
import { runtime, state } from "../objects/state.ts";
import { PyTraceback } from "../objects/traceback.ts";
import { PyTuple } from "../objects/tuple.ts";
import { requireText } from "../operations/arguments.ts";
import { getAttribute } from "../operations/attributes.ts";
import { call1, callSpecial } from "../operations/call.ts";
import { displayValue } from "../operations/display.ts";
import { formatException } from "../operations/traceback-text.ts";
import { frameAt, setTraceback, tracebackOf } from "../operations/traceback.ts";
import { typeName } from "../operations/typeof.ts";
import { functions } from "./native.ts";
import { standardStreams } from "./streams.ts";
import { structSequence } from "./struct-sequence.ts";
import { nativeModules } from "./table.ts";

const VERSION: readonly Value[] = [3, 11, 7, "final", 0];

/** What is written to standard error, through `sys.stderr` where a program has put its own there. */
function writeError(text: string): void {
  const sys = runtime().modules.get("sys");
  const now = sys?.get("stderr");
  if (now === undefined || now === None || now === sys?.get("__stderr__")) {
    runtime().write("stderr", text);
  } else call1(getAttribute(now, "write"), text);
}

export function fillSys(module: PyModule): void {
  fillNumbers(module);
  fillVersion(module);
  const run = runtime();
  const streams = standardStreams();
  for (const name of ["stdin", "stdout", "stderr"] as const) {
    module.set(name, streams[name]);
    module.set(`__${name}__`, streams[name]);
  }
  module.set("argv", run.argv);
  module.set("orig_argv", run.argv);
  module.set("path", run.path);
  module.set("modules", new ModuleDict(run.modules));
  module.set("meta_path", new PyList([]));
  module.set("path_hooks", new PyList([]));
  module.set("path_importer_cache", new PyDict());
  module.set("warnoptions", new PyList([]));
  module.set("_xoptions", new PyDict());
  module.set("builtin_module_names", new PyTuple(["builtins", "sys"]));
  const names = new PyFrozenSet();
  for (const name of Object.keys(nativeModules)) if (!name.includes(".")) names.add(name);
  module.set("stdlib_module_names", names);
  fillFunctions(module);
  fillHooks(module);
}

function fillNumbers(module: PyModule): void {
  const float = structSequence(
    "sys",
    "float_info",
    "max max_exp max_10_exp min min_exp min_10_exp dig mant_dig epsilon radix rounds".split(" "),
  );
  module.set(
    "float_info",
    float.make([
      new PyFloat(Number.MAX_VALUE),
      1024,
      308,
      new PyFloat(2.2250738585072014e-308),
      -1021,
      -307,
      15,
      53,
      new PyFloat(Number.EPSILON),
      2,
      1,
    ]),
  );
  const int = structSequence(
    "sys",
    "int_info",
    "bits_per_digit sizeof_digit default_max_str_digits str_digits_check_threshold".split(" "),
  );
  module.set("int_info", int.make([30, 4, 4300, 640]));
  const hash = structSequence(
    "sys",
    "hash_info",
    "width modulus inf nan imag algorithm hash_bits seed_bits cutoff".split(" "),
  );
  module.set(
    "hash_info",
    hash.make([64, 2305843009213693951n, 314159, 0, 1000003, "siphash13", 64, 128, 0]),
  );
  module.set("maxsize", 9223372036854775807n as Value);
  module.set("maxunicode", 0x10ffff);
  module.set("float_repr_style", "short");
}

function fillVersion(module: PyModule): void {
  const info = structSequence("sys", "version_info", [
    "major",
    "minor",
    "micro",
    "releaselevel",
    "serial",
  ]);
  const version = info.make(VERSION);
  module.set("version_info", version);
  module.set("version", "3.11.7 (kata)");
  module.set("hexversion", 0x030b07f0);
  module.set("api_version", 1013);
  module.set("copyright", "");
  const implementation = new PyModule("kata");
  const about: Record<string, Value> = {
    name: "kata",
    cache_tag: None,
    version,
    hexversion: 0x030b07f0,
  };
  delete bag(implementation)["a___name__"];
  for (const name in about) implementation.set(name, about[name]!);
  module.set("implementation", implementation);
  const flags = structSequence(
    "sys",
    "flags",
    "debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose bytes_warning quiet hash_randomization isolated dev_mode utf8_mode warn_default_encoding safe_path int_max_str_digits".split(
      " ",
    ),
  );
  module.set(
    "flags",
    flags.make([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, false, 1, 0, true, runtime().digitLimit]),
  );
  module.set("platform", "linux");
  module.set("byteorder", "little");
  module.set("executable", "");
  for (const name of ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"])
    module.set(name, "");
  module.set("platlibdir", "lib");
  module.set("dont_write_bytecode", true);
  module.set("pycache_prefix", None);
}

/** A program that is judged puts nothing in the place of a module that its judge uses. */
function refuseSealed(key: Value): void {
  const { seal } = runtime();
  if (seal === undefined || typeof key !== "string") return;
  if (!seal.isLibrary(key) || seal.asked()) return;
  fault("TypeError", `cannot replace module '${key}': it is the tests' too`);
}

/** A module that a judge keeps for itself, where it is the judge who asks. */
function sealedModule(key: Value): Value | undefined {
  return typeof key === "string" ? runtime().seal?.modules(key)?.get(key) : undefined;
}

/** `sys.modules`: what is put there is what `import` finds. */
class ModuleDict extends PyDict {
  constructor(modules: Map<string, PyModule>) {
    super();
    // The run's table and the dict are one map: module names are strings, which are their own keys.
    this.map = modules as unknown as Map<Value, Value>;
  }

  override get(key: Value): Value | undefined {
    return super.get(key) ?? sealedModule(key);
  }

  override has(key: Value): boolean {
    return super.has(key) || sealedModule(key) !== undefined;
  }

  override set(key: Value, value: Value): void {
    refuseSealed(key);
    super.set(key, value);
  }

  override delete(key: Value): Value | undefined {
    refuseSealed(key);
    return super.delete(key);
  }

  override clear(): void {
    for (const key of this.keys()) this.delete(key);
  }

  /** The map stays the run's own. */
  override copyFrom(other: PyDict): void {
    for (const [key, value] of other.entries()) this.set(key, value);
  }
}

function currentException(): PyException | undefined {
  return state.handling;
}

/** About what CPython says that an object takes. */
function sizeInBytes(value: Value): number {
  if (typeof value === "number") return value === 0 ? 24 : Math.abs(value) < 2 ** 30 ? 28 : 32;
  if (typeof value === "bigint") return 24 + 4 * Math.ceil(value.toString(16).length / 7.5);
  if (typeof value === "boolean") return value ? 28 : 24;
  if (typeof value === "string") return 49 + value.length;
  if (value instanceof PyFloat) return 24;
  if (value instanceof PyList) return 56 + 8 * value.items.length;
  if (value instanceof PyTuple) return 40 + 8 * value.items.length;
  if (value instanceof PyBytes) return 33 + value.data.length;
  if (value instanceof AttributeDict) return 64 + 100 * value.size;
  if (value instanceof Keyed) return value.size === 0 ? 64 : 184 + 48 * value.size;
  if (value === None) return 16;
  const own = callSpecial(value, "__sizeof__");
  return typeof own === "number" ? own + 16 : 48;
}

function fillFunctions(module: PyModule): void {
  functions(module, {
    exit: signed("status=None, /", (status?: Value) => {
      const args =
        status === undefined || status === None
          ? []
          : status instanceof PyTuple
            ? status.items
            : [status];
      return throwException(exceptionType("SystemExit"), ...args);
    }),
    exc_info: () => {
      const exception = currentException();
      if (exception === undefined) return new PyTuple([None, None, None]);
      return new PyTuple([exception.type, exception, tracebackOf(exception)]);
    },
    exception: () => currentException() ?? None,
    getrecursionlimit: () => runtime().account.recursion,
    setrecursionlimit: (limit: Value) => {
      if (typeof limit !== "number") {
        fault("TypeError", `'${typeName(limit)}' object cannot be interpreted as an integer`);
      }
      if (limit < 1) fault("ValueError", "recursion limit must be greater or equal than 1");
      if (!runtime().account.setRecursion(limit)) {
        fault(
          "RecursionError",
          `cannot set the recursion limit to ${limit} at the recursion depth ${limit}: the limit is too low`,
        );
      }
      return None;
    },
    getsizeof: signed("object, default=None", (object: Value) => sizeInBytes(object)),
    getrefcount: (_object: Value) => 2,
    intern: (text: Value) => {
      const str = requireText(text, "intern() argument must be string, not ");
      return typeof str === "string" ? str : text;
    },
    getdefaultencoding: () => "utf-8",
    getfilesystemencoding: () => "utf-8",
    getfilesystemencodeerrors: () => "surrogateescape",
    getswitchinterval: () => new PyFloat(0.005),
    setswitchinterval: (_seconds: Value) => None,
    get_int_max_str_digits: () => runtime().digitLimit,
    set_int_max_str_digits: signed("maxdigits", (digits: Value) => {
      if (typeof digits !== "number" || (digits !== 0 && digits < 640)) {
        fault("ValueError", "maxdigits must be 0 or larger than 640");
      }
      runtime().digitLimit = digits;
      return None;
    }),
    is_finalizing: () => false,
    gettrace: () => None,
    getprofile: () => None,
    audit: signed("event, /, *args", (_event: Value, _args: Value[]) => None),
    _getframe: signed("depth=0, /", (depth?: Value) => {
      const frame = frameAt(typeof depth === "number" ? depth : 0);
      return frame ?? fault("ValueError", "call stack is not deep enough");
    }),
  });
}

function fillHooks(module: PyModule): void {
  functions(module, {
    excepthook: (_type: Value, value: Value, traceback: Value) => {
      if (!(value instanceof PyException)) {
        fault(
          "TypeError",
          `print_exception(): Exception expected for value, ${typeName(value)} found`,
        );
      }
      if (traceback instanceof PyTraceback && tracebackOf(value) === None)
        setTraceback(value, traceback);
      writeError(formatException(value).join(""));
      return None;
    },
    displayhook: (value: Value) => {
      displayValue(value);
      return None;
    },
    unraisablehook: (_unraisable: Value) => None,
  });
  for (const name of ["excepthook", "displayhook", "unraisablehook"]) {
    module.set(`__${name}__`, module.get(name)!);
  }
}
