import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { byCategory } from "../../src/catalog/categories.ts";
import { kata } from "./kata-builder.ts";

/** `category/id:difficulty`, and behind a `<` the ids that it depends on. */
function ordered(...texts: string[]): string[] {
  const katas = texts.map((text) => {
    const [place = "", before = ""] = text.split("<");
    const [, category = "", id = "", difficulty] = /^(.*)\/(.*):(\d)$/.exec(place) ?? [];
    const dependencies = before === "" ? [] : before.split(",");
    return kata(id, { category, difficulty: Number(difficulty), dependencies });
  });
  return byCategory(katas).map(({ category, id }) => `${category}/${id}`);
}

describe("byCategory()", () => {
  test("begins with the category whose katas are easier in the mean", () => {
    expect(ordered("a/x:3", "b/y:1", "b/z:4", "c/w:2")).toEqual(["c/w", "b/y", "b/z", "a/x"]);
  });

  test("puts a category after those that its katas build on, however easy it is", () => {
    expect(ordered("a/x:1<y", "b/y:5<z", "c/z:5", "d/w:5")).toEqual(["c/z", "d/w", "b/y", "a/x"]);
  });

  test("takes the longest chain of categories where there are several", () => {
    expect(ordered("a/x:1<z,y", "b/y:1<z", "c/z:1")).toEqual(["c/z", "b/y", "a/x"]);
  });

  test("orders a category by difficulty and id, whatever depends on what in it", () => {
    expect(ordered("a/y:2", "a/x:2", "a/z:1<x")).toEqual(["a/z", "a/x", "a/y"]);
  });

  test("goes by names where categories are alike, and ignores unknown dependencies", () => {
    expect(ordered("b/x:2<nobody", "a/y:2", "B/z:2")).toEqual(["B/z", "a/y", "b/x"]);
  });

  test("gives one order, of all katas, whichever they came in, circles included", () => {
    const names = ["a/p:1<q", "b/q:3<r", "c/r:2<p", "d/s:2", "d/t:5<p"];
    const expected = ordered(...names);
    expect(expected.toSorted()).toEqual(["a/p", "b/q", "c/r", "d/s", "d/t"]);
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (shuffled) => {
        expect(ordered(...shuffled)).toEqual(expected);
      }),
    );
  });
});
