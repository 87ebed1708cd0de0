import { relative, resolve } from "node:path";
import { checkLambda, checkStop, checkTimes } from "../deconvolution/check.ts";
import { deconvolveFile } from "../deconvolution/job.ts";
import { EXIT, KataError } from "../errors.ts";
import { chooseDevice } from "../session/device.ts";
import { DEVICE_CHOICES } from "../session/request.ts";
import { createProgress } from "../ui/progress.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { outcome, pace } from "./deconvolve-text.ts";

/** Milliseconds between two looks of the progress line. */
const REDRAW_MS = 100;

/** `kata deconvolve`: what was written on stdout, how it went on stderr. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { cwd, stdout, stderr, log, signal } = context;
  const numbers = {
    fs: needed(args, "fs"),
    tauRise: needed(args, "tau-rise"),
    tauDecay: needed(args, "tau-decay"),
    lambda: args.number("lambda") ?? 0.01,
    tolerance: args.number("tolerance") ?? 1e-6,
    maxIterations: args.number("max-iterations") ?? 2000,
  };
  checkTimes(numbers, flagOf);
  checkLambda(numbers.lambda, flagOf("lambda"));
  checkStop(numbers.tolerance, numbers.maxIterations, flagOf);
  const output = resolve(cwd, missing(args.text("out"), "out"));
  const choice = DEVICE_CHOICES.find((one) => one === args.text("device")) ?? "auto";
  const progress = createProgress(stderr);
  const started = performance.now();
  let [drawn, first] = [-Infinity, -1];
  const summary = await deconvolveFile({
    ...numbers,
    input: resolve(cwd, args.required("traces")),
    output,
    device: await chooseDevice(choice),
    plot: cellsOf(args.text("plot")),
    force: args.has("force"),
    naming: flagOf,
    signal,
    onProgress(done, total) {
      const now = performance.now();
      if (first < 0) first = done;
      if (now - drawn < REDRAW_MS) return;
      drawn = now;
      progress.update(done, total, pace(done, total, done - first, now - started));
    },
  }).finally(progress.end);
  const name = (path: string): string => relative(cwd, path);
  const { finished, cells, picture } = summary;
  if (finished === cells) stdout.write(`${name(output)}\n`);
  if (picture !== undefined) stdout.write(`${name(picture)}\n`);
  log.info(outcome(summary, performance.now() - started));
  if (finished < cells) log.warn("Interrupted", "the same call goes on from here");
  return finished === cells ? EXIT.passed : EXIT.interrupted;
}

/** `tauRise` as `--tau-rise`. */
function flagOf(argument: string): string {
  return `--${argument.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function needed(args: Arguments, flag: string): number {
  return Number(missing(args.text(flag), flag));
}

function missing(value: string | undefined, flag: string): string {
  if (value !== undefined) return value;
  throw new KataError("missing-flag", `Missing flag --${flag} for kata deconvolve`, {
    hint: "see kata deconvolve --help",
  });
}

/** `0,3,7` as numbers of cells. */
function cellsOf(text: string | undefined): number[] {
  if (text === undefined) return [];
  if (/^\d{1,9}(,\d{1,9})*$/.test(text)) return text.split(",").map(Number);
  throw new KataError("bad-value", `Cannot parse --plot ${JSON.stringify(text)}`, {
    hint: "cells are whole numbers from 0, with commas between them: --plot 0,3,7",
  });
}
