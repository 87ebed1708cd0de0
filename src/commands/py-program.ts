/** Which program `kata py` runs, where it is, and what it is granted. */
import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { KataError } from "../errors.ts";
import type { Mount, RunOptions } from "../python/index.ts";
import type { Arguments } from "./command.ts";
import { readProgram, standardInput } from "./py-stdin.ts";

export interface PythonProgram {
  readonly source: string | Uint8Array;
  /** What tracebacks call it. */
  readonly filename: string;
  readonly argv: readonly string[];
  /** Where its own modules are; a program without a file has none. */
  readonly folder?: string;
}

/** Modules of the library that are programs too: all they take is to be imported. */
const PROGRAMS: readonly string[] = ["unittest"];

/** The program of the arguments; `undefined` when they name none. Throws a KataError when it cannot be read. */
export function programOf(args: Arguments, cwd: string): PythonProgram | undefined {
  const rest = args.list("arguments");
  const code = args.text("code");
  if (code !== undefined) {
    return { source: `${code}\n`, filename: "<string>", argv: ["-c", ...rest] };
  }
  const module = args.text("module");
  if (module !== undefined) return moduleOf(module, rest, cwd);
  const file = args.text("file");
  if (file === undefined) return undefined;
  if (file === "-") return { source: readProgram(), filename: "<stdin>", argv: ["-", ...rest] };
  const path = resolve(cwd, file);
  return {
    source: contentsOf(path, file),
    filename: path,
    argv: [file, ...rest],
    folder: dirname(path),
  };
}

/** What is read from stdin when it is no terminal, and no program is named. */
export function programOfStdin(): PythonProgram {
  return { source: readProgram(), filename: "<stdin>", argv: [""] };
}

function moduleOf(name: string, rest: readonly string[], cwd: string): PythonProgram {
  if (PROGRAMS.includes(name)) {
    const source = `import ${name}.__main__\n`;
    return { source, filename: "<string>", argv: [`${name}/__main__.py`, ...rest], folder: cwd };
  }
  const path = resolve(cwd, ...name.split("."));
  const file = isFile(`${path}.py`) ? `${path}.py` : `${path}/__main__.py`;
  if (!/^[\p{L}\p{N}_.]+$/u.test(name) || !isFile(file)) {
    throw new KataError("module-not-found", `No module named ${name}`, {
      hint: `${name} would be here, or one of these: ${PROGRAMS.join(", ")}`,
    });
  }
  return { source: contentsOf(file, file), filename: file, argv: [file, ...rest], folder: cwd };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** A program's text, which tracebacks then know; bytes where it names an encoding, or is not UTF-8. */
function contentsOf(path: string, name: string): string | Uint8Array {
  try {
    const bytes = readFileSync(path);
    const isPlain = !/coding[:=]/.test(bytes.subarray(0, 400).toString("latin1"));
    return isPlain && isUtf8(bytes)
      ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)
      : bytes;
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : cause;
    throw new KataError("file-unreadable", `Cannot open ${name}: ${String(why)}`, { cause });
  }
}

/** What the flags grant and limit. */
export function optionsOf(args: Arguments, program: PythonProgram, cwd: string): RunOptions {
  const files = mountsOf(args, program.folder, cwd);
  const number = (name: string, unit: number, most: number): number => {
    const value = args.number(name);
    return value === undefined ? most : value * unit;
  };
  const memory = args.number("max-memory");
  const depth = args.number("max-depth");
  const seed = args.number("seed");
  return {
    filename: program.filename,
    argv: program.argv,
    cwd,
    stdin: standardInput(),
    env: args.list("allow-env"),
    ...(files.length === 0 ? {} : { files, path: [program.folder ?? cwd] }),
    ...(args.has("no-clock") ? { clock: false } : {}),
    ...(seed === undefined ? {} : { random: seed }),
    maxSteps: number("max-steps", 1, 1e15),
    maxTimeMs: number("max-time", 1000, 1e12),
    // What is kept for a report has its limit by default.
    maxOutput: number("max-output", 1, args.has("json") ? 1e7 : 1e15),
    ...(memory === undefined ? {} : { maxMemory: memory * 2 ** 20 }),
    ...(depth === undefined ? {} : { maxDepth: depth }),
    profile: args.has("profile"),
  };
}

/** The folders of the flags, and the program's own modules; of two grants for one folder the wider counts. */
function mountsOf(args: Arguments, own: string | undefined, cwd: string): Mount[] {
  const mounts = new Map<string, Mount>();
  if (own !== undefined) mounts.set(own, { at: own, sources: own });
  for (const [flag, write] of [
    ["allow-read", false],
    ["allow-write", true],
  ] as const) {
    for (const given of args.list(flag)) {
      const directory = resolve(cwd, given);
      if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
        throw new KataError("no-folder", `Cannot use --${flag} ${given}: it is no folder`, {
          hint: "grant the folder that a file is in",
        });
      }
      mounts.set(directory, { at: directory, directory, write });
    }
  }
  // A folder inside of one that is granted wholly needs no grant of its own.
  const granted = [...mounts.values()].flatMap((one) =>
    "directory" in one ? [one.directory] : [],
  );
  return [...mounts.values()].filter(
    (one) =>
      !("sources" in one && granted.some((folder) => `${one.sources}/`.startsWith(`${folder}/`))),
  );
}
