/** Kata as a test runner of Exercism (https://exercism.org/docs/building/tooling/test-runners/interface). */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { EXIT, KataError } from "../errors.ts";
import { writeWhole } from "../plugins/sink.ts";
import type { SandboxRequest } from "./confinement.ts";
import type { DeviceChoice, RunSurroundings } from "./request.ts";
import { runKatas } from "./session.ts";

export interface ExercismRequest {
  /** The kata's id. */
  slug: string;
  /** The folder with the solution; only read. */
  input: string;
  /** The folder for `results.json`; made where it is missing. */
  output: string;
  device: DeviceChoice;
  katas?: string;
  sandbox: SandboxRequest;
  cwd: string;
}

/** Errors that say something about the solution, and not about the call. */
const OF_THE_SOLUTION = new Set(["solution-not-found", "path-unloadable", "language-not-found"]);

/**
 * Runs the kata on the input's solution and writes `results.json`. Returns the
 * exit code, which is 0 whenever that file says how the solution did.
 *
 * @throws KataError when there is no such kata, or a folder cannot be used
 */
export async function runExercise(
  request: ExercismRequest,
  surroundings: RunSurroundings,
): Promise<number> {
  const { slug, device, katas } = request;
  const input = resolve(request.cwd, request.input);
  if (statSync(input, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new KataError(
      "input-not-found",
      `Cannot read the input ${request.input}: no such folder`,
    );
  }
  const file = join(resolve(request.cwd, request.output), "results.json");
  try {
    const { exit } = await runKatas(
      {
        selector: slug,
        solution: findSolution(slug, input),
        reference: false,
        bail: false,
        device,
        reporters: [{ name: "exercism", file }],
        // The input is a stranger's, its settings included.
        sandbox: { ...request.sandbox, folder: request.cwd },
        cwd: input,
        ...(katas === undefined ? {} : { katas: resolve(request.cwd, katas) }),
      },
      surroundings,
    );
    return exit === EXIT.failed ? EXIT.passed : exit;
  } catch (error) {
    if (!(error instanceof KataError) || !OF_THE_SOLUTION.has(error.code)) throw error;
    const results = { version: 2, status: "error", message: error.message, tests: [] };
    writeWhole(file, `${JSON.stringify(results, null, 2)}\n`, "results.json");
    return EXIT.passed;
  }
}

/** What `.meta/config.json` names, else a file that is called as the exercise is. */
function findSolution(slug: string, input: string): string {
  const names = [...configured(input), ...["ts", "py"].map((end) => `${slug}.${end}`)];
  const snake = slug.replaceAll("-", "_");
  names.push(`${snake}.ts`, `${snake}.py`);
  const found = names.find((name) => existsSync(join(input, name)));
  if (found !== undefined) return found;
  const sources = readdirSync(input).filter(
    (name) => /\.(?:ts|py)$/.test(name) && !/\.test\.ts$|^test_|_test\.py$|\.d\.ts$/.test(name),
  );
  const [only] = sources;
  if (only !== undefined && sources.length === 1) return only;
  throw new KataError("solution-not-found", `Template not found: ${slug}.ts`);
}

function configured(input: string): string[] {
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(join(input, ".meta/config.json"), "utf8"));
  } catch {
    return [];
  }
  const { files } = Object(config) as { files?: { solution?: unknown } };
  const names: unknown = files?.solution;
  if (!Array.isArray(names)) return [];
  return names.filter((name): name is string => typeof name === "string");
}
