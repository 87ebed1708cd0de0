/**
 * Compares live with programs that others wrote, where the tests hold
 * themselves against what those once said. Installs Debian's packages when they
 * are not there; needs root and Debian, and is no part of the tests.
 *
 *   npm run test:oracles [numpy] [pytest] [python-numeric] [python-regex] [python-syntax] [torch]
 */
import { existsSync } from "node:fs";

/** An oracle: what to install, and its comparison, which throws when something differs. */
export interface Oracle {
  /** Debian's packages. */
  packages: readonly string[];
  /** Exits 0 where they work. */
  probe: readonly string[];
  /** Returns what was compared, in words. */
  compare: () => Promise<string>;
}

const ORACLES: Record<string, () => Promise<Oracle>> = {
  numpy: async () => (await import("./numpy.ts")).numpy,
  pytest: async () => (await import("./pytest.ts")).pytest,
  "numpy-module": async () => (await import("./python/numpy-module.ts")).numpyModule,
  "python-numeric": async () => (await import("./python-numeric.ts")).pythonNumeric,
  "python-symbols": async () => (await import("./python-symbols.ts")).pythonSymbols,
  "python-regex": async () => (await import("./python-regex.ts")).pythonRegex,
  "python-syntax": async () => (await import("./python-syntax.ts")).pythonSyntax,
  einops: async () => (await import("./python/einops.ts")).einops,
  torch: async () => (await import("./python/torch.ts")).torch,
  "python-text": async () => (await import("./python-text.ts")).pythonText,
};

async function run(command: readonly string[]): Promise<boolean> {
  const child = Bun.spawn([...command], { stdin: "ignore", stdout: "ignore", stderr: "inherit" });
  return (await child.exited) === 0;
}

async function install({ packages, probe }: Oracle): Promise<void> {
  if (existsSync(probe[0] ?? "") && (await run(probe))) return;
  console.log(`installing ${packages.join(", ")}`);
  await run(["apt-get", "update", "-qq"]);
  await run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...packages]);
  if (!(await run(probe))) throw new Error(`Cannot install ${packages.join(", ")}`);
}

const wanted = process.argv.slice(2);
let failed = 0;
for (const name of wanted.length === 0 ? Object.keys(ORACLES) : wanted) {
  const load = ORACLES[name];
  if (load === undefined) {
    throw new Error(`Unknown oracle ${name}; there are ${Object.keys(ORACLES).join(", ")}`);
  }
  try {
    const oracle = await load();
    await install(oracle);
    console.log(`ok  ${name}: ${await oracle.compare()}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
