/** What editors are told of `bun:test` is there when a kata runs. */
import * as bunTest from "bun:test";
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const TEXT = readFileSync(join(import.meta.dir, "../../src/typings/bun-test.d.ts"), "utf8");

/** The members that an interface or an object type of the declarations has. */
function membersOf(head: string): string[] {
  const start = TEXT.indexOf(head);
  expect([head, start]).not.toEqual([head, -1]);
  const block = TEXT.slice(start, TEXT.indexOf("\n  }", start));
  return [...block.matchAll(/^    (?:readonly )?(\w+)[(<:]/gm)].map(([, name]) => name ?? "");
}

test("every matcher, placeholder and modifier that the typings declare exists", () => {
  const exported: Record<string, unknown> = { ...bunTest };
  const names = [...TEXT.matchAll(/^  export (?:const|function) (\w+)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) expect([name, typeof exported[name ?? ""]]).toEqual([name, "function"]);
  const groups: [head: string, owner: object, least: number][] = [
    ["interface Matchers<", expect(1), 40],
    ["interface Placeholders", expect, 7],
    ["const expect:", expect, 3],
    ["interface Register<", test, 7],
  ];
  for (const [head, owner, least] of groups) {
    const members = membersOf(head);
    expect(members.length).toBeGreaterThanOrEqual(least);
    expect(members.filter((name) => !(name in owner))).toEqual([]);
  }
});
