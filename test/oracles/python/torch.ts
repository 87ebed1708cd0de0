/**
 * Holds our torch against Debian's: the programs of test/pymodules as they stand, and calls at random of
 * everything it exposes (torch_calls.py), over shapes, dtypes and arguments: values, dtypes, shapes,
 * strides, what shares memory, gradients, errors. `--record` writes what the tests go by instead.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { differences, outputOf, shownBy } from "../../pymodules/run.ts";
import type { Oracle } from "../all.ts";

const PYTHON = "/usr/bin/python3";
const PROBE = join(import.meta.dir, "torch_probe.py");
const SERVER = join(import.meta.dir, "torch_server.py");
const TESTS = join(import.meta.dir, "../../pymodules");

/** Names that no call of numbers can be made of: classes, settings, submodules. */
const ALONE = new Set(readFileSync(join(import.meta.dir, "torch_alone.txt"), "utf8").split(/\s+/));

const NAMES = `
import json, torch, torch.nn as nn, torch.nn.functional as F, torch._more as more, torch._linalg as linalg, torch.linalg
import torch.special, torch.optim.lr_scheduler, types, torch.nn._functional as functional
rooms = {"torch": [torch, more], "Tensor": [torch.Tensor], "F": [F, functional], "nn": [nn], "linalg": [torch.linalg, linalg], "special": [torch.special], "init": [nn.init], "optim": [torch.optim], "sched": [torch.optim.lr_scheduler]}
dunder = "add sub mul truediv floordiv mod pow eq ne lt le gt ge radd rsub rmul rtruediv rfloordiv rmod rpow iadd isub imul itruediv ifloordiv imod ipow and or xor iand ior ixor rand ror rxor lshift rshift matmul contains reversed getitem setitem len bool neg abs invert pos float int index repr str format".split()
found = {}
for room, modules in rooms.items():
    names = {n: getattr(m, n) for m in modules for n in [*dir(m), *getattr(m, "__all__", [])]}
    found[room] = [n for n, v in names.items() if (not n.startswith("_") or room == "Tensor" and n[2:-2] in dunder) and not isinstance(v, types.ModuleType)]
found["torch"] += sorted(more.FUNCTIONAL) + ["svd", "qr", "pinverse", "slogdet", "matrix_exp"]
found["Tensor"] += sorted(more.METHODS) + [n + "_" for n in more.IN_PLACE]
print(json.dumps({room: sorted(set(names)) for room, names in found.items()}))
`;

function python(path: string): string {
  const child = Bun.spawnSync([PYTHON, "-W", "ignore", path], { stderr: "pipe" });
  if (child.exitCode !== 0) throw new Error(child.stderr.toString());
  return child.stdout.toString();
}

type Call = readonly [what: string, source: string];

/** A process that answers calls, and the calls it drew of what ours exposes. */
async function openServer(
  seed: number,
  rounds: number,
): Promise<{
  calls: Call[];
  left: string[];
  answers: (of: readonly Call[]) => Promise<unknown[]>;
}> {
  const child = Bun.spawn([PYTHON, SERVER], { stdin: "pipe", stdout: "pipe", stderr: "inherit" });
  const lines = linesOf(child.stdout);
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${PYTHON} ended after ${await child.exited}`);
    return JSON.parse(value) as unknown;
  };
  const exposed: unknown = JSON.parse(outputOf(NAMES));
  void child.stdin.write(`${JSON.stringify({ seed, rounds, exposed })}\n`);
  await child.stdin.flush();
  child.unref();
  const { calls, left } = (await next()) as { calls: Call[]; left: string[] };
  return {
    calls,
    left: left.filter((name) => !ALONE.has(name)),
    answers: async (of) => {
      void child.stdin.write(of.map(([, source]) => `${JSON.stringify(source)}\n`).join(""));
      // Read meanwhile: pipes hold little.
      const written = child.stdin.end();
      const found: unknown[] = [];
      while (found.length < of.length) found.push(await next());
      await written;
      return found;
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

const programs = (): string[] =>
  readdirSync(join(TESTS, "programs")).filter((name) => name.endsWith(".py"));

const probe = (): string => readFileSync(PROBE, "utf8");

async function compareCalls(seed: number, rounds: number): Promise<string> {
  const { calls, left, answers } = await openServer(seed, rounds);
  const wanted = answers(calls);
  const found = shownBy(
    probe(),
    calls.map(([, source]) => source),
  );
  const counts: Record<string, number> = {};
  const lines: string[] = [];
  for (const [i, want] of (await wanted).entries()) {
    const kinds = differences(want, found[i]);
    for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
    if (kinds.length === 0) continue;
    const show = (value: unknown): string => JSON.stringify(value);
    const [what, source] = calls[i]!;
    lines.push(
      `  [${kinds.join(", ")}] ${what} ${source}\n      ${show(want)}\n      ${show(found[i])}`,
    );
  }
  console.log(lines.join("\n"));
  if (left.length > 0) throw new Error(`no calls are written of ${left.join(", ")}`);
  const total = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  const functions = new Set(calls.map(([what]) => what)).size;
  const text = `${functions} functions and methods, ${calls.length} calls (seed ${seed}): ${total.join(", ") || "no differences"}`;
  if ((counts["value"] ?? 0) > calls.length / 100) throw new Error(text);
  return text;
}

export const torch: Oracle = {
  packages: ["python3-torch", "python3-numpy"],
  probe: [PYTHON, "-c", "import torch, numpy"],
  compare: async () => {
    const wrong = programs().filter((name) => {
      const path = join(TESTS, "programs", name);
      return outputOf(readFileSync(path, "utf8")) !== python(path);
    });
    if (wrong.length > 0) throw new Error(`other output from ${wrong.join(", ")}`);
    const [seed = Math.floor(Date.now() / 1000), rounds = 4] = (process.env["TORCH_CALLS"] ?? "")
      .split(",")
      .filter(Boolean)
      .map(Number);
    return `${programs().length} programs; ${await compareCalls(seed, rounds)}`;
  },
};

/** Of a recorded call, in characters. */
const LONGEST = 900;

/** A call in every function's name, with what it gives; those that differ are the oracle's to list. */
async function record(): Promise<void> {
  for (const name of programs()) {
    const path = join(TESTS, "programs", name);
    writeFileSync(path.replace(/py$/, "out"), python(path));
  }
  const { calls, answers } = await openServer(20, 1);
  const wanted = await answers(calls);
  const found = shownBy(
    probe(),
    calls.map(([, source]) => source),
  );
  // One short call of each: the rest is the oracle's to ask.
  const kept = new Map<string, string>();
  for (const [i, [what, source]] of calls.entries()) {
    const line = JSON.stringify([source, wanted[i]]);
    if (line.length > LONGEST || kept.has(what)) continue;
    if (differences(wanted[i], found[i]).length === 0) kept.set(what, line);
  }
  writeFileSync(join(TESTS, "cases.ndjson"), [...kept.values()].map((one) => `${one}\n`).join(""));
  console.log(`recorded ${kept.size} of ${calls.length} calls`);
}

if (import.meta.main && process.argv.includes("--record")) await record();
