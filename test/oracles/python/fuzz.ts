/**
 * Runs random programs under CPython and under another implementation, a process
 * each, and compares what they print. What differs is cut down by deleting lines.
 *
 *   bun test/oracles/python/fuzz.ts [--programs 100000] [--from 1] [--runner kata]
 *       [--differences 20] [--python /usr/bin/python3]
 *
 * A runner is one of the benchmark's peers (kata, monty, pyodide), or a command
 * that reads programs as they do: a line of JSON each, `{source}`, answered by a
 * line `{output, error?}`.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Contestant } from "../../bench/contestant.ts";
import { program, withoutAddresses } from "./generate.ts";
import { PYTHON } from "./cases.ts";

const PEERS = join(import.meta.dir, "../../bench/python/peers");
/** Programs whose process is then replaced, so that none lives on what others left. */
const BATCH = 2000;
/** Programs that are asked at once: neither side waits for the other. */
const GROUP = 50;
const TIMEOUT_MS = 60_000;

interface Answer {
  output: string;
  error?: string;
}

/** Asks one program after another of a process that is replaced now and then. */
class Side {
  readonly #args: readonly string[];
  #process: Contestant;
  #asked = 0;

  constructor(args: readonly string[]) {
    this.#args = args;
    this.#process = new Contestant("", args);
  }

  async ask(source: string): Promise<Answer> {
    const [answer] = await this.askAll([source]);
    return answer ?? { output: "", error: "its process ended, or did not in time" };
  }

  /** The answers to some programs; undefined where one of them ended the process or took too long. */
  async askAll(sources: readonly string[]): Promise<(Answer | undefined)[]> {
    this.#asked += sources.length;
    if (this.#asked > BATCH) await this.#renew(sources.length);
    const { promise, resolve } = Promise.withResolvers<undefined[]>();
    const timer = setTimeout(() => resolve(sources.map(() => undefined)), TIMEOUT_MS);
    const asked = sources.map((source) => this.#process.ask(JSON.stringify({ source })));
    const answers = await Promise.race([Promise.all(asked), promise]);
    clearTimeout(timer);
    if (answers.includes(undefined)) await this.#renew(0);
    return answers as (Answer | undefined)[];
  }

  async #renew(asked: number): Promise<void> {
    await this.end();
    this.#process = new Contestant("", this.#args);
    this.#asked = asked;
  }

  end(): Promise<void> {
    return this.#process.end();
  }
}

/** Both answers to a program where they differ. */
async function differ(source: string): Promise<[Answer, Answer] | undefined> {
  const [theirs, ours] = await Promise.all([python.ask(source), other.ask(source)]);
  return areSame(theirs, ours) ? undefined : [theirs, ours];
}

function areSame(theirs: Answer, ours: Answer): boolean {
  const same = (a: string, b: string): boolean =>
    a === b || withoutAddresses(a) === withoutAddresses(b);
  return (
    same(theirs.output, ours.output) && (theirs.error === undefined) === (ours.error === undefined)
  );
}

/** The seeds of a group whose programs may differ. */
async function suspects(from: number, count: number): Promise<number[]> {
  const seeds = Array.from({ length: count }, (_, i) => from + i);
  const sources = seeds.map(program);
  const [theirs, ours] = await Promise.all([python.askAll(sources), other.askAll(sources)]);
  return seeds.filter((_, i) => {
    const [a, b] = [theirs[i], ours[i]];
    return a === undefined || b === undefined || !areSame(a, b);
  });
}

/** Few lines that still differ, and that CPython still runs to their end. */
async function shrink(source: string): Promise<string> {
  let lines = source.trimEnd().split("\n");
  const without = async (at: number, size: number): Promise<boolean> => {
    const fewer = lines.toSpliced(at, size);
    const both = await differ(`${fewer.join("\n")}\n`);
    if (both === undefined || both[0].error !== undefined) return false;
    lines = fewer;
    return true;
  };
  for (let before = 0; before !== lines.length;) {
    before = lines.length;
    for (let at = 0; at < lines.length; at++) {
      let gone = false;
      for (const size of extents(lines, at).toReversed()) gone ||= await without(at, size);
      if (gone) at--;
    }
  }
  return lines.join("\n");
}

/** How many lines a statement may take from here: itself, with its block, with the clauses after it. */
function extents(lines: readonly string[], at: number): number[] {
  const indent = (line = ""): number => line.length - line.trimStart().length;
  const own = indent(lines[at]);
  const sizes = [1];
  for (let end = at + 1; sizes.length < 6; end++) {
    if (end < lines.length && indent(lines[end]) > own) continue;
    sizes.push(end - at);
    if (end >= lines.length || indent(lines[end]) < own) break;
  }
  return sizes;
}

/** The first line in which two texts differ, of each. */
function firstDifference([theirs, ours]: [Answer, Answer]): string {
  const a = theirs.output.split("\n");
  const b = ours.output.split("\n");
  const at = a.findIndex((line, index) => line !== b[index]);
  const line = at === -1 ? a.length : at;
  const show = ({ error }: Answer, text: string | undefined): string =>
    JSON.stringify(text ?? error ?? "its end").slice(0, 300);
  const ending =
    theirs.error === undefined && ours.error !== undefined ? `\n  error   ${ours.error}` : "";
  return `  CPython ${show(theirs, a[line])}\n  other   ${show(ours, b[line])}${ending}`;
}

const { values } = parseArgs({
  options: {
    programs: { type: "string", default: "100000" },
    from: { type: "string", default: "1" },
    runner: { type: "string", default: "kata" },
    differences: { type: "string", default: "20" },
    python: { type: "string", default: PYTHON },
  },
});
const peers: Record<string, string> = { kata: "kata.ts", monty: "monty.js", pyodide: "pyodide.js" };
const peer = peers[values.runner];
const python = new Side([values.python, join(PEERS, "cpython.py")]);
const other = new Side(
  peer === undefined ? values.runner.split(" ") : [process.execPath, join(PEERS, peer)],
);
const first = Number(values.from);
const count = Number(values.programs);
let differences = 0;
let refused = 0;
let asked = 0;
const started = performance.now();
for (let at = first; at < first + count && differences < Number(values.differences); at += GROUP) {
  const size = Math.min(GROUP, first + count - at);
  asked += size;
  for (const seed of await suspects(at, size)) {
    const source = program(seed);
    const both = await differ(source);
    if (both === undefined) continue;
    if (both[0].error !== undefined) refused++;
    differences++;
    const small = await shrink(source);
    const again = (await differ(`${small}\n`)) ?? both;
    console.log(`seed ${seed}\n${firstDifference(again)}\n${small.replaceAll(/^/gm, "    ")}\n`);
  }
}
await Promise.all([python.end(), other.end()]);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `${asked} programs, ${differences} differ (${refused} that CPython refused), ${seconds} s`,
);
process.exitCode = differences === 0 ? 0 : 1;
