import { describe, expect, test } from "bun:test";
import { cpuTime } from "../cpu-time.ts";
import { select, selectOne } from "../../src/catalog/select.ts";
import { KataError } from "../../src/errors.ts";
import { kata } from "./kata-builder.ts";

const KATAS = [
  kata("relu"),
  kata("softmax"),
  kata("conv", { category: "vision" }),
  kata("conv-2d", { category: "vision" }),
  kata("vision-basics", { category: "misc" }),
];

function ids(selector?: string): string[] {
  return select(KATAS, selector).map(({ id }) => id);
}

function failure(run: () => unknown): KataError {
  try {
    run();
  } catch (error) {
    if (error instanceof KataError) return error;
  }
  throw new Error("expected a KataError");
}

describe("select", () => {
  test("select() throws and suggests the nearest when nothing is named", () => {
    const error = failure(() => select(KATAS, "sofmax"));
    expect(error).toMatchObject({
      code: "kata-not-found",
      message: "Kata not found: sofmax",
      hint: 'Did you mean "softmax"?',
      exit: 2,
    });
    expect(failure(() => select(KATAS, "vison")).hint).toBe('Did you mean "vision"?');
    expect(failure(() => select(KATAS, "vision/cnov")).hint).toBe('Did you mean "vision/conv"?');
    for (const selector of ["", "zzzzzz", "zzz*", "../relu", "[", "{", "a".repeat(1e5)]) {
      expect(failure(() => select(KATAS, selector)).hint).toBe("kata list shows all");
    }
    expect(failure(() => select([], "relu")).hint).toBe("kata list shows all");
  });

  test("select() gives up soon when a glob is made to be slow", () => {
    const long = [kata("a".repeat(200))];
    const start = cpuTime();
    failure(() => select(long, `${"*a".repeat(50)}b`));
    failure(() => select(long, `${"{a,a*}".repeat(9)}b`));
    expect(cpuTime() - start).toBeLessThan(2000);
  });

  test("select() takes all without a selector, an id, a category, or both", () => {
    expect(ids()).toHaveLength(5);
    expect(ids("relu")).toEqual(["relu"]);
    expect(ids("vision")).toEqual(["conv", "conv-2d"]);
    expect(ids("vision/conv")).toEqual(["conv"]);
  });

  test("select() takes a glob over category/id and over the bare id", () => {
    expect(ids("vision/*")).toEqual(["conv", "conv-2d"]);
    expect(ids("conv*")).toEqual(["conv", "conv-2d"]);
    expect(ids("{basics,misc}/*")).toEqual(["relu", "softmax", "vision-basics"]);
    expect(ids("**")).toHaveLength(5);
    expect(ids("?elu")).toEqual(["relu"]);
  });
});

describe("selectOne", () => {
  test("selectOne() takes exactly one id, and no category and no glob", () => {
    expect(selectOne(KATAS, "conv").id).toBe("conv");
    expect(selectOne(KATAS, "vision/conv").id).toBe("conv");
    expect(failure(() => selectOne(KATAS, "vision")).code).toBe("kata-not-found");
    expect(failure(() => selectOne(KATAS, "conv*")).code).toBe("kata-not-found");
  });
});
