/**
 * Solutions that try to see what tests expect, or to change what tests find. Each would pass if it could:
 * the answer is a number that stands in the reference alone.
 */
import { describe, expect, test } from "bun:test";
import { collectTests } from "../../../src/pymodules/pytest/collect.ts";

const REFERENCE = `
ANSWER = 48151623
class Hidden:
    answer = 48151623
    def get(self):
        return ANSWER
def f(x, back):
    return ANSWER
`;

const TESTS = `
import math
import random
import warnings
from user_kata import f
from .reference import f as ref, Hidden

SECRET = ref(3, None)

class Case:
    value = SECRET
    def method(self):
        return SECRET

def raising():
    raise ValueError(SECRET - SECRET)

def back(how=None):
    if how == "raise":
        raising()
    return how

def steps():
    yield back

def test_f():
    expected = ref(3, None)
    assert f(3, back, steps()) == expected

def test_close():
    assert math.isclose(f(4, back, steps()), ref(4, None))

def test_sorted():
    assert sorted([f(5, back, steps()), 1]) == [1, ref(5, None)]
`;

/** What became of the tests with this solution, or of loading it. */
function verdicts(solution: string): readonly string[] {
  const collected = collectTests({
    tests: { name: "test_kata.py", text: TESTS },
    solution: { name: "user_kata.py", text: solution },
    sealed: [{ name: "reference.py", text: REFERENCE }],
    limits: { maxTimeMs: 5000 },
  });
  if (!("tests" in collected)) return [collected.type];
  const statuses = collected.tests.map((one) => one.run().status);
  collected.close();
  return statuses;
}

/** A solution that looks for the answer and gives whatever it finds. */
const seeking = (look: string): string => `
import sys
def dig(space):
    for name in ("SECRET", "ANSWER", "expected"):
        if name in space:
            return space[name]
    for value in list(space.values()):
        if callable(value) and getattr(value, "__name__", "") == "ref":
            return value(3, None)
    raise LookupError("nothing here")
def attempt(x, back, steps):
${look
  .trim()
  .split("\n")
  .map((line) => `    ${line}`)
  .join("\n")}
def f(x, back, steps):
    try:
        return attempt(x, back, steps)
    except Exception:
        return -1
`;

const LOOKS: Record<string, string> = {
  "the globals of the frame that called": "return dig(sys._getframe(2).f_globals)",
  "all frames around":
    "at = sys._getframe()\nwhile at is not None:\n    try:\n        return dig(at.f_globals)\n    except LookupError:\n        at = at.f_back",
  "the locals of the frames around":
    "at = sys._getframe()\nwhile at is not None:\n    if 'expected' in at.f_locals:\n        return at.f_locals['expected']\n    at = at.f_back",
  "inspect.stack()":
    "import inspect\nfor one in inspect.stack():\n    try:\n        return dig(one.frame.f_globals)\n    except LookupError:\n        pass",
  "inspect.getclosurevars()":
    "import inspect\nreturn dig(dict(inspect.getclosurevars(back).globals))",
  "the globals of a function that it was handed": "return dig(back.__globals__)",
  "the same by attrgetter": "import operator\nreturn dig(operator.attrgetter('__globals__')(back))",
  "the same by a format": "return int('{0.__globals__[SECRET]}'.format(back))",
  "the globals of a method of a class that exists":
    "for cls in object.__subclasses__():\n    for name, value in list(vars(cls).items()):\n        try:\n            return dig(value.__globals__)\n        except (LookupError, AttributeError):\n            pass",
  "the values of classes that exist":
    "for cls in object.__subclasses__():\n    if cls.__name__ in ('Hidden', 'Case'):\n        return vars(cls).get('answer', vars(cls).get('value'))",
  "the frame of a generator that it was handed": "return dig(steps.gi_frame.f_globals)",
  "the traceback of an exception":
    "try:\n    back('raise')\nexcept ValueError as error:\n    at = error.__traceback__\n    while at is not None:\n        try:\n            return dig(at.tb_frame.f_globals)\n        except LookupError:\n            at = at.tb_next",
  "import reference": "import reference\nreturn reference.ANSWER",
  "from _kata.reference import": "from _kata.reference import ANSWER\nreturn ANSWER",
  "importlib.import_module()":
    "import importlib\nreturn importlib.import_module('reference').ANSWER",
  "__import__()": "return __import__('reference').ANSWER",
  "spec_from_file_location()":
    "from importlib.util import spec_from_file_location as s, module_from_spec as m\nspec = s('reference', '/kata/reference.py')\nmodule = m(spec)\nspec.loader.exec_module(module)\nreturn module.ANSWER",
  "_live, which the loader asks":
    "import _live, types\nmodule = types.ModuleType('x')\n_live.execute('/kata/reference.py', module)\nreturn module.ANSWER",
  "sys.modules":
    "for module in list(sys.modules.values()):\n    try:\n        return dig(vars(module))\n    except LookupError:\n        pass",
  "import test_kata": "import test_kata\nreturn test_kata.SECRET",
  __main__: "import __main__\nreturn dig(vars(__main__))",
  "open()":
    "import re\nreturn int(re.search(r'ANSWER = (\\\\d+)', open('/kata/reference.py').read()).group(1))",
  "inspect.getsource()": "import inspect\nreturn int(inspect.getsource(back)[-8:])",
  "a program compiled as if it were the tests'":
    "space = {}\nexec(compile('import sys\\ndef g(back): return back.__globals__', '/kata/test_kata.py', 'exec'), space)\nreturn dig(space['g'](back))",
  "a program compiled as if it were the library's":
    "space = {}\nexec(compile('def g(back): return back.__globals__', '<library>/warnings.py', 'exec'), space)\nreturn dig(space['g'](back))",
  "pytest's own modules": "import _pytest.collect as c\nreturn dig(c.__dict__)",
  "types.FunctionType on the code of a function":
    "import types\nreturn dig(types.FunctionType(back.__code__, {}).__globals__)",
};

describe("a solution does not find what tests expect", () => {
  for (const [how, look] of Object.entries(LOOKS)) {
    test(`by ${how}`, () => {
      expect(verdicts(seeking(look))).toEqual(["failed", "failed", "failed"]);
    });
  }
});

/** A solution that does something when it is imported, and then answers wrongly. */
const changing = (change: string, answer = "1"): string =>
  `import sys, builtins\ndef f(x, back, steps):\n    return ${answer}\n${change}\n`;

/** What makes a wrong answer pass, where it is let. */
const EQUAL = "lambda *a, **k: True";
const CHANGES: Record<string, string> = {
  "math.isclose =": `import math\nmath.isclose = ${EQUAL}`,
  "setattr(math, …)": `import math\nsetattr(math, "isclose", ${EQUAL})`,
  "math.__dict__[…] =": `import math\nmath.__dict__["isclose"] = ${EQUAL}`,
  "vars(math).update()": `import math\nvars(math).update(isclose=${EQUAL})`,
  "object.__setattr__()": `import math\nobject.__setattr__(math, "isclose", ${EQUAL})`,
  "mock.patch()": `from unittest import mock\nmock.patch("math.isclose", ${EQUAL}).start()`,
  "builtins.sorted =": "builtins.sorted = lambda x: [1, 48151623]",
  __builtins__: `b = __builtins__\n(b if isinstance(b, dict) else vars(b))["sorted"] = lambda x: [1, 48151623]`,
  "del math.isclose": "import math\ndel math.isclose",
  "sys.modules[…] =": `import types\nm = types.ModuleType("math")\nm.isclose = ${EQUAL}\nsys.modules["math"] = m`,
  "sys.modules.update()": `import types\nm = types.ModuleType("random")\nsys.modules.update(random=m)`,
  "a file of that name": `open("/tmp/math.py", "w").write("isclose = ${EQUAL}")\nsys.path.insert(0, "/tmp")`,
  "reference.py of its own": `open("/tmp/reference.py", "w").write("def f(x, back): return 1")\nsys.path.insert(0, "/tmp")\nsys.modules.pop("reference", None)`,
  "a module of that name in sys.modules": `import types\nm = types.ModuleType("reference")\nm.f = lambda x, back: 1\nm.Hidden = 1\nsys.modules["reference"] = sys.modules["_kata.reference"] = m`,
  "pytest.skip()": "import pytest\npytest.skip('no', allow_module_level=True)",
  "sys.exit(0)": "sys.exit(0)",
  "os._exit(0)": "import os\nos._exit(0)",
  KeyboardInterrupt: "raise KeyboardInterrupt",
  "the default arguments of a library's function":
    "import warnings\nwarnings.warn.__defaults__ = (1,)",
  "a class of the library": "import unittest\nunittest.TestCase.assertEqual = lambda *a: None",
};

describe("a solution does not change what tests find", () => {
  for (const [how, change] of Object.entries(CHANGES)) {
    test(`by ${how}`, () => {
      for (const status of verdicts(changing(change))) {
        expect(["passed", "skipped"]).not.toContain(status);
      }
    });
  }
});

const ENDS: Record<string, string> = {
  "pytest.skip()": "__import__('pytest').skip('no')",
  SkipTest: "(_ for _ in ()).throw(__import__('unittest').SkipTest('no'))",
  "skipTest()": "__import__('unittest').TestCase().skipTest('no')",
  SystemExit: "sys.exit(0)",
  "os._exit()": "__import__('os')._exit(0)",
  GeneratorExit: "(_ for _ in ()).throw(GeneratorExit())",
};

describe("a solution does not end a test in its own favour", () => {
  for (const [how, answer] of Object.entries(ENDS)) {
    test(`by ${how}`, () => {
      expect(verdicts(changing("", answer))).toEqual(["failed", "failed", "failed"]);
    });
  }

  test("by being a function that skips", () => {
    const given = "import unittest\nf = lambda *a: None\nf = unittest.TestCase().skipTest\n";
    expect(verdicts(given)).toEqual(["failed", "failed", "failed"]);
  });
});

test("a right solution passes", () => {
  expect(verdicts(changing("", "48151623"))).toEqual(["passed", "passed", "passed"]);
});
