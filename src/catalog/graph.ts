import { join } from "node:path";
import { MANIFEST } from "./kata.ts";
import type { Kata } from "./kata.ts";
import { nearest } from "./nearest.ts";
import type { Problem } from "./problem.ts";
import { readText } from "./read-text.ts";
import { scanKeys } from "./toml-positions.ts";
import type { Position } from "./toml-positions.ts";

/**
 * What is wrong with the dependencies of a whole catalogue: ids that no kata
 * has, and cycles, each with the path that closes it (`a → b → a`).
 */
export function checkGraph(katas: readonly Kata[]): Problem[] {
  const byId = index(katas);
  const problems: Problem[] = [];
  for (const kata of katas) {
    for (const id of kata.dependencies) {
      if (byId.has(id)) continue;
      const meant = nearest(id, byId.keys());
      problems.push({
        ...at(kata, id),
        message: `Unknown dependency: ${kata.id} → ${id}`,
        expected: "the id of a kata in the catalogue",
        hint: meant === undefined ? "remove it, or add the kata" : `did you mean "${meant}"?`,
      });
    }
  }
  walk(katas, byId, (path) => {
    const [last, first] = [path.at(-1), path[0]];
    if (last === undefined || first === undefined) return;
    problems.push({
      ...at(last, first.id),
      message: `Dependencies in a circle: ${[...path, first].map(({ id }) => id).join(" → ")}`,
      expected: "an order in which every kata comes after those it depends on",
      hint: `remove one of these dependencies`,
    });
  });
  return problems;
}

/**
 * The katas, each after those it depends on and otherwise in the order given.
 * Unknown dependencies count as none, and a cycle is cut where it closes.
 */
export function order(katas: readonly Kata[]): Kata[] {
  return walk(katas, index(katas), () => {});
}

/**
 * The katas whose dependencies are all done; one that is done itself stays
 * unlocked. Dependencies outside `katas` lock nothing.
 */
export function unlocked(katas: readonly Kata[], done: ReadonlySet<string>): Kata[] {
  const byId = index(katas);
  return katas.filter((kata) => kata.dependencies.every((id) => done.has(id) || !byId.has(id)));
}

/**
 * The kata to do next: the first in `order` that is unlocked and not done, or,
 * where a cycle locks everything left, the first that is not done. `undefined`
 * when all are done.
 */
export function next(katas: readonly Kata[], done: ReadonlySet<string>): Kata | undefined {
  const left = order(katas).filter((kata) => !done.has(kata.id));
  const open = new Set(unlocked(katas, done));
  return left.find((kata) => open.has(kata)) ?? left[0];
}

/**
 * Visits each kata after its dependencies, without recursion because a chain
 * may be long. `onCycle` gets the katas of each cycle that is met.
 */
function walk(
  katas: readonly Kata[],
  byId: ReadonlyMap<string, Kata>,
  onCycle: (path: readonly Kata[]) => void,
): Kata[] {
  const placed = new Set<Kata>();
  for (const root of katas) {
    const stack = placed.has(root) ? [] : [{ kata: root, next: 0 }];
    const onStack = new Set<Kata>([root]);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const id = top.kata.dependencies[top.next++];
      if (id === undefined) {
        placed.add(top.kata);
        onStack.delete(top.kata);
        stack.pop();
        continue;
      }
      const before = byId.get(id);
      if (before === undefined || placed.has(before)) continue;
      if (onStack.has(before)) {
        const path = stack.map(({ kata }) => kata);
        onCycle(path.slice(path.indexOf(before)));
      } else {
        onStack.add(before);
        stack.push({ kata: before, next: 0 });
      }
    }
  }
  return [...placed];
}

function index(katas: readonly Kata[]): Map<string, Kata> {
  return new Map(katas.map((kata) => [kata.id, kata]));
}

/** An error at the place in a kata's manifest where it names a dependency. */
function at(kata: Kata, id: string): Omit<Problem, "message"> {
  const file = join(kata.dir, MANIFEST);
  const read = readText(file);
  const place = "text" in read ? placeOf(id, read.text) : undefined;
  return { severity: "error", file, ...(place ?? { line: 0, column: 0 }) };
}

function placeOf(id: string, text: string): Position | undefined {
  const keys = scanKeys(text);
  const lines = text.split("\n");
  for (let i = 0; ; i++) {
    const place = keys.at(["kata", "dependencies", i]);
    if (place === undefined) return keys.at(["kata", "dependencies"]);
    const element = lines[place.line - 1]?.slice(place.column - 1) ?? "";
    if (element.startsWith(`"${id}"`) || element.startsWith(`'${id}'`)) return place;
  }
}
