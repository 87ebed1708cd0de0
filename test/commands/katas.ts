import type { Kata } from "../../src/catalog/kata.ts";

/** A kata for tests that only look at it. */
export function kataOf(id: string, fields: Partial<Kata> = {}): Kata {
  return {
    id,
    name: `Kata ${id}`,
    category: "first",
    difficulty: 1,
    description: "Do it.",
    dependencies: [],
    tags: [],
    hints: [],
    device: "any",
    rules: { forbid: [], must_use: [] },
    variations: [],
    passesOnTemplate: [],
    equivalent: [],
    dir: `/katas/${id}`,
    files: { ts: { template: "t.ts", tests: "kata.test.ts", reference: "r.ts" } },
    ...fields,
  };
}
