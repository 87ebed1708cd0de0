/**
 * Regular expressions beside CPython's `re`: all matches of typical patterns in
 * one text, the first time in a process and later, and what a short pattern
 * costs from its source to its first match.
 */
import { join } from "node:path";
import { compilePattern } from "../../../src/python/regex/pattern.ts";
import { matches } from "../../../src/python/regex/scan.ts";

const PYTHON = "/usr/bin/python3";
const ROUNDS = 9;

interface Bench {
  name: string;
  pattern: string;
  flags: number;
}

interface Timed {
  first: number;
  least: number;
  count: number;
}

const LINE =
  '2024-03-17 12:45:01 INFO server.http - GET /api/v1/users?id=42&name="Ann Lee" from 192.168.1.77 user@example.com took 12.5ms Sherlock Holmes\n';
const SUBJECT = Array.from({ length: 1000 }, (_, at) => `${at} ${LINE}`).join("");

const BENCHES: readonly Bench[] = [
  { name: "literal", pattern: "Sherlock", flags: 0 },
  { name: "literal, ignoring case", pattern: "sherlock", flags: 2 },
  { name: "words", pattern: String.raw`\w+`, flags: 0 },
  { name: "numbers", pattern: String.raw`\d+`, flags: 0 },
  { name: "date, groups", pattern: String.raw`(\d{4})-(\d{2})-(\d{2})`, flags: 0 },
  { name: "mail address", pattern: String.raw`[\w.+-]+@[\w-]+\.[\w.-]+`, flags: 0 },
  { name: "IP address", pattern: String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`, flags: 0 },
  { name: "alternatives", pattern: "GET|POST|PUT|DELETE|PATCH", flags: 0 },
  { name: "quoted string", pattern: String.raw`"(?:[^"\\]|\\.)*"`, flags: 0 },
  { name: "key=value", pattern: String.raw`(?P<key>\w+)=(?P<value>"[^"]*"|\w+)`, flags: 0 },
  { name: "whole lines", pattern: String.raw`^(\d+) (.*?) - (.*)$`, flags: 8 },
  { name: "lazy", pattern: "from.*?took", flags: 0 },
  { name: "look-around", pattern: String.raw`(?<=id=)\d+(?=&)`, flags: 0 },
  {
    name: "tokens",
    pattern: String.raw`(?P<n>\d+(?:\.\d*)?)|(?P<id>[A-Za-z_]\w*)|(?P<op>[-+*/=.&?:"@])|(?P<s>\s+)`,
    flags: 0,
  },
  { name: "backreference", pattern: String.raw`(\w)\1`, flags: 0 },
];

function once({ pattern, flags }: Bench): { ms: number; count: number } {
  const compiled = compilePattern(pattern, flags);
  const started = performance.now();
  let count = 0;
  for (const _ of matches(compiled, SUBJECT)) count++;
  return { ms: performance.now() - started, count };
}

async function python(): Promise<Timed[]> {
  const jobs = BENCHES.map((one) => ({ ...one, subject: SUBJECT, rounds: ROUNDS }));
  const child = Bun.spawn([PYTHON, join(import.meta.dir, "regex.py")], {
    stdin: new Blob([JSON.stringify(jobs)]),
    stdout: "pipe",
    stderr: "inherit",
  });
  return (await new Response(child.stdout).json()) as Timed[];
}

export async function bench(): Promise<void> {
  const theirs = await python();
  console.log(
    `\nall matches in ${SUBJECT.length} characters; ratios to CPython  (aim: at most ×2)`,
  );
  let product = 1;
  let firstProduct = 1;
  for (const [at, one] of BENCHES.entries()) {
    const runs = Array.from({ length: ROUNDS }, () => once(one));
    const { first, least, count } = theirs[at]!;
    if (runs[0]!.count !== count) throw new Error(`${one.name}: ${runs[0]!.count} for ${count}`);
    const ours = Math.min(...runs.map(({ ms }) => ms));
    product *= ours / least;
    firstProduct *= runs[0]!.ms / first;
    console.log(
      `  ${one.name.padEnd(24)} ${least.toFixed(2).padStart(8)} ${ours.toFixed(2).padStart(8)} ms` +
        `  ×${(ours / least).toFixed(2)}, first run ×${(runs[0]!.ms / first).toFixed(2)}  (${count})`,
    );
  }
  const mean = (value: number): string => (value ** (1 / BENCHES.length)).toFixed(2);
  console.log(`  geometric mean ×${mean(product)}, first run ×${mean(firstProduct)}`);
}
