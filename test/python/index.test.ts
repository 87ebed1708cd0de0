/** `kata/python` as a host uses it. */
import { describe, expect, test } from "bun:test";
import {
  CallbackError,
  check,
  compile,
  failWith,
  HostFailure,
  type InjectedModule,
  NOT_NOW,
  openSession,
  type ProgramFunction,
  PythonSyntaxError,
  resume,
  run,
  runAsync,
  RunFailed,
  runOrThrow,
  type RunResult,
  snapshot,
  withSignature,
} from "../../src/python/index.ts";

/** What a program prints that is given modules. */
function printed(source: string, modules: Record<string, InjectedModule> = {}): string {
  const result = run(source, { modules });
  return result.ok ? result.output : result.output + result.error.text;
}

function failure(result: RunResult): Extract<RunResult, { ok: false }>["error"] {
  if (result.ok) throw new Error("the run came to its end");
  return result.error;
}

describe("run()", () => {
  test("hands on at once what is printed with flush", () => {
    const pieces: string[] = [];
    run("print('a', flush=True)\nprint('b')\nprint('c', flush=True)\nprint('d')", {
      stdout: (text) => void pieces.push(text),
    });
    expect(pieces).toEqual(["a\n", "b\nc\n", "d\n"]);
  });

  test("gives the value of the last expression as plain data", () => {
    const values = [
      "None",
      "[1, (2, 'x')]",
      "{'a': 1.5, '__proto__': 2}",
      "1152921504606846976",
      "b'ab'",
    ];
    expect(values.map((source) => runOrThrow(source).value)).toEqual([
      null,
      [1, [2, "x"]],
      Object.fromEntries([
        ["a", 1.5],
        ["__proto__", 2],
      ]),
      2n ** 60n,
      new Uint8Array([97, 98]),
    ]);
    expect(runOrThrow("x = 1").value).toBeNull();
    expect(runOrThrow("print").value).toBeUndefined();
    expect(runOrThrow("a = []\na.append(a)\na").value).toBeUndefined();
  });

  test("gives errors as data, with the lines that led there", () => {
    const source = "def f(x):\n  return 1 // x\nprint('so far')\nf(0)\n";
    const result = run(source, { filename: "a.py" });
    expect(result.output).toBe("so far\n");
    expect(failure(result)).toMatchObject({
      kind: "python",
      exceptionType: "ZeroDivisionError",
      line: 2,
      traceback: [
        { file: "a.py", line: 4, function: "<module>", source: "f(0)" },
        { file: "a.py", line: 2, function: "f", source: "return 1 // x" },
      ],
    });
    expect(failure(run("x = = 1"))).toMatchObject({ kind: "syntax", line: 1, column: 5 });
    expect(failure(run("import nothing"))).toMatchObject({ kind: "import", line: 1 });
  });

  test("runs inside of a host's function of another run, and neither sees the other", () => {
    const inner = (): string => run("x = 2\nprint(x)", { maxSteps: 100 }).output;
    const source = "import host\nx = 1\nfor i in [1, 2]:\n  host.inner()\nprint(x)";
    expect(printed(source, { host: { inner } })).toBe("1\n");
    const source2 = "import host\nhost.inner()\nwhile True: pass";
    const outer = run(source2, { modules: { host: { inner } }, maxSteps: 1000 });
    expect(failure(outer).message).toBe("more than 1000 steps");
  });
});

describe("compile() and check()", () => {
  test("say what is wrong with a source, and run nothing", () => {
    expect(() => compile("f(", { filename: "a.py" })).toThrow(PythonSyntaxError);
    expect(check("f(")).toMatchObject({ kind: "syntax", exceptionType: "SyntaxError", line: 1 });
    expect(check("print(1)")).toBeUndefined();
    const program = compile("n = 1\nn");
    expect([runOrThrow(program).value, runOrThrow(program).value]).toEqual([1, 1]);
  });
});

describe("runOrThrow()", () => {
  test("throws the result of a run that failed", () => {
    expect(() => runOrThrow("1 // 0")).toThrow(RunFailed);
  });
});

describe("openSession()", () => {
  test("keeps names from one program to the next", () => {
    const session = openSession();
    session.run("x = 20");
    expect(session.run("x += 1\nx")).toMatchObject({ ok: true, value: 21 });
    expect(session.run("y")).toMatchObject({ ok: false });
    expect(session.run("x")).toMatchObject({ ok: true, value: 21 });
    session.close();
  });
});

describe("injected modules", () => {
  test("give functions and values, with arguments and keywords", () => {
    const host: InjectedModule = {
      PI: 3.5,
      any: (...args: unknown[]) => JSON.stringify(args),
      named: withSignature("a, /, b=2, *rest, key=None", (a, b, rest, key) =>
        JSON.stringify([a, b ?? "absent", rest, key ?? "absent"]),
      ),
    };
    const source = [
      "import host",
      "print(host.PI, host.any(1, [2.5], x='y'))",
      "print(host.named(1), host.named(1, 3, 4, key=5))",
      "import acme.tools as tools",
      "print(tools.twice(4))",
    ];
    const acme = { twice: (n: number) => 2 * n };
    expect(printed(source.join("\n"), { host, "acme.tools": acme })).toBe(
      `3.5 [1,[2.5],{"x":"y"}]\n[1,"absent",[],"absent"] [1,3,[4],5]\n8\n`,
    );
    expect(printed("import host\nhost.named(c=1)", { host })).toContain("TypeError");
    expect(printed("import host\nhost.any(object())", { host })).toContain(
      "TypeError: host.any() got a object, which cannot be handed to the host",
    );
  });

  test("take functions of the program, as long as they have not returned", () => {
    let kept: ProgramFunction | undefined;
    const host: InjectedModule = {
      each: (list: number[], call: ProgramFunction) => list.map((one) => call(one)),
      keep: (call: ProgramFunction) => void (kept = call),
      fake: (record: { $: string }) => record.$,
    };
    const source =
      "import host\nn = 1\nprint(host.each([1, 2], lambda x: x + n))\nhost.keep(print)\n";
    expect(printed(source, { host })).toBe("[2, 3]\n");
    expect(() => kept?.()).toThrow("host.keep has returned");
    expect(printed("import host\nprint(host.fake({'$': 'callback', 'v': 0}))", { host })).toBe(
      "callback\n",
    );
  });

  test("map errors both ways", () => {
    let seen: unknown;
    const host: InjectedModule = {
      fails: () => failWith("KeyError", "no such"),
      breaks: () => {
        throw new Error("out of paper");
      },
      missing: () => {
        throw new HostFailure({
          kind: "OSError",
          message: "No such file",
          errno: "ENOENT",
          path: "/x",
        });
      },
      through: (call: ProgramFunction) => {
        try {
          return call();
        } catch (error) {
          seen = error;
          throw error;
        }
      },
    };
    const attempt = (call: string, name: string): string =>
      `try:\n  host.${call}\nexcept ${name} as e:\n  print(type(e) is ${name}, *e.args)`;
    const source = [
      "import host",
      "class Own(Exception): pass",
      "def f():\n  raise Own(1, 2)",
      attempt("fails()", "KeyError"),
      attempt("breaks()", "RuntimeError"),
      attempt("missing()", "FileNotFoundError"),
      attempt("through(f)", "Own"),
    ];
    expect(printed(source.join("\n"), { host })).toBe(
      "True no such\nTrue out of paper\nTrue 2 No such file\nTrue 1 2\n",
    );
    expect(seen).toBeInstanceOf(CallbackError);
    expect((seen as CallbackError).kind).toBe("Own");
  });
});

describe("runAsync()", () => {
  test("waits for the host without the program noticing, and does nothing twice", async () => {
    const asked: number[] = [];
    const host: InjectedModule = {
      slow: async (n: number) => {
        asked.push(n);
        await Promise.resolve();
        return n * 10;
      },
      never: () => Promise.reject(new Error("gone")),
    };
    const source = [
      "import host",
      "total = 0",
      "for i in [1, 2, 3]:",
      "  total += host.slow(i)",
      "  print(total)",
      "try:",
      "  host.never()",
      "except RuntimeError as error:",
      "  print(error)",
    ];
    const written: string[] = [];
    const options = { modules: { host }, stdout: (text: string) => void written.push(text) };
    const result = await runAsync(source.join("\n"), options);
    expect(result).toMatchObject({ ok: true, output: "10\n30\n60\ngone\n" });
    expect(asked).toEqual([1, 2, 3]);
    expect(written.join("")).toBe(result.output);
  });
});

describe("snapshot() and resume()", () => {
  const source = "import host\nprint('before')\nprint(host.ask('name'))\nhost.done()\n6 * 7";

  test("go on behind an effect that was answered later, elsewhere", () => {
    const first = run(source, { modules: { host: { ask: () => NOT_NOW, done: () => {} } } });
    expect(first).toMatchObject({ ok: false, error: { kind: "suspended", line: 3 } });
    const stored = snapshot(source, { maxSteps: 1e6 }, first);
    let done = 0;
    const modules = { host: { done: () => void done++ } };
    const second = resume(stored, { modules }, { ok: "Ada" });
    expect(second).toMatchObject({ ok: true, output: "before\nAda\n", value: 42 });
    const failed = resume(stored, { modules }, { failure: { kind: "ValueError", message: "no" } });
    expect(failure(failed)).toMatchObject({ exceptionType: "ValueError", message: "no", line: 3 });
    expect(done).toBe(1);
    expect(resume(snapshot(source, {}, second), { modules }).output).toBe("before\nAda\n");
    expect(done).toBe(1);
  });

  test("refuse what is none", () => {
    expect(() => resume("{")).toThrow("Cannot read the snapshot: it is not JSON");
    expect(() => resume("null")).toThrow("it is none of a Python run");
    const stored = snapshot("1", {}, run("1"));
    expect(() => resume(stored.replace('"v":1', '"v":2'))).toThrow("it has version 2");
  });
});
