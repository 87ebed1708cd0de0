/**
 * NumPy's file of one array (`.npy`, versions 1 to 3), as far as numbers go: a
 * magic number, a header that is a Python dictionary, then the values. The
 * header comes from a stranger, so nothing is allocated by what it says before
 * the file's length agrees. Format: NEP 1, and `numpy/lib/format.py`.
 */
import { KataError } from "../errors.ts";

/** What a header says. */
export interface NpyHeader {
  /** `<f8` and the like: byte order, kind, bytes of a value. */
  descr: string;
  fortranOrder: boolean;
  shape: number[];
  /** Where the values begin, in bytes. */
  offset: number;
  /** Of one value. */
  itemBytes: number;
}

/** An array of numbers: row-major values and their shape. */
export interface NpyArray {
  shape: number[];
  data: Float64Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A header of one array of numbers is below a hundred bytes; this leaves room for any padding. */
const LONGEST_HEADER = 2 ** 20;
/** Values begin at a multiple of this, as NumPy has it. */
const ALIGNMENT = 64;

/** Reads one value of a data view. */
type Read = (view: DataView, at: number, little: boolean) => number;

const READERS: Readonly<Record<string, Read>> = {
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
};

/**
 * Reads the header at the start of a file. `bytes` may be cut after the header;
 * `name` is what messages call the file.
 *
 * @throws KataError that says what is wrong with it
 */
export function readNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  const fail = (message: string, hint?: string): KataError =>
    new KataError("bad-npy", `Cannot read ${name}: ${message}`, hint === undefined ? {} : { hint });
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) {
    throw fail("it is not a .npy file", "numpy.save writes one");
  }
  const version = bytes[6] ?? 0;
  const [sizeBytes, start] = version === 1 ? [2, 10] : [4, 12];
  if (version < 1 || version > 3)
    throw fail(`.npy version ${version} is not known, expected 1 to 3`);
  if (bytes.length < start) throw fail("it ends inside its header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = sizeBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (size > LONGEST_HEADER) throw fail(`its header claims ${size} bytes`);
  const offset = start + size;
  if (bytes.length < offset) throw fail("it ends inside its header");
  const text = new TextDecoder("latin1").decode(bytes.subarray(start, offset));
  const fields = fieldsOf(text);
  if (fields === undefined) {
    throw fail("its header does not name one dtype, an order and a shape", "it may hold records");
  }
  const { descr, fortranOrder, shape } = fields;
  const [order, kind] = [descr.slice(0, 1), descr.slice(1)];
  if (!"<>|=".includes(order) || !Object.hasOwn(READERS, kind)) {
    throw fail(
      `its dtype ${JSON.stringify(descr)} holds no real numbers`,
      "save it as float32 or float64: traces.astype('float64')",
    );
  }
  if (!shape.every((size) => Number.isSafeInteger(size)) || !Number.isSafeInteger(count(shape))) {
    throw fail(`its shape (${shape.join(", ")}) is too large`);
  }
  return { descr, fortranOrder, shape, offset, itemBytes: Number(kind.slice(1)) };
}

/** The three fields of a header, in any order, and nothing else. */
function fieldsOf(
  text: string,
): { descr: string; fortranOrder: boolean; shape: number[] } | undefined {
  const inside = /^\{(.*)\}\s*$/s.exec(text)?.[1];
  if (inside === undefined) return undefined;
  const found = new Map<string, string>();
  let rest = inside;
  for (;;) {
    const match =
      /^\s*(['"])(descr|fortran_order|shape)\1\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\d\s,L]*\))\s*(,|$)/.exec(
        rest,
      );
    if (match === null) break;
    if (found.has(match[2] ?? "")) return undefined;
    found.set(match[2] ?? "", match[3] ?? "");
    rest = rest.slice(match[0].length);
  }
  const [descr, order, shape] = ["descr", "fortran_order", "shape"].map((key) => found.get(key));
  if (rest.trim() !== "" || !descr?.match(/^['"]/) || !shape?.startsWith("(")) return undefined;
  if (order !== "True" && order !== "False") return undefined;
  const sizes = shape.slice(1, -1).replaceAll("L", "").split(",");
  if (sizes.at(-1)?.trim() === "") sizes.pop();
  if (!sizes.every((size) => /^\s*\d+\s*$/.test(size))) return undefined;
  return { descr: descr.slice(1, -1), fortranOrder: order === "True", shape: sizes.map(Number) };
}

/** @throws KataError unless the file holds exactly the values that its header promises */
export function checkNpyLength(header: NpyHeader, fileBytes: number, name: string): void {
  const expected = header.offset + count(header.shape) * header.itemBytes;
  if (fileBytes === expected) return;
  const what = fileBytes < expected ? "it is cut off" : "something follows its values";
  throw new KataError(
    "bad-npy",
    `Cannot read ${name}: ${what}: ${fileBytes} bytes, expected ${expected} for shape (${header.shape.join(", ")}) of ${header.descr}`,
  );
}

/** Values as they lie in the file, from `bytes` that hold nothing else. */
export function decodeValues({ descr, itemBytes }: NpyHeader, bytes: Uint8Array): Float64Array {
  const read = READERS[descr.slice(1)];
  if (read === undefined) throw new TypeError(`No reader for ${descr}`);
  // `=` and `|` are this machine's order, which is little-endian wherever kata runs.
  const little = !descr.startsWith(">");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(bytes.byteLength / itemBytes);
  for (let i = 0; i < values.length; i++) values[i] = read(view, i * itemBytes, little);
  return values;
}

/**
 * A whole file as an array in row-major order, whatever its own was.
 *
 * @throws KataError that says what is wrong with it
 */
export function parseNpy(bytes: Uint8Array, name: string = "the array"): NpyArray {
  const header = readNpyHeader(bytes, name);
  checkNpyLength(header, bytes.length, name);
  const { shape } = header;
  const values = decodeValues(header, bytes.subarray(header.offset));
  return { shape, data: header.fortranOrder ? rowMajor(values, shape) : values };
}

/** A file of version 1 up to its values, in C order. */
export function npyHeader(descr: "<f8" | "<f4", shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(length).fill(0x20);
  bytes.set(MAGIC);
  bytes.set([1, 0, (length - 10) & 0xff, (length - 10) >> 8], 6);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[length - 1] = 0x0a;
  return bytes;
}

/** A whole file of float64 or float32, little-endian, in C order. */
export function formatNpy(
  data: Float64Array | Float32Array,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  if (count(shape) !== data.length) {
    throw new RangeError(`shape (${shape.join(", ")}) does not hold ${data.length} values`);
  }
  const header = npyHeader(data instanceof Float64Array ? "<f8" : "<f4", shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** From the first index fastest to the last one fastest. */
function rowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const out = new Float64Array(values.length);
  const index = shape.map(() => 0);
  for (let from = 0; from < values.length; from++) {
    let at = 0;
    for (const [axis, size] of shape.entries()) at = at * size + (index[axis] ?? 0);
    out[at] = values[from] ?? 0;
    for (let axis = 0; axis < shape.length; axis++) {
      const next = (index[axis] ?? 0) + 1;
      index[axis] = next === shape[axis] ? 0 : next;
      if (next !== shape[axis]) break;
    }
  }
  return out;
}
