/**
 * The plugin API only grows. Its declarations of the last release stand in
 * `test/golden/plugin-api`; what was written for them has to fit what there is
 * now. `UPDATE_GOLDEN=1` writes them anew, unless something broke: then remove
 * the folder first, and raise the version that `kata help stability` names.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dir, "../..");
const GOLDEN = join(ROOT, "test/golden/plugin-api");
/** Formatters and the compiler are to leave them alone. */
const SUFFIX = ".txt";
const TSC = join(ROOT, "node_modules/.bin/tsc");
const dir = mkdtempSync(join(tmpdir(), "kata-api-"));

afterAll(() => rmSync(dir, { recursive: true }));

/** Compiles files under the project's own options; what the compiler has to say. */
function compile(folder: string, files: readonly string[], options: object): string {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "tsconfig.json");
  const extend = { extends: join(ROOT, "tsconfig.json"), include: [], files };
  writeFileSync(config, JSON.stringify({ ...extend, compilerOptions: options }));
  const { stdout, stderr } = Bun.spawnSync([TSC, "--project", config], { timeout: 60_000 });
  return stdout.toString() + stderr.toString();
}

/** The declarations as they are now, by their paths below `src`. */
function declarations(): Map<string, string> {
  const out = join(dir, "now");
  const options = {
    types: [join(ROOT, "node_modules/@types/bun")],
    noEmit: false,
    emitDeclarationOnly: true,
    rootDir: join(ROOT, "src"),
    outDir: out,
  };
  const said = compile(join(dir, "emit"), [join(ROOT, "src/plugins/reporter.ts")], options);
  expect(said).toBe("");
  const paths = [...new Bun.Glob("**/*.d.ts").scanSync({ cwd: out })].toSorted();
  return new Map(
    paths.map((path) => {
      const text = readFileSync(join(out, path), "utf8");
      // Private names make a class unlike any other, its own later self too.
      return [path, text.replaceAll(/^ +#private;\n/gm, "").replaceAll(/^ +readonly #.*\n/gm, "")];
    }),
  );
}

function place(files: ReadonlyMap<string, string>, folder: string, suffix = ""): void {
  for (const [name, text] of files) {
    const path = name + suffix;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const CHECK = `import type * as Before from "./before/plugins/reporter.d.ts";
import type * as Now from "./after/plugins/reporter.d.ts";

// Whatever was exported still is, and can be called as before.
declare const exported: typeof Now;
export const before: typeof Before = exported;

// A reporter of before reads each event that it knew, and what it is told of its surroundings.
type Named<Event, Name> = Extract<Event, { event: Name }>;
type Name = Before.KataEvent["event"];
declare const events: { [N in Name]: Named<Now.KataEvent, N> };
export const readable: { [N in Name]: Named<Before.KataEvent, N> } = events;
declare const context: Now.ReporterContext;
export const told: Before.ReporterContext = context;
declare const verdict: Now.Verdict;
export const judged: Before.Verdict = verdict;

// What it proposes and exports is still taken.
declare const action: Before.Action;
export const proposed: Now.Action = action;
declare const create: Before.CreateReporter;
export const created: Now.CreateReporter = create;
declare const spec: Before.ReporterSpec;
export const described: Now.ReporterSpec = spec;
`;

interface Change {
  before: ReadonlyMap<string, string>;
  after: ReadonlyMap<string, string>;
}

/** For each change, what breaks of what was written for `before`; empty: nothing. All at once. */
function breaks(changes: readonly Change[]): string[] {
  const folder = mkdtempSync(join(dir, "check-"));
  const files = changes.map(({ before, after }, at) => {
    place(before, join(folder, `${at}/before`));
    place(after, join(folder, `${at}/after`));
    writeFileSync(join(folder, `${at}/check.ts`), CHECK);
    return join(folder, `${at}/check.ts`);
  });
  const said = compile(folder, files, { types: [], isolatedDeclarations: false });
  return changes.map((_, at) =>
    said
      .split("\n")
      .filter((line) => line.includes(`/${at}/`))
      .join("\n"),
  );
}

function golden(): Map<string, string> {
  const paths = [...new Bun.Glob(`**/*${SUFFIX}`).scanSync({ cwd: GOLDEN })].toSorted();
  return new Map(
    paths.map((path) => [path.slice(0, -SUFFIX.length), readFileSync(join(GOLDEN, path), "utf8")]),
  );
}

type Edit = [what: string, path: string, from: string, to: string];

const BREAKING: Edit[] = [
  [
    "an export is gone",
    "plugins/text.d.ts",
    "export declare function padEnd",
    "export declare function padStart",
  ],
  [
    "a field of an event is gone",
    "events/event.d.ts",
    "    line: number;\n    /** The source of",
    "    /** The source of",
  ],
  ["a field has another type", "events/event.d.ts", "interrupted: boolean", "interrupted: string"],
  ["an event is gone", "events/event.d.ts", " | PluginFailed", ""],
  ["an action asks for more", "plugins/reporter.d.ts", "append?: boolean", "append: boolean"],
  [
    "a spec asks for more",
    "plugins/reporter.d.ts",
    "    description: string;",
    "    description: string;\n    license: string;",
  ],
  [
    "a function asks for more",
    "plugins/text.d.ts",
    "stringWidth(text: string)",
    "stringWidth(text: string, mode: string)",
  ],
  ["a verdict says less", "events/verdict.d.ts", "    seed: number | null;", ""],
];

const GROWING: Edit[] = [
  [
    "an event has a new field",
    "events/event.d.ts",
    "interrupted: boolean;",
    "interrupted: boolean;\n    signal?: string;",
  ],
  [
    "there is a new export",
    "plugins/text.d.ts",
    "export declare function padEnd",
    "export declare function fresh(): void;\nexport declare function padEnd",
  ],
  [
    "there is a new event",
    "events/event.d.ts",
    " | PluginFailed",
    " | PluginFailed | { event: 'New'; more: number }",
  ],
];

describe("the plugin API", () => {
  let now: Map<string, string>;
  let kept: Map<string, string>;
  let fits = "";
  const found = new Map<string, string>();

  beforeAll(() => {
    now = declarations();
    if (process.env["UPDATE_GOLDEN"] === "1") {
      const broken = existsSync(GOLDEN) ? breaks([{ before: golden(), after: now }]) : [];
      if (broken.every((text) => text === "")) {
        rmSync(GOLDEN, { recursive: true, force: true });
        place(now, GOLDEN, SUFFIX);
      }
    }
    kept = golden();
    const edits = [...BREAKING, ...GROWING];
    const changes = edits.map(([, path, from, to]) => {
      const text = kept.get(path) ?? "";
      expect(text).toContain(from);
      return { before: kept, after: new Map(kept).set(path, text.replace(from, to)) };
    });
    const [first = "", ...others] = breaks([{ before: kept, after: now }, ...changes]);
    fits = first;
    for (const [at, [what]] of edits.entries()) found.set(what, others[at] ?? "");
  }, 60_000);

  test("fits what was written for its last release", () => {
    expect(fits).toBe("");
  });

  test("is kept as it is now, so that what was added can be lost no more", () => {
    expect([...now.keys()]).toEqual([...kept.keys()]);
    for (const [path, text] of now)
      expect({ path, text }).toEqual({ path, text: kept.get(path) ?? "" });
  });

  test.each(BREAKING.map(([what]) => what))("is found to be broken when %s", (what) => {
    expect(found.get(what)).toContain("error TS");
  });

  test.each(GROWING.map(([what]) => what))("is found to fit when %s", (what) => {
    expect(found.get(what)).toBe("");
  });
});
