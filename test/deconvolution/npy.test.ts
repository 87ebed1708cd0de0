import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  formatNpy,
  loadTuningData,
  parseNpy,
  saveForTuning,
} from "../../src/deconvolution/index.ts";
import { openTraces } from "../../src/deconvolution/trace-file.ts";
import { refusal } from "./helpers.ts";

const RECORDED = join(import.meta.dir, "../fixtures/deconvolution/npy");
const dir = mkdtempSync(join(tmpdir(), "kata-npy-"));

afterAll(() => rmSync(dir, { recursive: true, force: true }));

const recorded = (name: string): Uint8Array => readFileSync(join(RECORDED, `${name}.npy`));
const VALUES = [-0.5, -0.25, 0, 0.25, 0.5, 0.75];

/** A file with this header and so many bytes of values. */
function npy(header: string, valueBytes: number, version: number = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const size =
    version === 1
      ? [text.length & 255, text.length >> 8]
      : [text.length & 255, text.length >> 8, 0, 0];
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...size];
  return Uint8Array.from([...magic, ...text, ...new Uint8Array(valueBytes)]);
}

const header = (descr: string, shape: string, order = "False"): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe("parseNpy() reads what NumPy wrote", () => {
  for (const name of [
    "f8-c",
    "f8-fortran",
    "f8-big",
    "f4-c",
    "f4-big-fortran",
    "version-2",
    "version-3",
  ]) {
    test(`as ${name}`, () => {
      const { shape, data } = parseNpy(recorded(name));
      expect({ shape, data: [...data] }).toEqual({ shape: [2, 3], data: VALUES });
    });
  }

  const others: Record<string, [number[], number[]]> = {
    "f8-one": [[3], VALUES.slice(0, 3)],
    "f8-three": [[2, 3, 4], Array.from({ length: 24 }, (_, i) => i)],
    "f8-three-fortran": [[2, 3, 4], Array.from({ length: 24 }, (_, i) => i)],
    "i8-c": [
      [1, 2],
      [-(2 ** 40), 7],
    ],
    "i4-big": [[2], [-3, 2 ** 30]],
    "i2-c": [[2], [-3, 300]],
    "i1-c": [[2], [-3, 30]],
    "u8-c": [[2], [3, 2 ** 50]],
    "u4-c": [[2], [3, 2 ** 32 - 1]],
    "u2-c": [[2], [3, 65535]],
    "u1-c": [[2], [3, 255]],
    scalar: [[], [2.5]],
    empty: [[0, 4], []],
  };
  for (const [name, [shape, data]] of Object.entries(others)) {
    test(`as ${name}`, () => {
      const found = parseNpy(recorded(name));
      expect({ shape: found.shape, data: [...found.data] }).toEqual({ shape, data });
    });
  }
});

describe("parseNpy() refuses", () => {
  for (const name of ["complex", "object", "record", "text", "f2-c"]) {
    test(`what holds no numbers that it knows: ${name}`, () => {
      expect(refusal(() => parseNpy(recorded(name), name))).toMatch(
        /holds no real numbers|does not name one dtype/,
      );
    });
  }

  test("files that are cut anywhere", () => {
    const whole = recorded("f8-c");
    for (let end = 0; end < whole.length; end++) {
      expect(refusal(() => parseNpy(whole.subarray(0, end)))).toMatch(
        /is not a \.npy|ends inside its header|it is cut off|version 0/,
      );
    }
    expect(refusal(() => parseNpy(Uint8Array.from([...whole, 0])))).toContain("something follows");
  });

  const cases: [string, Uint8Array, string][] = [
    [
      "another magic number",
      new TextEncoder().encode("PK\x03\x04 a zip of arrays"),
      "not a .npy file",
    ],
    ["an unknown version", npy(header("'<f8'", "(1,)"), 8, 4), "version 4 is not known"],
    [
      "a header of gigabytes",
      npy("x".repeat(10), 0, 2).map((byte, i) => (i === 11 ? 0x40 : byte)),
      "claims",
    ],
    ["a huge shape", npy(header("'<f8'", "(9999999999, 9999999999)"), 8), "too large"],
    ["a shape of many digits", npy(header("'<f8'", `(${"9".repeat(400)},)`), 8), "too large"],
    ["a shape beyond the file", npy(header("'<f8'", "(1000000000000,)"), 8), "it is cut off"],
    ["a negative shape", npy(header("'<f8'", "(-1,)"), 8), "does not name"],
    ["a shape that is no tuple", npy(header("'<f8'", "'3'"), 8), "does not name"],
    ["an order that is neither", npy(header("'<f8'", "(1,)", "'yes'"), 8), "does not name"],
    ["no dtype", npy("{'fortran_order': False, 'shape': (1,), }", 8), "does not name"],
    [
      "a dtype twice",
      npy("{'descr': '<f8', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 8),
      "does not name",
    ],
    [
      "a key of its own",
      npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}", 8),
      "does not name",
    ],
    ["code in the header", npy("__import__('os').system('true')", 8), "does not name"],
    ["an inherited dtype", npy(header("'<constructor'", "(1,)"), 8), "holds no real numbers"],
    ["no byte order", npy(header("'f8'", "(1,)"), 8), "holds no real numbers"],
  ];
  for (const [what, bytes, message] of cases) {
    test(what, () => {
      expect(refusal(() => parseNpy(bytes, "x.npy"))).toContain(message);
    });
  }

  test("noise, with a message and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(12), (noise, kept) => {
        const bytes = recorded("f8-c").slice();
        bytes.set(noise.subarray(0, bytes.length - kept), kept);
        try {
          expect(parseNpy(bytes).data.length).toBeLessThan(100);
        } catch (error) {
          expect(error).toMatchObject({ name: "KataError" });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("formatNpy()", () => {
  test("writes the bytes that NumPy writes", () => {
    expect(Buffer.from(formatNpy(Float64Array.from(VALUES), [2, 3]))).toEqual(
      Buffer.from(recorded("f8-c")),
    );
    expect(Buffer.from(formatNpy(Float32Array.from(VALUES), [2, 3]))).toEqual(
      Buffer.from(recorded("f4-c")),
    );
    const one = Float64Array.from(VALUES.slice(0, 3));
    expect(Buffer.from(formatNpy(one, [3]))).toEqual(Buffer.from(recorded("f8-one")));
  });

  test("is read back as it was, whatever the values", () => {
    const sizes = fc.array(fc.nat(5), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.double()), (shape, stream) => {
        const length = shape.reduce((product, size) => product * size, 1);
        const data = Float64Array.from({ length }, () => stream.next().value as number);
        const found = parseNpy(formatNpy(data, shape));
        // As lists: NaN has many bit patterns.
        expect({ shape: found.shape, data: [...found.data] }).toEqual({ shape, data: [...data] });
      }),
      { numRuns: 50 },
    );
  });

  test("refuses a shape that does not hold the values", () => {
    expect(() => formatNpy(new Float64Array(5), [2, 3])).toThrow("does not hold 5 values");
  });
});

describe("openTraces()", () => {
  test("reads each cell alike, whatever the order and the dtype", () => {
    for (const name of ["f8-c", "f8-fortran", "f8-big", "f4-big-fortran"]) {
      const file = openTraces(join(RECORDED, `${name}.npy`));
      expect([file.cells, file.length]).toEqual([2, 3]);
      expect([...file.read(1), ...file.read(0)]).toEqual([
        ...VALUES.slice(3),
        ...VALUES.slice(0, 3),
      ]);
      file.close();
    }
    const one = openTraces(join(RECORDED, "f8-one.npy"));
    expect([one.cells, one.length, ...one.read(0)]).toEqual([1, 3, ...VALUES.slice(0, 3)]);
    expect(one.digest()).toBe(
      new Bun.CryptoHasher("sha256").update(recorded("f8-one")).digest("hex"),
    );
    one.close();
  });

  test("refuses what holds no traces, and a file that shrinks while it is read", () => {
    const open = (name: string): string => refusal(() => openTraces(join(RECORDED, name), name));
    expect(open("f8-three.npy")).toContain("expected one or two dimensions (cells × time), got 3");
    expect(open("scalar.npy")).toContain("got 0");
    expect(open("empty.npy")).toContain("its shape (0, 4) holds no samples");
    expect(open("missing.npy")).toBe("Cannot read missing.npy: there is no such file");
    expect(open("")).toContain("it is not a file");
    const path = join(dir, "shrinks.npy");
    writeFileSync(path, recorded("f8-c"));
    const file = openTraces(path);
    writeFileSync(path, recorded("f8-c").subarray(0, 140));
    expect(refusal(() => file.read(1))).toContain("it is cut off");
    expect(file.digest()).toHaveLength(64);
    file.close();
  });
});

describe("saveForTuning()", () => {
  test("writes both files; what describes the array wins over a user's keys", () => {
    const path = join(dir, "tuning");
    const traces = [Float64Array.of(1, 2, 3), [4, 5, 6]];
    saveForTuning(traces, 30, path, { num_cells: 99, dtype: "x", animal: "m7" });
    expect(parseNpy(readFileSync(`${path}.npy`))).toEqual({
      shape: [2, 3],
      data: Float64Array.of(1, 2, 3, 4, 5, 6),
    });
    const metadata = {
      schema_version: "1.0.0",
      sampling_rate_hz: 30,
      num_cells: 2,
      num_timepoints: 3,
      dtype: "float64",
      animal: "m7",
    };
    expect(JSON.parse(readFileSync(`${path}_metadata.json`, "utf8"))).toEqual(metadata);
    expect(loadTuningData(path)).toEqual({
      traces: [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)],
      metadata,
    });
  });

  test("writes one trace as one row", () => {
    const path = join(dir, "one");
    saveForTuning([1, 2], 10, path);
    expect(loadTuningData(path).traces).toEqual([Float64Array.of(1, 2)]);
  });

  test("refuses more dimensions, a wrong rate and a folder that is not there", () => {
    const path = join(dir, "never");
    expect(refusal(() => saveForTuning([[[1]]] as never, 30, path))).toContain("dimensions");
    expect(refusal(() => saveForTuning([1], 0, path))).toContain("fs must be");
    expect(refusal(() => saveForTuning([1], 30, join(dir, "no", "where")))).toContain(
      "Cannot write",
    );
  });
});

describe("loadTuningData()", () => {
  test("refuses when a file is missing or the two disagree", () => {
    const path = join(dir, "broken");
    const load = (): string => refusal(() => loadTuningData(path));
    expect(load()).toContain("broken.npy: there is no such file");
    writeFileSync(`${path}.npy`, recorded("f8-c"));
    expect(load()).toContain("broken_metadata.json: there is no such file");
    writeFileSync(`${path}_metadata.json`, "{");
    expect(load()).toContain("it is not JSON");
    for (const text of ["null", "5", "{}", '{"sampling_rate_hz": "x"}']) {
      writeFileSync(`${path}_metadata.json`, text);
      expect(load()).toContain("has no sampling_rate_hz");
    }
    const said = { sampling_rate_hz: 30, num_cells: 3, num_timepoints: 3 };
    writeFileSync(`${path}_metadata.json`, JSON.stringify(said));
    expect(load()).toContain("it describes 3 × 3 values, and the array has 2 × 3");
    writeFileSync(`${path}.npy`, recorded("f8-three"));
    expect(load()).toContain("expected two dimensions (cells × time), got 3");
  });
});
