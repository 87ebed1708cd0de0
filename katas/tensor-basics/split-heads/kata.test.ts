import { describe, test } from "bun:test";
import { arange, params, randn, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { mergeHeads, splitHeads } from "./template.ts";

const batch = Number(params.batch ?? 2);
const length = Number(params.length ?? 5);
const heads = Number(params.heads ?? 3);
const width = Number(params.width ?? 4);

describe("splitHeads", () => {
  test("each head takes its own slice of every token's features", () => {
    const x = tensor([
      [
        [1, 2, 3, 4, 5, 6],
        [7, 8, 9, 10, 11, 12],
      ],
    ]);
    assertClose(splitHeads(x, 2), [
      [
        [
          [1, 2, 3],
          [7, 8, 9],
        ],
        [
          [4, 5, 6],
          [10, 11, 12],
        ],
      ],
    ]);
    assertClose(splitHeads(x, 3), [
      [
        [
          [1, 2],
          [7, 8],
        ],
        [
          [3, 4],
          [9, 10],
        ],
        [
          [5, 6],
          [11, 12],
        ],
      ],
    ]);
  });

  test("sequences of a batch do not mix", () => {
    const x = tensor([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [
        [-1, -2],
        [-3, -4],
        [-5, -6],
      ],
    ]);
    assertClose(splitHeads(x, 2), [
      [
        [[1], [3], [5]],
        [[2], [4], [6]],
      ],
      [
        [[-1], [-3], [-5]],
        [[-2], [-4], [-6]],
      ],
    ]);
  });

  test("random features of the variation's sizes land at their index", () => {
    const x = randn([batch, length, heads * width]);
    const out = splitHeads(x, heads);
    assertShape(out, [batch, heads, length, width], "heads");
    const from = x.toTypedArray();
    const expected: number[] = [];
    for (let b = 0; b < batch; b++) {
      for (let h = 0; h < heads; h++) {
        for (let t = 0; t < length; t++) {
          for (let i = 0; i < width; i++) {
            expected.push(from[(b * length + t) * heads * width + h * width + i]!);
          }
        }
      }
    }
    assertClose(out.flatten(), expected, { name: "heads, flattened" });
  });

  test("a single sequence without a batch axis gets a heads axis in front", () => {
    const x = tensor([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 11, 12],
    ]);
    assertClose(splitHeads(x, 2), [
      [
        [1, 2],
        [5, 6],
        [9, 10],
      ],
      [
        [3, 4],
        [7, 8],
        [11, 12],
      ],
    ]);
  });

  test("two batch axes are carried along", () => {
    const out = splitHeads(arange(48).reshape(2, 3, 2, 4), 2);
    assertShape(out, [2, 3, 2, 2, 2], "heads");
    assertClose(out.get(1, 2), [
      [
        [40, 41],
        [44, 45],
      ],
      [
        [42, 43],
        [46, 47],
      ],
    ]);
  });

  test("as many heads as tokens is no special case", () => {
    const x = arange(1, 10).reshape(1, 3, 3);
    assertClose(splitHeads(x, 3), [
      [
        [[1], [4], [7]],
        [[2], [5], [8]],
        [[3], [6], [9]],
      ],
    ]);
  });

  test("an input that is itself a transposed view is read in its own order", () => {
    const x = tensor([
      [
        [1, 5],
        [2, 6],
        [3, 7],
        [4, 8],
      ],
    ]).transpose(1, 2);
    assertClose(splitHeads(x, 2), [
      [
        [
          [1, 2],
          [5, 6],
        ],
        [
          [3, 4],
          [7, 8],
        ],
      ],
    ]);
  });
});

describe("mergeHeads", () => {
  test("the heads of a token lie side by side again", () => {
    const x = tensor([
      [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        [
          [10, 20],
          [30, 40],
          [50, 60],
        ],
      ],
    ]);
    assertClose(mergeHeads(x), [
      [
        [1, 2, 10, 20],
        [3, 4, 30, 40],
        [5, 6, 50, 60],
      ],
    ]);
  });

  test("random heads of the variation's sizes land at their index", () => {
    const x = randn([batch, heads, length, width]);
    const out = mergeHeads(x);
    assertShape(out, [batch, length, heads * width], "merged");
    const from = x.toTypedArray();
    const expected: number[] = [];
    for (let b = 0; b < batch; b++) {
      for (let t = 0; t < length; t++) {
        for (let h = 0; h < heads; h++) {
          for (let i = 0; i < width; i++) {
            expected.push(from[((b * heads + h) * length + t) * width + i]!);
          }
        }
      }
    }
    assertClose(out.flatten(), expected, { name: "merged, flattened" });
  });

  test("a head that is a slice of a larger tensor is merged from the slice alone", () => {
    const x = arange(16).reshape(1, 2, 4, 2).narrow(2, 1, 2);
    assertClose(mergeHeads(x), [
      [
        [2, 3, 10, 11],
        [4, 5, 12, 13],
      ],
    ]);
  });

  test("no batch axis and two batch axes are merged alike", () => {
    const x = arange(12).reshape(3, 2, 2);
    const merged = [
      [0, 1, 4, 5, 8, 9],
      [2, 3, 6, 7, 10, 11],
    ];
    assertClose(mergeHeads(x), merged, { name: "merged without a batch" });
    assertClose(mergeHeads(x.reshape(1, 1, 3, 2, 2)), [[merged]], { name: "merged batch" });
  });

  test("merging undoes splitting", () => {
    const x = randn([2, 7, 12]);
    for (const count of [1, 2, 3, 4, 6, 12]) {
      assertShape(splitHeads(x, count), [2, count, 7, 12 / count], `${count} heads`);
      assertClose(mergeHeads(splitHeads(x, count)), x, { name: `${count} heads, merged` });
    }
  });

  test("splitting undoes merging", () => {
    const x = randn([3, 2, 5, 4]);
    assertShape(mergeHeads(x), [3, 5, 8], "merged");
    assertClose(splitHeads(mergeHeads(x), 2), x, { name: "split again" });
  });
});
