/**
 * The matrix product in SIMD, as Goto and van de Geijn lay it out ("Anatomy of
 * high-performance matrix multiplication", 2008): the right operand packed
 * once into panels a few vectors wide, blocks of the left one packed into
 * tiles by each thread, and a tile's sums held in registers.
 */

import {
  add,
  assemble,
  bump,
  choose,
  type Code,
  get,
  int,
  ints,
  least,
  type Local,
  Locals,
  loop,
  memory,
  mul,
  op,
  set,
  simd,
  storeLane,
  when,
} from "./wasm.ts";

/** Rows of a tile and columns of a panel: 14 sums, two vectors and what is left of 16 registers. */
export const TILE_ROWS = 6;
const VECTORS = 2;
/** Of a panel's row. */
const PANEL_BYTES = VECTORS * 16;

/** What the elements of a product are. */
export type Lanes = "f32x4" | "f64x2" | "i32x4";

/** Columns of a panel whose elements have so many bytes. */
export function panelOf(bytes: number): number {
  return PANEL_BYTES / bytes;
}
/** Terms summed before they join the result: short sums err less, and a panel's slice stays in the nearest cache. */
const DEPTH = 128;
/** Bytes before a thread's packed block. */
const SPILL = 256;

/** Bytes of scratch that a thread needs. */
export const SCRATCH: number = SPILL + TILE_ROWS * DEPTH * 16;

/** Words of the descriptor. Steps are in bytes; `table` has the addresses of each batch. */
export const PACK = {
  table: 0,
  depth: 1,
  columns: 2,
  stepDown: 3,
  stepAcross: 4,
  panels: 5,
  chunks: 6,
};
export const MULTIPLY = {
  table: 0,
  depth: 1,
  columns: 2,
  rows: 3,
  stepDown: 4,
  stepAcross: 5,
  block: 6,
  chunks: 7,
};

interface Limits {
  shared: boolean;
  pages: number;
}

const word = (at: number): Code => memory("i32.load", at * 4, get(0));
const between = (local: Local, end: Code): Code => op("i32.lt_u", get(local), end);

/** Packs some panels of one batch, of elements of 4 or 8 bytes; its table has the address of the matrix and of its panels. */
export function buildPack(bytes: 4 | 8, limits: Limits): Uint8Array<ArrayBuffer> {
  const width = panelOf(bytes);
  const move = (offset: number, to: Code, from: Code): Code =>
    bytes === 8
      ? memory("i64.store", offset, to, memory("i64.load", 0, from))
      : memory("i32.store", offset, to, memory("i32.load", 0, from));
  const locals = new Locals();
  const local = (): Local => locals.take("i32");
  const [entry, panel, last, from, to, left, column, depth, at] = [
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
  ];
  const vectors = Array.from({ length: VECTORS }, (_, i) =>
    memory("v128.store", i * 16, get(to), memory("v128.load", i * 16, get(from))),
  ).flat();
  const whole = op("i32.le_u", int(width), get(left));
  const neighbours = op("i32.and", op("i32.eqz", add(word(PACK.stepAcross), int(-bytes))), whole);
  const apart = [
    ...set(at, get(from)),
    ...Array.from({ length: width }, (_, i) => [
      ...move(i * bytes, get(to), get(at)),
      ...bump(at, word(PACK.stepAcross)),
    ]).flat(),
  ];
  const panels = op("i32.div_u", add(word(PACK.columns), int(width - 1)), int(width));
  const single = [
    ...set(column, int(0)),
    ...set(at, get(from)),
    ...loop(between(column, int(width)), [
      // Columns beyond the last repeat it, and what comes of them is not stored.
      ...move(0, add(get(to), mul(get(column), int(bytes))), get(at)),
      ...bump(column, int(1)),
      ...when(between(column, get(left)), bump(at, word(PACK.stepAcross))),
    ]),
  ];
  const body = [
    ...set(entry, add(word(PACK.table), mul(op("i32.div_u", get(1), word(PACK.chunks)), int(8)))),
    ...set(panel, mul(op("i32.rem_u", get(1), word(PACK.chunks)), word(PACK.panels))),
    ...set(last, least(add(get(panel), word(PACK.panels)), panels)),
    ...loop(between(panel, get(last)), [
      ...set(
        from,
        add(
          memory("i32.load", 0, get(entry)),
          mul(mul(get(panel), int(width)), word(PACK.stepAcross)),
        ),
      ),
      ...set(
        to,
        add(
          memory("i32.load", 4, get(entry)),
          mul(mul(get(panel), int(PANEL_BYTES)), word(PACK.depth)),
        ),
      ),
      ...set(left, op("i32.sub", word(PACK.columns), mul(get(panel), int(width)))),
      ...set(depth, word(PACK.depth)),
      ...loop(get(depth), [
        ...choose(neighbours, vectors, choose(whole, apart, single)),
        ...bump(from, word(PACK.stepDown)),
        ...bump(to, int(PANEL_BYTES)),
        ...bump(depth, int(-1)),
      ]),
      ...bump(panel, int(1)),
    ]),
  ];
  return assemble(locals, body, limits);
}

/** Multiplies a block of rows; its table has the addresses of the left matrix, the panels and the result. */
export function buildMultiply(lanes: Lanes, limits: Limits): Uint8Array<ArrayBuffer> {
  const bytes = lanes === "f64x2" ? 8 : 4;
  const width = panelOf(bytes);
  const locals = new Locals();
  const local = (): Local => locals.take("i32");
  const [entry, first, last, row, begin, count, panel, panels, a, b, c, k] = [
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
    local(),
  ];
  const tile = local();
  const rows = Array.from({ length: TILE_ROWS }, local);
  const sums = rows.map(() => Array.from({ length: VECTORS }, () => locals.take("v128")));
  const right = Array.from({ length: VECTORS }, () => locals.take("v128"));
  const plus = (x: Code, y: Code): Code => simd(`${lanes}.add`, x, y);

  // Each element fills a vector, since an engine's splat costs as much as a multiplication.
  const pack = [
    ...rows.flatMap((pointer, i) => {
      const one = least(add(get(row), int(i)), add(get(last), int(-1)));
      const start = add(memory("i32.load", 0, get(entry)), mul(one, word(MULTIPLY.stepDown)));
      return set(pointer, add(start, mul(get(begin), word(MULTIPLY.stepAcross))));
    }),
    ...set(a, get(tile)),
    ...set(k, get(count)),
    ...loop(get(k), [
      ...rows.flatMap((pointer, i) => [
        ...memory(
          "v128.store",
          i * 16,
          get(a),
          memory(bytes === 8 ? "v128.load64_splat" : "v128.load32_splat", 0, get(pointer)),
        ),
        ...bump(pointer, word(MULTIPLY.stepAcross)),
      ]),
      ...bump(a, int(TILE_ROWS * 16)),
      ...bump(k, int(-1)),
    ]),
  ];

  const term = [
    ...right.flatMap((vector, j) => set(vector, memory("v128.load", j * 16, get(b)))),
    ...sums.flatMap((list, i) => {
      const left = memory("v128.load", i * 16, get(a));
      return list.flatMap((sum, j) =>
        set(sum, plus(get(sum), simd(`${lanes}.mul`, get(right[j] ?? 0), left))),
      );
    }),
    ...bump(a, int(TILE_ROWS * 16)),
    ...bump(b, int(PANEL_BYTES)),
    ...bump(k, int(-1)),
  ];
  const stride = mul(word(MULTIPLY.columns), int(bytes));
  const store = (joined: boolean): Code =>
    rows.flatMap((pointer, i) => [
      ...set(pointer, add(get(c), mul(int(i), stride))),
      ...(sums[i] ?? []).flatMap((sum, j) => {
        const value = joined ? plus(get(sum), memory("v128.load", j * 16, get(pointer))) : get(sum);
        return memory("v128.store", j * 16, get(pointer), value);
      }),
    ]);
  const cell = add(
    memory("i32.load", 8, get(entry)),
    add(mul(get(row), stride), mul(get(panel), int(PANEL_BYTES))),
  );
  // A tile over the edge goes by way of the scratch block's head, element by element. Not in a
  // loop: an engine gives its registers to the innermost ones, and the terms' would get none.
  const element = (at: Local, offset: number): Code =>
    memory(bytes === 8 ? "v128.load64_zero" : "v128.load32_zero", offset, get(at));
  const spilt = sums.flatMap((list, i) =>
    list.flatMap((sum, j) => memory("v128.store", (i * VECTORS + j) * 16, get(2), get(sum))),
  );
  const storeEdge = rows.flatMap((pointer, i) =>
    when(op("i32.lt_u", add(get(row), int(i)), get(last)), [
      ...set(pointer, add(get(c), mul(int(i), stride))),
      ...Array.from({ length: width }, (_, j) => {
        const value = element(2, i * PANEL_BYTES + j * bytes);
        const joined = plus(value, element(pointer, j * bytes));
        const to = add(get(pointer), int(j * bytes));
        return when(
          op("i32.lt_u", add(mul(get(panel), int(width)), int(j)), word(MULTIPLY.columns)),
          choose(get(begin), storeLane(bytes, 0, to, joined), storeLane(bytes, 0, to, value)),
        );
      }).flat(),
    ]),
  );
  const rowsFit = op("i32.le_u", add(get(row), int(TILE_ROWS)), get(last));
  const columnsFit = op(
    "i32.le_u",
    add(mul(get(panel), int(width)), int(width)),
    word(MULTIPLY.columns),
  );
  const tiles = [
    ...set(row, get(first)),
    ...loop(between(row, get(last)), [
      ...pack,
      ...set(panel, int(0)),
      ...loop(between(panel, get(panels)), [
        ...set(a, get(tile)),
        ...set(
          b,
          add(
            memory("i32.load", 4, get(entry)),
            add(
              mul(mul(get(panel), int(PANEL_BYTES)), word(MULTIPLY.depth)),
              mul(get(begin), int(PANEL_BYTES)),
            ),
          ),
        ),
        ...set(c, cell),
        ...sums.flat().flatMap((sum) => set(sum, ints(0))),
        ...set(k, get(count)),
        ...loop(get(k), term),
        ...choose(
          op("i32.and", rowsFit, columnsFit),
          choose(get(begin), store(true), store(false)),
          [...spilt, ...storeEdge],
        ),
        ...bump(panel, int(1)),
      ]),
      ...bump(row, int(TILE_ROWS)),
    ]),
  ];
  const chunk = word(MULTIPLY.chunks);
  const body = [
    ...set(entry, add(word(MULTIPLY.table), mul(op("i32.div_u", get(1), chunk), int(12)))),
    ...set(first, mul(op("i32.rem_u", get(1), chunk), word(MULTIPLY.block))),
    ...set(last, least(add(get(first), word(MULTIPLY.block)), word(MULTIPLY.rows))),
    ...set(tile, add(get(2), int(SPILL))),
    ...set(panels, op("i32.div_u", add(word(MULTIPLY.columns), int(width - 1)), int(width))),
    ...loop(between(begin, word(MULTIPLY.depth)), [
      ...set(count, least(int(DEPTH), op("i32.sub", word(MULTIPLY.depth), get(begin)))),
      ...tiles,
      ...bump(begin, get(count)),
    ]),
  ];
  return assemble(locals, body, limits);
}
