/** How long the executable takes to say its version, against one that does nothing. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, interleave, printRatios } from "./measure.ts";

const ROOT = join(import.meta.dir, "../..");

export async function bench(): Promise<void> {
  const dir = join(ROOT, "dist/bench");
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "empty.ts"), "export {};\n");
  const empty = join(dir, "empty");
  await command([
    process.execPath,
    "build",
    "--compile",
    "--bytecode",
    "--format=esm",
    "--minify",
    "--no-compile-autoload-bunfig",
    "--no-compile-autoload-dotenv",
    join(dir, "empty.ts"),
    "--outfile",
    empty,
  ]);
  const timings = await interleave(
    [
      { name: "kata --version", run: () => command([join(ROOT, "dist/kata"), "--version"]) },
      { name: "an empty compiled program", run: () => command([empty]) },
    ],
    40,
  );
  printRatios("start", timings, "at most ×1.5");
}
