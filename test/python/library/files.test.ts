/** Streams and files: programs whose output is recorded from CPython 3.11, here on files in memory. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/python/index.ts";

const read = (name: string): string => readFileSync(join(import.meta.dir, "files", name), "utf8");

for (const name of ["streams", "paths"]) {
  test(`run() does with files what CPython does: ${name}`, () => {
    const result = run(read(`${name}.py`), {
      filename: "/program.py",
      files: [{ at: "/", memory: {} }],
      stdin: "one\ntwo\nthree",
      env: { HOME: "/home" },
    });
    expect(result.ok ? undefined : result.error.text).toBeUndefined();
    expect(result.output).toBe(read(`${name}.out`));
  });
}

const PACKAGE = {
  "/app/__init__.py": "print('app', __name__, __package__, __file__, __path__)\n",
  "/app/one.py": "from . import two\nfrom .two import value as v\nname = 'one'\n",
  "/app/two.py": "import app\nvalue = 2\nprint('two', hasattr(app, 'one'))\n",
  "/app/sub/__init__.py": "from ..two import value\nfrom .. import two as again\n",
  "/app/bad.py": "1 +\n",
  "/app/raises.py": "1 // 0\n",
  "/app/lacks.py": "import missing_module\n",
  "/circle_a.py": "import circle_b\nx = 1\n",
  "/circle_b.py": "from circle_a import x\n",
  "/math.py": "pi = 'mine'\n",
  "/bom.py": "\ufeffx = 'é'\n",
};

/** What a program prints that imports from these files. */
function imported(source: string): string {
  const result = run(source, { filename: "/main.py", files: [{ at: "/", memory: PACKAGE }] });
  return result.ok
    ? result.output
    : `${result.output}${result.error.text.trim().split("\n").at(-1)}`;
}

test("import finds the program's own modules and packages", () => {
  expect(imported("import app.one as one\nprint(one.v, one.two.value, one.name)")).toBe(
    "app app app /app/__init__.py ['/app']\ntwo False\n2 2 one\n",
  );
  expect(imported("import app.sub\nprint(app.sub.value, app.sub.again.__name__)")).toBe(
    "app app app /app/__init__.py ['/app']\ntwo False\n2 app.two\n",
  );
  expect(imported("import math, bom\nprint(math.pi, bom.x, __name__, __file__)")).toBe(
    "mine é __main__ /main.py\n",
  );
  expect(
    imported("import sys\nsys.path.append('/app')\nimport two\nprint(two.__name__)"),
  ).toContain("two\n");
});

test("import says what is wrong as CPython does", () => {
  const last = (source: string): string => imported(source).trim().split("\n").at(-1)!;
  expect(last("import nothing")).toBe("ModuleNotFoundError: No module named 'nothing'");
  expect(last("import app.nothing")).toBe("ModuleNotFoundError: No module named 'app.nothing'");
  expect(last("import app.one.x")).toBe(
    "ModuleNotFoundError: No module named 'app.one.x'; 'app.one' is not a package",
  );
  expect(last("from app import nothing")).toBe(
    "ImportError: cannot import name 'nothing' from 'app' (/app/__init__.py)",
  );
  expect(last("from app import lacks")).toBe(
    "ModuleNotFoundError: No module named 'missing_module'",
  );
  expect(last("import circle_a")).toBe(
    "ImportError: cannot import name 'x' from partially initialized module 'circle_a' (most likely due to a circular import) (/circle_a.py)",
  );
  expect(last("import app.bad")).toBe("SyntaxError: invalid syntax");
  expect(last("from . import x")).toBe(
    "ImportError: attempted relative import with no known parent package",
  );
  expect(
    last(
      "try:\n  import app.raises\nexcept ZeroDivisionError:\n  pass\nimport sys\nprint('app.raises' in sys.modules)",
    ),
  ).toBe("False");
});

test("import reaches nothing outside of what was granted", () => {
  for (const name of ["../app", "/app", "app/one", "..", "a\\0b"]) {
    expect(
      imported(
        `try:\n  __import__('${name}')\n  print('found')\nexcept (ImportError, ValueError):\n  pass`,
      ),
    ).toBe("");
  }
});
