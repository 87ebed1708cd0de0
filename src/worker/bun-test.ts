/**
 * What tests import as `bun:test`: Bun's own module with `test`, `describe`
 * and the hooks replaced, so that each test, skipped, failing or never reached,
 * is known before the first one runs.
 */
import type * as BunTest from "bun:test";
import { expandTable } from "./each.ts";
import { watchExpect } from "./expect.ts";
import { WorkerError } from "./failure.ts";
import type { KataFile } from "./kata-file.ts";
import { type Body, limitOf, type Marks, type Scope, type TestOptions } from "./suite.ts";

type Original = typeof BunTest;
type Module = Record<string, unknown>;
type Register = (marks: Marks, name: unknown, args: unknown[], rest: unknown[]) => void;

// Bound before any other code is loaded: a solution that replaces them changes nothing.
const { apply, get: read } = Reflect;
/** The modules that nobody replaces, the tests included. */
const JUDGES = /^(?:bun:test|kata|kata[:/].*)$/s;

/** Bun's own limit must never strike before ours. */
export const NO_LIMIT: number = 2 ** 31 - 1;

/** The module that takes the place of `bun:test`; `file` is the kata that is running. */
export function wrapBunTest(original: Original, file: () => KataFile): Module {
  const test = wrapTest(original, file);
  const describe = wrapDescribe(original, file);
  const expect = watchExpect(
    original.expect as unknown as Parameters<typeof watchExpect>[0],
    () => file().executor.current()?.assertions,
    () => void file().caller(),
  );
  const module: Module = {
    ...original,
    ...wrapHooks(original, file),
    test,
    it: test,
    xtest: test.skip,
    xit: test.skip,
    describe,
    xdescribe: describe.skip,
    expect,
    mock: guard(original.mock, "module", file),
    jest: guard(original.jest, "mock", file),
    vi: guard(original.vi, "mock", file),
    setDefaultTimeout: (ms: number) => {
      file().suite.defaultTimeoutMs = limitOf(ms, file().suite.defaultTimeoutMs);
    },
    onTestFinished: (body: Body) => {
      const attempt = file().executor.current();
      if (attempt === undefined) {
        throw new WorkerError("error", "onTestFinished() was called outside of a test");
      }
      attempt.finishers.push(body);
    },
  };
  return { ...module, default: module };
}

/** A solution may mock what it likes for itself, but not the modules that judge it. */
function guard<T extends object>(object: T, mocking: string, file: () => KataFile): T {
  return new Proxy(object, {
    get: (target, name) => {
      const member = read(target, name) as unknown;
      if (name !== mocking || typeof member !== "function") return member;
      file().caller();
      return (module: unknown, ...rest: unknown[]): unknown => {
        if (typeof module !== "string" || JUDGES.test(module))
          throw new WorkerError("error", `Cannot mock ${String(module)}: it is what judges`);
        return apply(member, target, [module, ...rest]) as unknown;
      };
    },
  });
}

function wrapTest(original: Original, file: () => KataFile): Chain {
  return chain({}, (marks, name, args, rest) => {
    const own = file();
    const line = own.caller();
    const { body, options } = splitRest(rest);
    const added = own.suite.add(String(name), body, args, marks, options);
    if (added === undefined) return;
    own.found(added.number, added.name, line);
    const run = (): Promise<void> => own.run(added);
    const register = added.marks.concurrent === true ? original.test.concurrent : original.test;
    register(String(added.number), run, NO_LIMIT);
  });
}

function wrapDescribe(original: Original, file: () => KataFile): Chain {
  return chain({}, (marks, name, args, rest) => {
    const own = file();
    own.caller();
    const { suite } = own;
    const { body } = splitRest(rest);
    const scope: Scope = {
      name: String(name),
      parent: suite.scope,
      marks,
      beforeEach: [],
      afterEach: [],
    };
    original.describe(String(name), () => {
      const outer = suite.scope;
      suite.scope = scope;
      const leave = (): void => {
        suite.scope = outer;
      };
      try {
        const result = body?.(...args);
        if (!(result instanceof Promise)) return leave();
        return result
          .catch((error: unknown) => own.loose("(load)", "error", error))
          .finally(leave) as unknown as void;
      } catch (error) {
        own.loose("(load)", "error", error);
        return leave();
      }
    });
  });
}

function wrapHooks(original: Original, file: () => KataFile): Module {
  const limit = (options: unknown): number => {
    const given =
      typeof options === "number" ? options : (options as TestOptions | undefined)?.timeout;
    return limitOf(given, file().suite.defaultTimeoutMs);
  };
  return {
    beforeAll: (body: Body, options?: unknown) => {
      file().caller();
      const { suite, executor } = file();
      const { scope } = suite;
      const timeoutMs = limit(options);
      original.beforeAll(async () => {
        const failed = await executor.hook("beforeAll", body, timeoutMs);
        if (failed === undefined) return;
        scope.setupFailure ??= failed.error ?? new WorkerError("setup", "beforeAll threw nothing");
      }, NO_LIMIT);
    },
    afterAll: (body: Body, options?: unknown) => {
      const own = file();
      own.caller();
      const timeoutMs = limit(options);
      const run = async (): Promise<void> => {
        const failed = await own.executor.hook("afterAll", body, timeoutMs);
        if (failed !== undefined) own.loose("(teardown)", "setup", failed.error);
      };
      if (own.suite.scope === own.suite.root) own.lastHooks.push(run);
      else original.afterAll(run, NO_LIMIT);
    },
    beforeEach: (body: Body) => {
      file().caller();
      file().suite.scope.beforeEach.push(body);
    },
    afterEach: (body: Body) => {
      file().caller();
      file().suite.scope.afterEach.push(body);
    },
  };
}

interface Chain {
  (name: unknown, ...rest: unknown[]): void;
  readonly skip: Chain;
  readonly todo: Chain;
  readonly only: Chain;
  readonly failing: Chain;
  readonly concurrent: Chain;
  readonly serial: Chain;
  if(condition: unknown): Chain;
  skipIf(condition: unknown): Chain;
  todoIf(condition: unknown): Chain;
  failingIf(condition: unknown): Chain;
  concurrentIf(condition: unknown): Chain;
  serialIf(condition: unknown): Chain;
  each(table: readonly unknown[]): (name: unknown, ...rest: unknown[]) => void;
}

/** `test` and `describe` with their modifiers, in any order and number. */
function chain(marks: Marks, register: Register): Chain {
  const marked = (more: Marks, condition: unknown = true): Chain =>
    condition ? chain({ ...marks, ...more }, register) : chain(marks, register);
  const call = (name: unknown, ...rest: unknown[]): void => register(marks, name, [], rest);
  const members: PropertyDescriptorMap = {
    if: { value: (condition: unknown) => marked({ skip: true }, !condition) },
    each: {
      value: (table: readonly unknown[]) => {
        return (name: unknown, ...rest: unknown[]): void => {
          for (const row of expandTable([...table], String(name))) {
            register(marks, row.name, row.args, rest);
          }
        };
      },
    },
  };
  const modifiers: Record<string, Marks> = {
    skip: { skip: true },
    todo: { todo: true },
    failing: { failing: true },
    concurrent: { concurrent: true },
    serial: { concurrent: false },
  };
  for (const [name, more] of Object.entries(modifiers)) {
    members[name] = { get: () => marked(more) };
    members[`${name}If`] = { value: (condition: unknown) => marked(more, condition) };
  }
  members.only = { get: () => marked({ only: true }) };
  return Object.defineProperties(call, members) as unknown as Chain;
}

/** `(name, body, options?)` and `(name, options, body)` both occur. */
function splitRest(rest: readonly unknown[]): { body: Body | undefined; options: TestOptions } {
  const body = rest.find((one): one is Body => typeof one === "function");
  const given = rest.find(
    (one) => typeof one === "number" || (typeof one === "object" && one !== null),
  );
  const options =
    typeof given === "number" ? { timeout: given } : ((given as TestOptions | undefined) ?? {});
  return { body, options };
}
