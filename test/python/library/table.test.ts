/** One name, one module: a later table would cover an earlier one's without a word. */
import { expect, test } from "bun:test";
import { CONTROL } from "../../../src/python/library/control/index.ts";
import { PRIVATE } from "../../../src/python/library/private.ts";
import { nativeModules } from "../../../src/python/library/table.ts";
import { WRITTEN } from "../../../src/python/library/texts.ts";

test("nativeModules names each module once, over all the tables it is made of", async () => {
  const source = await Bun.file(
    new URL("../../../src/python/library/table.ts", import.meta.url),
  ).text();
  const own = [...source.matchAll(/^ {2}(?:"([\w.]+)"|(\w+)):/gm)].map(([, a, b]) => a ?? b ?? "");
  const names = [...own, ...[CONTROL, PRIVATE, WRITTEN].flatMap((table) => Object.keys(table))];
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  expect(twice).toEqual([]);
  expect(names.toSorted()).toEqual(Object.keys(nativeModules).toSorted());
});
