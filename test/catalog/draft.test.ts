import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { draftManifest, draftProblem, nameOf, suggestId } from "../../src/catalog/draft.ts";
import { parseManifest } from "../../src/catalog/manifest.ts";

const EXAMPLE = `[kata]
name = "An example"
category = "exercises"
base_difficulty = 1
description = "Do it."
hints = ["name = $1"]
`;
const DRAFT = { name: "N", category: "c", difficulty: "3", description: "d" };

function messages(draft: Partial<typeof DRAFT>, id = "x"): string | undefined {
  return draftProblem(draftManifest(EXAMPLE, draft), id)?.message;
}

describe("draftManifest()", () => {
  test("puts values into their lines, and nothing else anywhere", () => {
    expect(draftManifest(EXAMPLE, DRAFT)).toBe(
      '[kata]\nname = "N"\ncategory = "c"\nbase_difficulty = 3\ndescription = "d"\nhints = ["name = $1"]\n',
    );
    expect(draftManifest(EXAMPLE, {})).toBe(EXAMPLE);
  });

  test("writes any text so that it is read back, and lets none become another key", () => {
    const text = fc.string({ unit: "binary", minLength: 1 });
    fc.assert(
      fc.property(text, text, text, (name, category, description) => {
        const toml = draftManifest(EXAMPLE, { ...DRAFT, name, category, description });
        const options = { file: "m.toml", dirName: "x", bundled: true };
        const { kata, problems } = parseManifest(toml, options);
        for (const { message } of problems) {
          expect(message).toMatch(/^Cannot read kata\.(name|category|description)/);
        }
        if (kata === null) return;
        expect(kata).toMatchObject({ name, category, difficulty: 3, hints: ["name = $1"] });
      }),
    );
    for (const name of ["$&", "$1", '"""', "\\", "a\nbase_difficulty = 9", "'", "#", "\u2028"]) {
      const { kata } = parseManifest(draftManifest(EXAMPLE, { description: name }), {
        file: "m.toml",
        dirName: "x",
        bundled: true,
      });
      expect(kata?.description).toBe(name);
    }
  });
});

test("draftProblem() is the first thing that the reader finds", () => {
  expect(messages(DRAFT)).toBeUndefined();
  expect(messages({ name: "" })).toBe("Cannot read kata.name: it is empty");
  expect(messages({ name: "a\u001b[2J" })).toContain("control character");
  expect(messages({ category: "../up" })).toContain("Cannot read kata.category");
  for (const difficulty of ["0", "6", "99999999999999999999"]) {
    expect(messages({ difficulty })).toContain("base_difficulty");
  }
  for (const difficulty of ["", "two", "1.5", "-1", "1 "]) {
    expect(messages({ difficulty })).toContain(
      "Cannot read kata.base_difficulty: it is the string",
    );
  }
  for (const id of ["", ".", "..", "a b", "a/b", "-a", ".a", "a\0", "a*"]) {
    expect(messages({}, id)).toContain("as a kata's id");
  }
});

describe("suggestId()", () => {
  test("finds the id nearest to what was typed", () => {
    expect(suggestId("Row Sums!")).toBe("row-sums");
    expect(suggestId("../katas/add")).toBe("katas-add");
    expect(suggestId("  Über_2.0  ")).toBe("über_2.0");
    expect(suggestId("..")).toBeUndefined();
    expect(suggestId("")).toBeUndefined();
  });

  test("suggests nothing that would be refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        const id = suggestId(typed);
        if (id !== undefined) expect([id, messages({}, id)]).toEqual([id, undefined]);
      }),
    );
  });
});

test("nameOf() makes words of an id", () => {
  expect(nameOf("row-sums")).toBe("Row sums");
  expect(nameOf("x_1.b")).toBe("X 1 b");
  expect(nameOf("_")).toBe("_");
});
