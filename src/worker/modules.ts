/**
 * The module table of the test process: what `kata` and its siblings are, and
 * how a test's import of its template becomes the file under test.
 */
import { dirname, resolve, sep } from "node:path";
import * as deconvolution from "../deconvolution/index.ts";
import * as tensor from "../tensor/index.ts";
import * as testing from "../testing/index.ts";
import { onContext } from "./context.ts";
import type { KataFile } from "./kata-file.ts";

/** Modules of our own, which the ones that katas see are made of. */
const TENSOR = "kata:tensor";
const WORKER = "kata:worker";

/** `kata` as text: only a module of source has exports that can change with the kata. */
const KATA = `
export * from '${TENSOR}';
import { onContext } from '${WORKER}';
export let params, seed, device;
onContext((context) => ({ params, seed, device } = context));
`;

/**
 * Registers the modules. Each test file becomes a few words that call `load`,
 * so that an error while loading it is caught and told. `file` is the kata that
 * is running.
 */
export function provideModules(
  entries: readonly string[],
  load: (entry: string) => Promise<void>,
  file: () => KataFile,
): void {
  Bun.plugin({
    name: "kata",
    setup(build) {
      const objects = {
        "kata/testing": counted(file),
        "kata/deconvolution": deconvolution,
        [TENSOR]: tensor,
        [WORKER]: { onContext, load },
      };
      for (const [name, exports] of Object.entries(objects)) {
        build.module(name, () => ({ loader: "object", exports: { ...exports } }));
      }
      build.module("kata", () => ({ loader: "js", contents: KATA }));
      build.onResolve({ filter: /template(\.[jt]s)?(\?.*)?$/ }, ({ path, importer }) => {
        const { job } = file();
        const from = dirname(importer.replace(/\?.*$/s, ""));
        // The tests' own folder, and helpers of theirs below it.
        if (!`${from}${sep}`.startsWith(dirname(job.tests) + sep)) return undefined;
        const bare = (name: string): string => name.replace(/\?.*$/s, "").replace(/\.[jt]s$/, "");
        if (bare(resolve(from, path)) !== bare(job.template)) return undefined;
        const subject = fresh(job.subject, job.index);
        return { path: job.source === undefined ? subject : `${subject}&mutant` };
      });
      build.onLoad({ filter: /&mutant$/ }, () => ({
        contents: file().job.source ?? "",
        loader: "ts",
      }));
      build.onLoad({ filter: exactly(entries) }, ({ path }) => ({
        contents: `import { load } from "${WORKER}"; await load(${JSON.stringify(path)});`,
        loader: "js",
      }));
    },
  });
}

/** Imports the real test file, behind the entry that stands in its place. */
export async function importTests({ job }: KataFile): Promise<void> {
  await import(fresh(job.tests, job.index));
}

/** The assertions about tensors, counted like those of `expect`. */
function counted(file: () => KataFile): typeof testing {
  const count = <Args extends unknown[]>(assertion: (...args: Args) => void) => {
    return (...args: Args): void => {
      file().executor.current()?.assertions.made();
      assertion(...args);
    };
  };
  const { assertClose, assertShape } = testing;
  return { ...testing, assertClose: count(assertClose), assertShape: count(assertShape) };
}

/** A name under which this kata's module is not the one of a kata before it. */
function fresh(path: string, index: number): string {
  return `${path}?kata=${index}`;
}

function exactly(paths: readonly string[]): RegExp {
  const escaped = paths.map((path) => path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^(?:${escaped.join("|")})$`);
}
