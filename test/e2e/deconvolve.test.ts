/** `kata deconvolve` as a stranger calls it: killed, gone on with, and told wrong things. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatNpy, parseNpy } from "../../src/deconvolution/index.ts";
import { simulate } from "../deconvolution/helpers.ts";
import { EXECUTABLE, folder, kata, plainEnvironment, removeFolders } from "./kata.ts";

const CELLS = 60;
const LENGTH = 4000;
const TIMES = ["--fs", "30", "--tau-rise", "0.02", "--tau-decay", "0.4"];
let cwd = "";

beforeAll(() => {
  cwd = folder();
  const write = (name: string, traces: readonly Float64Array[]): void => {
    const values = Float64Array.from(traces.flatMap((row) => [...row]));
    writeFileSync(
      join(cwd, name),
      formatNpy(values, [traces.length, values.length / traces.length]),
    );
  };
  write("traces.npy", simulate(CELLS, LENGTH));
  write("small.npy", simulate(3, 100));
});
afterAll(removeFolders);

const call = (args: string[]): ReturnType<typeof kata> => kata(["deconvolve", ...args], { cwd });

/** Starts the long call and sends a signal once its journal names finished cells. */
async function interrupt(out: string, signal: "SIGKILL" | "SIGINT"): Promise<number | null> {
  const child = Bun.spawn([EXECUTABLE, "deconvolve", "traces.npy", ...TIMES, "--out", out], {
    cwd,
    env: plainEnvironment(),
    stdio: ["ignore", "ignore", "ignore"],
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  const journal = join(cwd, `${out}.journal`);
  const lines = (): number =>
    existsSync(journal) ? readFileSync(journal, "utf8").split("\n").length : 0;
  const before = lines();
  while (child.exitCode === null && lines() <= Math.max(before, 2)) await Bun.sleep(2);
  child.kill(signal);
  return child.exited;
}

describe("kata deconvolve", () => {
  test("does not wait for a pipe that nobody writes to", async () => {
    expect(Bun.spawnSync(["mkfifo", join(cwd, "pipe.npy")]).exitCode).toBe(0);
    const ended = await call(["pipe.npy", ...TIMES, "--out", "none.npy"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("pipe.npy: it is not a file");
  });

  test("goes on after a kill and after Ctrl-C, and ends with the same bytes", async () => {
    const whole = await call(["traces.npy", ...TIMES, "--out", "whole.npy"]);
    expect(whole).toMatchObject({ code: 0, stdout: "whole.npy\n" });
    expect(whole.stderr).toContain(`${CELLS} of ${CELLS} cells of ${LENGTH} samples`);
    await interrupt("parts.npy", "SIGKILL");
    expect(existsSync(join(cwd, "parts.npy"))).toBe(false);
    expect(await interrupt("parts.npy", "SIGINT")).toBe(130);
    const other = await call(["traces.npy", ...TIMES, "--lambda", "0.5", "--out", "parts.npy"]);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain("it was begun with --lambda 0.01, and this call has 0.5");
    const rest = await call(["traces.npy", ...TIMES, "--out", "parts.npy"]);
    expect(rest.code).toBe(0);
    expect(rest.stderr).toContain("by an earlier call");
    const [a, b] = ["whole.npy", "parts.npy"].map((name) => readFileSync(join(cwd, name)));
    expect(b?.equals(a ?? Buffer.alloc(0))).toBe(true);
    expect(readdirSync(cwd).filter((name) => name.startsWith("parts."))).toEqual(["parts.npy"]);
  });

  test("draws what it is asked for, on WebGPU in software too", async () => {
    const args = ["small.npy", ...TIMES, "--tolerance", "0", "--max-iterations", "40"];
    for (const device of ["cpu", "software"]) {
      const found = await call([
        ...args,
        "--device",
        device,
        "--out",
        `${device}.npy`,
        "--plot",
        "2,0",
      ]);
      expect(found).toMatchObject({ code: 0, stdout: `${device}.npy\n${device}.svg\n` });
      expect(found.stderr).toContain("3 ended by --max-iterations");
      expect(readFileSync(join(cwd, `${device}.svg`), "utf8")).toContain(
        ">cell 2 (40 iterations)<",
      );
    }
    const [cpu, software] = ["cpu", "software"].map(
      (name) => parseNpy(readFileSync(join(cwd, `${name}.npy`))).data,
    );
    cpu?.forEach((value, i) => expect(Math.abs(value - (software?.[i] ?? 9))).toBeLessThan(1e-4));
  });

  test("says which argument is wrong, and writes nothing", async () => {
    const right: Record<string, string> = {
      fs: "30",
      "tau-rise": "0.02",
      "tau-decay": "0.4",
      out: "no.npy",
    };
    const cases: [Record<string, string | undefined>, string][] = [
      [{ fs: undefined }, "Missing flag --fs"],
      [{ out: undefined }, "Missing flag --out"],
      [{ fs: "0" }, "--fs must be a positive number of samples a second, got 0"],
      [{ fs: "fast" }, 'Cannot parse --fs "fast": expected a number'],
      [{ "tau-rise": "0.4" }, "--tau-rise must be smaller than --tau-decay, got 0.4 and 0.4"],
      [{ "tau-decay": "-1" }, "--tau-decay must be a positive number of seconds, got -1"],
      [{ lambda: "-1" }, "--lambda must be a finite number that is not negative, got -1"],
      [{ "max-iterations": "0" }, 'Cannot parse --max-iterations "0"'],
      [{ plot: "one" }, 'Cannot parse --plot "one"'],
      [{ plot: "0,3" }, "Cannot plot cell 3:"],
      [{ out: "small.npy", force: "" }, "the traces are read from it"],
      [{ device: "gpu" }, "Cannot use --device gpu: "],
    ];
    for (const [change, message] of cases) {
      // A machine with a GPU has nothing to say here.
      if (change["device"] === "gpu" && existsSync("/dev/nvidia0")) continue;
      const flags = Object.entries({ ...right, ...change }).flatMap(([name, value]) =>
        value === undefined ? [] : value === "" ? [`--${name}`] : [`--${name}=${value}`],
      );
      const { code, stderr, stdout } = await call(["small.npy", ...flags]);
      expect({ code, stdout, said: stderr.includes(message) ? message : stderr }).toEqual({
        code: 2,
        stdout: "",
        said: message,
      });
    }
    expect((await call(["none.npy", ...TIMES, "--out", "no.npy"])).stderr).toContain(
      "no such file",
    );
    writeFileSync(join(cwd, "bad.npy"), "hello");
    expect((await call(["bad.npy", ...TIMES, "--out", "no.npy"])).stderr).toContain(
      "is not a .npy",
    );
    expect(readdirSync(cwd).filter((name) => name.startsWith("no."))).toEqual([]);
  });
});

test("kata start gives an editor the types of kata/deconvolution", async () => {
  const dir = folder();
  expect((await kata(["start", "fista-step"], { cwd: dir })).code).toBe(0);
  const use = 'import { runDeconvolution } from "kata/deconvolution";\n';
  const times = "{ tauRise: 0.02, tauDecay: 0.4, fs: 30 }";
  writeFileSync(
    join(dir, "right.ts"),
    `${use}export const s: Float64Array = runDeconvolution([1, 2], ${times});\n`,
  );
  writeFileSync(
    join(dir, "wrong.ts"),
    `${use}export const s = runDeconvolution("trace", { fs: 30 });\n`,
  );
  const tsc = join(import.meta.dir, "../../node_modules/.bin/tsc");
  const child = Bun.spawn([tsc, "--project", dir], { cwd: dir, stdout: "pipe", timeout: 60_000 });
  const said = await new Response(child.stdout).text();
  expect(said).toContain("wrong.ts(2,");
  expect(
    said.split("\n").filter((line) => /^\S/.test(line) && !line.startsWith("wrong.ts")),
  ).toEqual([]);
});
