import { expect, test } from "bun:test";
import { join } from "node:path";
import { packKatas, unpackKatas } from "../../src/catalog/bundle.ts";
import { discover } from "../../src/catalog/discover.ts";

test("unpackKatas() gives back what discover() found when it was packed elsewhere", () => {
  const root = join(import.meta.dir, "../../katas");
  const { katas } = discover(root, { bundled: true });
  const text = packKatas(katas, root);
  expect(text).not.toContain(root);
  expect(unpackKatas(text, root)).toEqual(katas);
  expect(unpackKatas(text, "/elsewhere")[0]?.dir.startsWith("/elsewhere/")).toBe(true);
});
