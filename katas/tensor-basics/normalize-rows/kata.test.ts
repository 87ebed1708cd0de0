import { describe, expect, test } from "bun:test";
import { params, randn, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { normalizeRows } from "./template.ts";

describe("a matrix", () => {
  test("each row is divided by its own length", () => {
    const x = tensor([
      [3, 4],
      [-5, 12],
      [0, 2],
    ]);
    assertClose(normalizeRows(x), [
      [3 / 5, 4 / 5],
      [-5 / 13, 12 / 13],
      [0, 1],
    ]);
  });

  test("a square matrix is normalized by rows and not by columns", () => {
    const x = tensor([
      [1, 2, 2],
      [2, 3, 6],
      [1, 4, 8],
    ]);
    assertClose(normalizeRows(x), [
      [1 / 3, 2 / 3, 2 / 3],
      [2 / 7, 3 / 7, 6 / 7],
      [1 / 9, 4 / 9, 8 / 9],
    ]);
  });

  test("random rows of the variation's sizes get length one and keep their direction", () => {
    const rows = Number(params.rows ?? 6);
    const columns = Number(params.columns ?? 11);
    const x = randn([rows, columns]);
    const values = x.toTypedArray();
    const expected = Array.from({ length: rows }, (_, r) => {
      const row = Array.from(values.slice(r * columns, (r + 1) * columns));
      const length = Math.hypot(...row);
      return row.map((value) => value / length);
    });
    assertClose(normalizeRows(x), expected, { name: "normalized", rtol: 1e-4, atol: 1e-6 });
  });

  test("a transposed matrix is normalized along its own last axis", () => {
    const x = tensor([
      [3, 0, 8],
      [4, 1, 15],
    ]).T;
    assertClose(normalizeRows(x), [
      [3 / 5, 4 / 5],
      [0, 1],
      [8 / 17, 15 / 17],
    ]);
  });

  test("normalizing twice changes nothing more", () => {
    const once = normalizeRows(
      tensor([
        [6, -8],
        [0.3, 0.4],
      ]),
    );
    assertClose(
      once,
      [
        [0.6, -0.8],
        [0.6, 0.8],
      ],
      { name: "once", rtol: 1e-5, atol: 1e-7 },
    );
    assertClose(normalizeRows(once), once, { name: "twice", rtol: 1e-5, atol: 1e-7 });
  });

  test("the input is left as it was", () => {
    const x = tensor([[3, 4]]);
    assertClose(normalizeRows(x), [[0.6, 0.8]]);
    assertClose(x, [[3, 4]], { name: "input" });
  });
});

describe("other numbers of axes", () => {
  test("a single vector is one row", () => {
    const out = normalizeRows(tensor([2, -3, 6]));
    assertShape(out, [3], "normalized");
    assertClose(out, [2 / 7, -3 / 7, 6 / 7]);
  });

  test("leading axes are batches of rows", () => {
    const out = normalizeRows(
      tensor([
        [
          [3, 4],
          [8, 6],
        ],
        [
          [5, 12],
          [-12, 5],
        ],
        [
          [1, 0],
          [0, -1],
        ],
      ]),
    );
    assertClose(out, [
      [
        [0.6, 0.8],
        [0.8, 0.6],
      ],
      [
        [5 / 13, 12 / 13],
        [-12 / 13, 5 / 13],
      ],
      [
        [1, 0],
        [0, -1],
      ],
    ]);
  });
});

describe("short rows", () => {
  test("a row of zeros stays zero beside ordinary rows", () => {
    const out = normalizeRows(
      tensor([
        [0, 0, 0],
        [0, 0, 7],
      ]),
    );
    expect([...out.toTypedArray()].some(Number.isNaN)).toBe(false);
    assertClose(out, [
      [0, 0, 0],
      [0, 0, 1],
    ]);
  });

  test("a row shorter than eps is divided by eps", () => {
    const out = normalizeRows(
      tensor([
        [0.3, 0.4],
        [30, 40],
      ]),
      2,
    );
    assertClose(out, [
      [0.15, 0.2],
      [0.6, 0.8],
    ]);
  });

  test("the default eps of 1e-12 bounds the length and not its square", () => {
    const out = normalizeRows(
      tensor([
        [3e-10, 4e-10],
        [3e-13, 4e-13],
      ]),
    );
    assertClose(
      out,
      [
        [0.6, 0.8],
        [0.3, 0.4],
      ],
      { name: "normalized", rtol: 1e-4, atol: 1e-7 },
    );
  });
});
