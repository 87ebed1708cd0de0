/** From a kata's files to its tests. */
import { PyModule } from "../../python/objects/module.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { pymodules } from "../index.ts";
import { explainIn } from "./explain.ts";
import { toldFailure } from "./failure.ts";
import { messageOf } from "../../python/operations/traceback-text.ts";
import { isOutcome, pytestTest } from "./run.ts";
import type { CollectOptions, PythonFailure, PythonTests } from "./tests.ts";
import { callMethod, moduleName, World } from "./world.ts";

/**
 * Loads the tests and what they import, and collects them; nothing of a test runs. What goes wrong while
 * files load is returned.
 */
export function collectTests(options: CollectOptions): PythonTests | PythonFailure {
  const world = new World(options, { ...pymodules, ...options.natives });
  const sides = explainIn(world);
  try {
    const [session, items] = world.part(() => collected(world, options));
    const tests = world.part(() =>
      items.map((item, i) =>
        pytestTest({ world, session, item, next: items[i + 1] ?? None, sides }),
      ),
    );
    return {
      tests: withUniqueNames(tests),
      close: () => {
        try {
          return closed(world, session);
        } finally {
          world.close();
        }
      },
    };
  } catch (error) {
    try {
      return world.run.enter(() => skippedModule(error)) ?? toldFailure(world, error, sides());
    } finally {
      world.close();
    }
  }
}

/** A file that says itself that it is to be skipped has no tests; only on purpose may it say so. */
function skippedModule(error: unknown): PythonTests | PythonFailure | undefined {
  if (!isOutcome(error, "Skipped")) return undefined;
  if (getAttribute(error, "allow_module_level") === true) {
    return { tests: [], skipped: messageOf(error), close: () => undefined };
  }
  const message =
    "Using pytest.skip outside of a test will skip the entire module. If that's your intention, " +
    "pass `allow_module_level=True`. If you want to skip a specific test or an entire class, use " +
    "the @pytest.mark.skip or @pytest.mark.skipif decorators.";
  return { kind: "error", type: "CollectError", message, traceback: `${message}\n`, frames: [] };
}

/** The session, and its tests. */
function collected(world: World, options: CollectOptions): [session: Value, items: Value[]] {
  // The judge is there before those whom it judges, and takes none of their time.
  world.unhurried(() => {
    world.run.load("_pytest.collect");
    world.run.load("pytest");
  });
  world.reset();
  const conftest = options.sealed?.find(({ name }) => name === "conftest.py");
  const before = conftest === undefined ? None : world.run.load("conftest");
  const name = moduleName(options.tests.name);
  const tests = new PyModule(name);
  world.keep(name, tests);
  world.executeSealed(tests, options.tests);
  const found = toArray(world.ask("collect", "collect", name, tests, before));
  return [found[0]!, toArray(found[1]!)];
}

function closed(world: World, session: Value): PythonFailure | undefined {
  try {
    world.part(() => callMethod(getAttribute(session, "setup_state"), "end", None));
    return undefined;
  } catch (error) {
    return toldFailure(world, error);
  }
}

/** Two tests may end up with one name; results tell them apart by a number. */
function withUniqueNames<T extends { readonly name: string }>(tests: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return tests.map((test) => {
    const count = (seen.get(test.name) ?? 0) + 1;
    seen.set(test.name, count);
    return count === 1 ? test : { ...test, name: `${test.name} (${count})` };
  });
}
