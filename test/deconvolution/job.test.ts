import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatNpy, parseNpy, runDeconvolution } from "../../src/deconvolution/index.ts";
import { deconvolveFile, type JobRequest } from "../../src/deconvolution/job.ts";
import { plotCells } from "../../src/deconvolution/plot.ts";
import { KataError } from "../../src/errors.ts";
import { expectClose, simulate } from "./helpers.ts";

const CELLS = 24;
const LENGTH = 1200;
const TIMES = { tauRise: 0.02, tauDecay: 0.4, fs: 30 } as const;
const traces = simulate(CELLS, LENGTH);
const dir = mkdtempSync(join(tmpdir(), "kata-job-"));
const input = join(dir, "traces.npy");
const output = join(dir, "spikes.npy");

afterAll(() => rmSync(dir, { recursive: true, force: true }));
beforeEach(() => {
  for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true });
  writeFileSync(
    input,
    formatNpy(Float64Array.from(traces.flatMap((row) => [...row])), [CELLS, LENGTH]),
  );
});

function request(change: Partial<JobRequest> = {}): JobRequest {
  return {
    ...TIMES,
    input,
    output,
    lambda: 0.01,
    tolerance: 1e-6,
    maxIterations: 2000,
    device: { device: "cpu" },
    plot: [],
    force: false,
    naming: (name) => `--${name}`,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...change,
  };
}

/** Runs until some cells are finished, and is interrupted then. */
async function interrupted(change: Partial<JobRequest> = {}): Promise<number> {
  const interrupt = new AbortController();
  const { finished } = await deconvolveFile(
    request({
      ...change,
      signal: interrupt.signal,
      onProgress: (done) => {
        if (done > 0) interrupt.abort();
      },
    }),
  );
  expect(finished).toBeGreaterThan(0);
  expect(finished).toBeLessThan(CELLS);
  return finished;
}

async function refusal(change: Partial<JobRequest> = {}): Promise<string> {
  const error = await deconvolveFile(request(change)).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof KataError) return `${error.message}; ${error.hint ?? ""}`;
  throw error ?? new Error("it was accepted");
}

describe("deconvolveFile()", () => {
  test("writes float32, cells × time, and leaves nothing beside it", async () => {
    const seen: number[] = [];
    const summary = await deconvolveFile(request({ onProgress: (done) => seen.push(done) }));
    expect(summary).toMatchObject({
      cells: CELLS,
      length: LENGTH,
      finished: CELLS,
      resumed: 0,
      cut: 0,
    });
    expect(readdirSync(dir).toSorted()).toEqual(["spikes.npy", "traces.npy"]);
    const { shape, data } = parseNpy(readFileSync(output));
    expect(shape).toEqual([CELLS, LENGTH]);
    const exact = runDeconvolution(traces, { ...TIMES, device: "cpu" });
    exact.forEach((row, cell) =>
      expectClose(data.slice(cell * LENGTH, (cell + 1) * LENGTH), row, 0),
    );
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(CELLS);
  });

  test("goes on after an interrupt, and ends with the same bytes", async () => {
    await deconvolveFile(request());
    const whole = readFileSync(output);
    rmSync(output);
    const finished = await interrupted();
    expect(readdirSync(dir).toSorted()).toEqual([
      "spikes.npy.journal",
      "spikes.npy.part",
      "traces.npy",
    ]);
    expect(await deconvolveFile(request())).toMatchObject({ resumed: finished, finished: CELLS });
    expect(readFileSync(output).equals(whole)).toBe(true);
    expect(existsSync(`${output}.journal`)).toBe(false);
  });

  test("goes on over a line that was cut, and the lock of a process that is gone", async () => {
    const finished = await interrupted();
    appendFileSync(`${output}.journal`, '{"done":[[23,12');
    writeFileSync(`${output}.lock`, "999999999");
    expect(await deconvolveFile(request())).toMatchObject({ resumed: finished, finished: CELLS });
    await deconvolveFile(request({ force: true }));
  });

  test("counts cells that maxIterations ended", async () => {
    const { cut, iterations } = await deconvolveFile(request({ maxIterations: 3 }));
    expect([cut, iterations]).toEqual([CELLS, 3 * CELLS]);
  });

  test("refuses to go on with other parameters or traces, by name", async () => {
    await interrupted();
    expect(await refusal({ lambda: 0.02 })).toContain(
      "it was begun with --lambda 0.01, and this call has 0.02",
    );
    expect(await refusal({ fs: 31 })).toContain("--fs 30, and this call has 31");
    expect(await refusal({ tolerance: 1e-5 })).toContain("--tolerance");
    const bytes = readFileSync(input);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(input, bytes);
    expect(await refusal()).toContain("begun with traces with SHA-256 ");
    expect(await deconvolveFile(request({ force: true }))).toMatchObject({
      resumed: 0,
      finished: CELLS,
    });
  });

  test("refuses a damaged journal or part", async () => {
    await interrupted();
    const journal = readFileSync(`${output}.journal`, "utf8");
    const [first = ""] = journal.split("\n");
    for (const text of [
      "nonsense\n",
      '{"schema":"kata.deconvolve/9","parameters":{}}\n',
      "null\n",
      `${first}\n{"done":5}\n`,
      `${first}\nnull\n`,
      `${first}\n{"done":[[99,1,true]]}\n`,
      `${first}\n{"done":[[0,1]]}\n`,
      `${first}\n{"done":[null]}\n`,
    ]) {
      writeFileSync(`${output}.journal`, text);
      expect(await refusal()).toContain("begin anew with --force");
    }
    writeFileSync(`${output}.journal`, journal);
    writeFileSync(`${output}.part`, "short");
    expect(await refusal()).toContain("spikes.npy.part is missing or damaged");
    writeFileSync(`${output}.journal`, "{");
    expect(await deconvolveFile(request())).toMatchObject({ resumed: 0, finished: CELLS });
  });

  test("refuses a result that exists, the traces as a result, and a process at work", async () => {
    writeFileSync(output, "mine");
    expect(await refusal()).toContain("it exists already; name another --out, or begin anew");
    expect(readFileSync(output, "utf8")).toBe("mine");
    expect(await refusal({ output: input, force: true })).toContain("the traces are read from it");
    writeFileSync(`${output}.lock`, String(process.ppid));
    expect(await refusal({ force: true })).toContain("another process is writing it");
    expect(await refusal({ output: join(dir, "no", "where.npy") })).toContain("Cannot write");
  });

  test("leaves nothing behind when the first trace cannot be used", async () => {
    const values = new Float64Array(10).fill(Number.NaN);
    writeFileSync(input, formatNpy(values, [2, 5]));
    expect(await refusal()).toContain(
      "trace of cell 0 must hold finite numbers, got NaN at sample 0",
    );
    expect(readdirSync(dir)).toEqual(["traces.npy"]);
  });

  test("draws the cells that it is asked for, and refuses others before it begins", async () => {
    const { picture } = await deconvolveFile(request({ plot: [3, 0] }));
    expect(picture).toBe(join(dir, "spikes.svg"));
    const svg = readFileSync(join(dir, "spikes.svg"), "utf8");
    expect(svg.indexOf(">cell 3 (")).toBeLessThan(svg.indexOf(">cell 0 ("));
    expect(await refusal({ plot: [CELLS], output: join(dir, "x.npy") })).toContain(
      `Cannot plot cell ${CELLS}: ${input} has ${CELLS} cells, counted from 0`,
    );
  });
});

describe("plotCells()", () => {
  const cell = (
    title: string,
    values: readonly number[],
  ): Parameters<typeof plotCells>[0][number] => ({
    title,
    trace: values,
    reconvolution: values,
    spikes: values.map((value) => Math.max(0, value)),
  });

  test("draws a line through every sample, a bar for every spike, and an axis in seconds", () => {
    const svg = plotCells([cell("a", [0, 1, -1, 0.5])], 2);
    expect(svg.match(/<polyline points="([^"]*)"/)?.[1]?.split(" ")).toHaveLength(4);
    expect(svg.match(/<path d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(2);
    for (const time of ["0", "1", "2"]) expect(svg).toContain(`>${time}</text>`);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test("keeps peaks where samples share a pixel, and its size", () => {
    const values = Array.from({ length: 100_000 }, (_, i) => (i === 77_777 ? 50 : Math.sin(i)));
    const svg = plotCells([cell("long", values)], 30);
    expect(svg.length).toBeLessThan(100_000);
    const ys = [...svg.matchAll(/,(\d+(?:\.\d+)?)[ "]/g)].map(([, y]) => Number(y));
    expect(Math.min(...ys)).toBe(58);
  });

  test("escapes titles, and draws what is flat or a single sample", () => {
    const svg = plotCells([cell('<a & "b">', [5, 5, 5]), cell("one", [0])], 30);
    expect(svg).toContain('&lt;a &amp; "b"&gt;');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});
