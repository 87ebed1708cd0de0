/**
 * Records what CPython prints for the programs of the first seeds, as digests, for
 * the tests; to be run again when the grammar changes.
 *
 *   bun test/oracles/python/record-fuzz.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Contestant } from "../../bench/contestant.ts";
import { PYTHON } from "./cases.ts";
import { program, withoutAddresses } from "./generate.ts";

const PROGRAMS = 200;
const FIXTURE = join(import.meta.dir, "../../fixtures/python/fuzz.json");
const script = join(import.meta.dir, "../../bench/python/peers/cpython.py");

const digest = (text: string): string => new Bun.CryptoHasher("sha1").update(text).digest("hex");
const python = new Contestant("CPython", [PYTHON, script]);
const recorded: { program: string; output: string }[] = [];
for (let seed = 1; seed <= PROGRAMS; seed++) {
  const source = program(seed);
  const { output } = (await python.ask(JSON.stringify({ source }))) as { output: string };
  recorded.push({ program: digest(source), output: digest(withoutAddresses(output)) });
}
await python.end();
writeFileSync(FIXTURE, `${JSON.stringify(recorded, null, 2)}\n`);
