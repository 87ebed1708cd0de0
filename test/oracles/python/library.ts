/** CPython's tests of its library: which of them a sandbox answers to, and how they are laid out to run. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Row by row: what programs use most, the rest of the library, the built-in types. */
const MODULES = [
  "collections ordered_dict defaultdict deque userdict userlist userstring csv datetimetester html htmlparser",
  "itertools math cmath random re time strptime uuid functools operator string textwrap typing dataclasses enum",
  "abc contextlib contextlib_async copy copyreg heapq bisect statistics fractions decimal numeric_tower io memoryio",
  "fileio posixpath genericpath pathlib hashlib base64 binascii struct calendar pprint types inspect sys",
  "float complex bytes unicode format set tuple slice range enumerate iter sort builtin string_literals",
  "unpack unpack_ex with augassign listcomps setcomps dictcomps named_expressions keywordonlyarg property super",
  "weakref weakset array queue shlex glob fnmatch tempfile logging argparse pickle zlib colorsys graphlib",
  "secrets hmac timeit difflib reprlib linecache traceback ast unparse codecs unicodedata keyword genericalias",
  "configparser bool dictviews memoryview sched shutil stat tokenize locale getopt ipaddress contains compare",
  "warnings.__init__ context coroutines asyncgen isinstance funcattrs exception_group doctest urlparse",
]
  .join(" ")
  .split(" ")
  .map((name) => (name === "datetimetester" ? name : `test_${name}`));

const JSON_PARTS =
  "decode default dump encode_basestring_ascii enum fail float indent pass1 pass2 pass3 recursion scanstring separators unicode";
/** Without those that drive CPython's loop by its insides: base_events, futures, tasks and their like. */
const ASYNCIO_PARTS = "context locks queues runners taskgroups timeouts waitfor";
const UNITTEST_PARTS =
  "assertions async_case case discovery functiontestcase loader program result runner setups skipping suite";
const MOCK_PARTS =
  "testasync testcallable testhelpers testmagicmethods testmock testpatch testsealable testsentinel testwith";

const inside = (prefix: string, parts: string): string[] =>
  parts.split(" ").map((part) => `${prefix}${part}`);

/** Names of the module of each case, below `test` or `unittest.test`. */
const CASES = [
  ...MODULES,
  ...inside("test_json.test_", JSON_PARTS),
  ...inside("test_asyncio.test_", ASYNCIO_PARTS),
  ...inside("unittest_test.test_", UNITTEST_PARTS),
  ...inside("unittest_test.testmock.", MOCK_PARTS),
];
const PACKAGES =
  "test_json test_asyncio test_import test_importlib test_warnings typinganndata decimaltestdata".split(
    " ",
  );
/** Where a file asks for a second implementation, or for how CPython was built, it is given the one that there is. */
const OWN_PARTS: Record<string, readonly [string, string]> = {
  test_abc: ["import _py_abc", "import abc as _py_abc"],
  test_time: ["sysconfig.get_config_var('SIZEOF_INT') or 4", "4"],
  test_pathlib: ["pathlib._posix_flavour\n", "getattr(pathlib, '_posix_flavour', None)\n"],
  test_hashlib: ['sysconfig.get_config_var("PY_BUILTIN_HASHLIB_HASHES")', "None"],
};
const INSTALLED = "/usr/lib/python3.11/test";

/** Lays out the `test` package in `dir`, with our stand-in for its support; a file for each case that is there. */
export function layOut(sources: string, support: string, dir: string): string[] {
  const from = join(sources, "cpython/usr/lib/python3.11");
  const test = join(dir, "test");
  mkdirSync(test, { recursive: true });
  for (const folder of [INSTALLED, join(from, "test")])
    for (const name of readdirSync(folder))
      if (/\.(py|txt|pck|pem)$/.test(name)) cpSync(join(folder, name), join(test, name));
  for (const name of PACKAGES)
    cpSync(join(from, "test", name), join(test, name), { recursive: true });
  copyRenamed(join(from, "unittest/test"), join(test, "unittest_test"));
  cpSync(support, join(test, "support"), { recursive: true });
  for (const [name, part] of [
    ["test_import", "__init__"],
    ["test_importlib", "util"],
  ] as const) {
    mkdirSync(join(test, name), { recursive: true });
    writeFileSync(join(test, name, `${part}.py`), "from test.support.fresh import *\n");
  }
  for (const [name, [from, to]] of Object.entries(OWN_PARTS)) {
    const path = join(test, `${name}.py`);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`Cannot find "${from}" in ${path}`);
    writeFileSync(path, text.replace(from, to));
  }
  return CASES.flatMap((name) => {
    const path = join(test, `${name.replaceAll(".", "/")}.py`);
    if (!existsSync(path)) return [];
    const parts = name.replace(".__init__", "").split(".");
    const file = join(dir, `test_${parts.map((part) => part.replace(/^test_?/, "")).join("_")}.py`);
    writeFileSync(file, wrapper(`test.${parts.join(".")}`));
    return [file];
  });
}

/** unittest's own tests lie in its package: here they are a part of `test`, and call themselves so. */
function copyRenamed(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const name of readdirSync(to, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".py")) continue;
    const text = readFileSync(join(to, name), "utf8");
    writeFileSync(join(to, name), text.replaceAll("unittest.test", "test.unittest_test"));
  }
}

const wrapper = (module: string): string =>
  `import importlib

module = importlib.import_module("${module}")
globals().update({name: value for name, value in vars(module).items() if name[:2] != "__"})
load_tests = getattr(module, "load_tests", None)
`;
