import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { join } from "node:path";
import { checkGraph, next, order, unlocked } from "../../src/catalog/graph.ts";
import type { Kata } from "../../src/catalog/kata.ts";
import { folder, kata, manifest, removeFolders } from "./kata-builder.ts";

afterAll(removeFolders);

/** `"a: b c"` is a kata `a` that depends on `b` and `c`. */
function graph(...lines: string[]): Kata[] {
  return lines.map((line) => {
    const [id = "", ...dependencies] = line.split(/:? +/);
    return kata(id, { dependencies });
  });
}

function ids(katas: readonly Kata[]): string {
  return katas.map(({ id }) => id).join(" ");
}

describe("checkGraph", () => {
  test("checkGraph() names the path when dependencies go in a circle", () => {
    const said = (katas: Kata[]): string[] => checkGraph(katas).map(({ message }) => message);
    expect(said(graph("a: a"))).toEqual(["Dependencies in a circle: a → a"]);
    expect(said(graph("x: a", "a: b", "b: c", "c: a"))).toEqual([
      "Dependencies in a circle: a → b → c → a",
    ]);
    expect(said(graph("a: b", "b: a", "c: d", "d: c"))).toHaveLength(2);
    expect(said(graph("a: b c", "b: d", "c: d", "d"))).toEqual([]);
  });

  test("checkGraph() names an unknown id, the nearest, and the place in the manifest", () => {
    const dependencies = "dependencies = [\n  'b', # b\n  \"b\", 'reul', \"zzzzzz\"]\n";
    const root = folder({ "a/manifest.toml": manifest("basics", 1, dependencies) });
    const a = kata("a", { dir: join(root, "a"), dependencies: ["b", "reul", "zzzzzz"] });
    expect(checkGraph([a, kata("b"), kata("relu")])).toMatchObject([
      {
        message: "Unknown dependency: a → reul",
        hint: 'did you mean "relu"?',
        file: join(root, "a", "manifest.toml"),
        line: 8,
        column: 8,
      },
      { message: "Unknown dependency: a → zzzzzz", line: 8, column: 16 },
    ]);
    const stale = { ...a, dependencies: ["c"] };
    expect(checkGraph([stale])).toMatchObject([{ line: 6, column: 1 }]);
    expect(checkGraph(graph("a: c"))).toMatchObject([{ line: 0, column: 0 }]);
  });
});

describe("order", () => {
  test("order() puts dependencies first and otherwise leaves the order alone", () => {
    expect(ids(order(graph("a", "b: d", "c", "d")))).toBe("a d b c");
    expect(ids(order(graph("b: a zzz", "a: b", "c")))).toBe("a b c");
    expect(ids(order([]))).toBe("");
  });

  test("order() holds when a chain is 50,000 long", () => {
    const chain = graph(...Array.from({ length: 50_000 }, (_, i) => `k${i}: k${i + 1}`));
    expect(order(chain).at(-1)?.id).toBe("k0");
  });

  test("order() is a permutation, and topological when there is no cycle", () => {
    const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25 });
    fc.assert(
      fc.property(edges, fc.boolean(), (pairs, acyclic) => {
        const katas = Array.from({ length: 10 }, (_, i) => kata(`k${i}`));
        for (const [a, b] of pairs) {
          if (!acyclic || a > b) katas[a]?.dependencies.push(`k${b}`);
        }
        const ordered = order(katas);
        expect(new Set(ordered)).toEqual(new Set(katas));
        if (checkGraph(katas).length > 0) return;
        const place = new Map(ordered.map(({ id }, i) => [id, i]));
        for (const each of katas) {
          for (const id of each.dependencies) {
            expect(place.get(id)).toBeLessThan(place.get(each.id) ?? -1);
          }
        }
      }),
    );
  });
});

describe("unlocked and next", () => {
  const katas = graph("c: b", "a", "b: a elsewhere", "d");

  test("unlocked() opens what all dependencies are done of", () => {
    expect(ids(unlocked(katas, new Set()))).toBe("a d");
    expect(ids(unlocked(katas, new Set(["a"])))).toBe("a b d");
    expect(ids(unlocked(katas, new Set(["a", "b"])))).toBe("c a b d");
  });

  test("next() is the first in order that is open and not done", () => {
    expect(next(katas, new Set())?.id).toBe("a");
    expect(next(katas, new Set(["a"]))?.id).toBe("b");
    expect(next(katas, new Set(["a", "b"]))?.id).toBe("c");
    expect(next(katas, new Set(["a", "b", "c", "d"]))).toBeUndefined();
    expect(next([], new Set())).toBeUndefined();
  });

  test("next() leaves nobody stuck when a cycle locks what is left", () => {
    expect(next(graph("a: b", "b: a"), new Set())?.id).toBe("b");
  });
});
