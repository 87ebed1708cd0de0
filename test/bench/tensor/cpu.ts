/**
 * Large programs on the cpu device: as JavaScript, as SIMD on this thread, and
 * on both cores. The first candidate of each table computes what the last does.
 */
import { compileProgram } from "../../../src/tensor/cpu/codegen.ts";
import { CpuDevice } from "../../../src/tensor/cpu/device.ts";
import { matmul } from "../../../src/tensor/cpu/matmul.ts";
import { configureDevice, type Storage } from "../../../src/tensor/device.ts";
import {
  binaryExpr,
  constExpr,
  type Expr,
  inputExpr,
  type Program,
  rowsOf,
  unaryExpr,
} from "../../../src/tensor/expr.ts";
import { rand } from "../../../src/tensor/index.ts";
import { interleave, printRatios } from "../measure.ts";

const ROUNDS = 9;
const LENGTH = 2 ** 24;

function filled(device: CpuDevice, length: number): Storage {
  return device.upload(
    "float32",
    Float32Array.from({ length }, (_, i) => ((i * 7919) % 1000) / 1000),
  );
}

/** `a = x·1.5 + 0.5; sqrt(max(a·a − x, 0) + 1)`. */
function chain(): Expr {
  const x = inputExpr(0, "float32");
  const a = binaryExpr(
    "add",
    binaryExpr("mul", x, constExpr(1.5, "float32")),
    constExpr(0.5, "float32"),
  );
  const rest = binaryExpr(
    "maximum",
    binaryExpr("sub", binaryExpr("mul", a, a), x),
    constExpr(0, "float32"),
  );
  return unaryExpr("sqrt", binaryExpr("add", rest, constExpr(1, "float32")));
}

export async function bench(): Promise<void> {
  const one = new CpuDevice({ threads: 1 });
  const two = new CpuDevice();
  await products(one, two);
  await loops(one, two);
  await attention();
}

async function products(one: CpuDevice, two: CpuDevice): Promise<void> {
  const n = 1024;
  const program = { kind: "matmul", dtype: "float32", batch: [], m: n, n, k: n } as const;
  const whole = (storage: Storage): { storage: Storage; strides: number[]; offset: number } => ({
    storage,
    strides: [n, 1],
    offset: 0,
  });
  const candidate = (device: CpuDevice): (() => Promise<void>) => {
    const [a, b] = [whole(filled(device, n * n)), whole(filled(device, n * n))];
    const output = whole(device.allocate("float32", n * n));
    return async () => device.run(program, [a, b], output);
  };
  const [a, b] = [whole(filled(one, n * n)), whole(filled(one, n * n))];
  const arrays = [a, b].map(({ storage }) => one.read(storage, 0, n * n));
  const out = new Float32Array(n * n);
  const timings = await interleave(
    [
      { name: "JavaScript", run: async () => matmul(program, [a, b], arrays, a, out) },
      { name: "SIMD, one thread", run: candidate(one) },
      { name: "SIMD, both threads", run: candidate(two) },
    ],
    ROUNDS,
  );
  printRatios(`matmul ${n}³`, timings, "at least 60 GFLOP/s on two cores");
  for (const { name, min } of timings) {
    console.log(
      `  ${name.padEnd(34)} ${((2 * n ** 3) / min / 1e6).toFixed(1).padStart(8)} GFLOP/s`,
    );
  }
}

async function loops(one: CpuDevice, two: CpuDevice): Promise<void> {
  const programs: [string, Program, number, string][] = [
    [
      "chain of 7 operators over 2²⁴",
      { kind: "elementwise", expr: chain(), shape: [LENGTH], params: [] },
      LENGTH,
      "8 ms",
    ],
    [
      "sum of 2²⁴",
      {
        kind: "reduce",
        reducer: "sum",
        expr: inputExpr(0, "float32"),
        shape: [LENGTH],
        kept: 0,
        params: [],
      },
      1,
      "5 ms",
    ],
    [
      "exp over 2²⁴",
      {
        kind: "elementwise",
        expr: unaryExpr("exp", inputExpr(0, "float32")),
        shape: [LENGTH],
        params: [],
      },
      LENGTH,
      "none",
    ],
  ];
  for (const [title, program, length, aim] of programs) {
    if (program.kind === "matmul") continue;
    const strides = program.kind === "reduce" ? [] : [1];
    const candidate = (device: CpuDevice): (() => Promise<void>) => {
      const input = { storage: filled(device, LENGTH), strides: [1], offset: 0 };
      const output = { storage: device.allocate("float32", length), strides, offset: 0 };
      return async () => device.run(program, [input], output);
    };
    const values = Float32Array.from({ length: LENGTH }, (_, i) => (i % 1000) / 1000);
    const results = new Float32Array(length);
    const rows = program.kind === "reduce" ? rowsOf(program) : undefined;
    const code = compileProgram(rows?.expr ?? program.expr, 1, 1, rows);
    const js = async (): Promise<void> =>
      code([values], results, [LENGTH], [0, 0], [[1], strides], []);
    const timings = await interleave(
      [
        { name: "JavaScript", run: js },
        { name: "SIMD, one thread", run: candidate(one) },
        { name: "SIMD, both threads", run: candidate(two) },
      ],
      ROUNDS,
    );
    printRatios(title, timings, aim);
  }
}

async function attention(): Promise<void> {
  configureDevice({ device: "cpu" });
  const [q, k, v] = [rand([2, 8, 128, 64]), rand([2, 8, 128, 64]), rand([2, 8, 128, 64])];
  const scores = q.matmul(k.transpose(2, 3));
  const timings = await interleave(
    [
      { name: "its two matmuls", run: async () => void q.matmul(k.transpose(2, 3)).matmul(v) },
      { name: "softmax of [2, 8, 128, 128]", run: async () => void scores.softmax(-1) },
      {
        name: "softmax(QKᵀ/√d)V",
        run: async () => {
          const weights = q.matmul(k.transpose(2, 3)).mul(0.125).softmax(-1);
          weights.matmul(v).get(0, 0, 0, 0).item();
        },
      },
    ],
    200,
  );
  printRatios("attention over [2, 8, 128, 64]", timings, "a third of jax-js under jit, 3.1 ms");
}
