/** What a program can reach: its own values, and nothing of the host's. */
import { describe, expect, test } from "bun:test";
import { run, type RunResult } from "../../src/python/index.ts";
import { PyModule } from "../../src/python/objects/module.ts";
import { bag, PyObject, type Value } from "../../src/python/objects/object.ts";
import { state } from "../../src/python/objects/state.ts";
import { WideStr } from "../../src/python/text/wide.ts";

/** Names that mean something to JavaScript, to this implementation, or to those who want out of Python. */
const NAMES = [
  "constructor __proto__ prototype toString valueOf hasOwnProperty isPrototypeOf toLocaleString",
  "__defineGetter__ __lookupGetter__ caller callee arguments apply call bind then toJSON length name",
  "native body source items map data points func self code js proto dict mro type hidden exotic plain",
  "binds c0 c1 m0 m1 way run host log account perform performWith effects globals builtins trace stack",
  "a_x c_x x_x l_x G R B M globalThis process Bun require module exports Function eval window Symbol",
  "gi_frame gi_code cr_frame ag_frame f_back f_globals f_builtins f_locals f_code tb_frame tb_next",
  "__code__ __globals__ __builtins__ __closure__ __subclasses__ __bases__ __base__ __mro__ __dict__",
  "__class__ __self__ __func__ __wrapped__ __loader__ __spec__ __traceback__ __context__ __reduce__",
  "__reduce_ex__ __getstate__ __init__ __new__ __call__ __get__ __module__ __weakref__ __import__",
]
  .join(" ")
  .split(" ");

/** Values of every kind that programs have. */
const VALUES = `
import sys, os, io, re, json, math, itertools, functools, collections, enum, dataclasses, types, operator, host
def plain(a, b=1, *c, d=2, **e):
    """doc"""
    return a
def generator():
    yield 1
async def coroutine():
    pass
async def asynchronous():
    yield 1
class Slots:
    __slots__ = ("s",)
class Own(dict):
    x = 1
    @property
    def p(self): return 1
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
    def m(self): pass
class Color(enum.Enum):
    RED = 1
@dataclasses.dataclass
class Data:
    x: int = 1
def failing():
    try:
        1 // 0
    except ZeroDivisionError as error:
        return error
running = coroutine()
VALUES = [None, True, 0, 2**70, 1.5, 1j, "a", "\\U0001f600", "\\ud800", b"a", bytearray(b"a"), memoryview(b"a"),
    [1], (1,), {1: 2}, {1}, frozenset([1]), range(3), slice(1), ..., NotImplemented, object(), object, type, int,
    plain, lambda: 1, generator, generator(), running, asynchronous(), Slots(), Slots.s, Own(), Own.m, Own().m,
    Own.__dict__["p"], Own.__dict__["c"], Own.__dict__["s"], Own.p, Color.RED, Color, Data(), Data, failing(),
    failing().__traceback__, failing().__traceback__.tb_frame, plain.__code__, plain.__globals__, print, len,
    [].append, list.append, int.__add__, (1).__add__, str.maketrans, dict.fromkeys, type.__call__, iter([1]),
    iter("a"), iter({1: 2}), {1: 2}.items(), {1: 2}.keys(), reversed([1]), enumerate([1]), zip([1]), map(len, []),
    filter(None, []), super(Own, Own()), property(), classmethod(len), staticmethod(len), Own.__dict__, vars(),
    sys, os, io, re, json, math, host, host.f, host.value, sys.stdin, sys.stdout, sys.stdout.buffer, sys.modules,
    sys.flags, sys.version_info, os.environ, io.StringIO("a"), io.BytesIO(b"a"), re.compile("a"), re.match("a", "a"),
    itertools.count(), itertools.chain([1]), functools.partial(plain, 1), collections.deque([1]),
    collections.OrderedDict(), collections.Counter("a"), collections.defaultdict(int),
    collections.namedtuple("P", "x y")(1, 2), operator.itemgetter(1), types.SimpleNamespace(a=1), list[int],
    int | str, Exception("a"), StopIteration(1), __builtins__, globals(), locals()]
running.close()
`;

const REACH = `
look = host.look
seen = []
for value in VALUES:
    names = NAMES + [name for name in dir(value) if isinstance(name, str)]
    for name in names:
        for get in (getattr, lambda v, n: ("{0." + n + "}").format(v) if n.isidentifier() else None):
            try:
                got = get(value, name)
            except (AttributeError, TypeError, ValueError, KeyError, IndexError, NotImplementedError, OSError, RecursionError):
                continue
            seen.append(got)
            look(name)
            break
    for name in NAMES:
        try:
            setattr(value, name, 1)
            delattr(value, name)
        except (AttributeError, TypeError, ValueError, KeyError, OSError):
            pass
print(len(seen) > 2000)
`;

/** Whether something may be a value of a program at all. */
function isValue(value: unknown): value is Value {
  if (value instanceof PyObject || value instanceof WideStr) return true;
  return ["number", "bigint", "boolean", "string"].includes(typeof value);
}

/** The value that a program put into a global variable. */
function globalValues(name: string): unknown[] {
  const main = state.run?.modules.get("__main__");
  const list = main instanceof PyModule ? main.get(name) : undefined;
  return (list as unknown as { items: unknown[] }).items;
}

function failed(result: RunResult): string {
  return result.ok ? "" : result.error.text;
}

describe("attributes", () => {
  test("of every kind of value, by every name, are values of the program", () => {
    const wrong: string[] = [];
    let looked = 0;
    const look = (name: string): void => {
      const seen = globalValues("seen");
      const got = seen.at(-1);
      looked++;
      if (!isValue(got)) wrong.push(`${name}: ${typeof got}`);
    };
    const source = `${VALUES}\nNAMES = ${JSON.stringify(NAMES)}\n${REACH}`;
    const result = run(source, {
      modules: { host: { look, f: () => null, value: { a: [1] } } },
      maxTimeMs: 60_000,
    });
    expect(failed(result)).toBe("");
    expect(result.output).toBe("True\n");
    expect(looked).toBeGreaterThan(2000);
    expect(wrong).toEqual([]);
  });
});

describe("what runs put in place is taken away", () => {
  test("after runs that end in every way", () => {
    const before = { ...state };
    const { prototype } = Object;
    const names = Object.getOwnPropertyNames(prototype).length;
    const limit = Error.stackTraceLimit;
    for (const source of [
      "1 // 0",
      "while True: pass",
      "def f(): f()\nf()",
      "x = [0] * 10**10",
      "import sys\nsys.exit(3)",
      "class A:\n  def __del__(self): pass\nA.__proto__ = 1\nobject.__class__",
    ]) {
      run(source, { maxTimeMs: 50 });
      expect({ ...state }).toEqual(before);
      expect(Error.stackTraceLimit).toBe(limit);
    }
    expect(Object.getOwnPropertyNames(prototype)).toHaveLength(names);
  });

  test("no run sees what another left", () => {
    run(
      "import builtins, sys, math\nbuiltins.leak = 1\nmath.leak = 1\nsys.leak = 1\nsys.setrecursionlimit(50)",
    );
    const source = [
      "import builtins, sys, math",
      "print([hasattr(m, 'leak') for m in (builtins, sys, math)], sys.getrecursionlimit())",
    ];
    expect(run(source.join("\n")).output).toBe("[False, False, False] 1000\n");
    for (const change of ["int.leak = 1", "list.append = 1", "Exception.x = 1", "type.x = 1"]) {
      expect(failed(run(change))).toContain("TypeError: cannot set");
    }
  });

  test("attributes that programs name live behind a prefix", () => {
    let object: unknown;
    const modules = { host: { take: () => void (object = globalValues("kept")[0]) } };
    const source =
      "import host\nclass A: pass\na = A()\nfor n in ['constructor', '__proto__', 'type', 'toString']:\n  setattr(a, n, 1)\nkept = [a]\nhost.take()\n";
    expect(failed(run(source, { modules }))).toBe("");
    const own = Object.getOwnPropertyNames(object);
    expect(own.filter((name) => !/^[acx]_/.test(name))).toEqual([]);
    expect(bag(object as PyObject)["a_constructor"]).toBe(1);
  });
});
