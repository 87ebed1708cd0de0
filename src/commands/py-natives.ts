/** The modules over the tensor layer, for programs that may import them: loading them takes longer than all else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunOptions } from "../python/index.ts";
import type { PythonProgram } from "./py-program.ts";

const NAMED = /\b(?:torch|numpy|einops|jaxtyping|catune)\b/;

/** What a program is handed; nothing where neither it nor a module of its folder names one of them. */
export async function nativesFor(
  program: PythonProgram | undefined,
): Promise<Pick<RunOptions, "natives">> {
  if (program !== undefined && !names(program)) return {};
  const { pymodules } = await import("../pymodules/index.ts");
  return { natives: pymodules };
}

function names({ source, folder }: PythonProgram): boolean {
  const seen = new Set<string>();
  const isNamed = (text: string): boolean => NAMED.test(text) || importedBy(text).some(isNamedIn);
  const isNamedIn = (module: string): boolean => {
    if (folder === undefined || seen.has(module)) return false;
    seen.add(module);
    const path = join(folder, ...module.split("."));
    return [`${path}.py`, join(path, "__init__.py"), join(path, "__main__.py")].some((file) => {
      const text = textOf(file);
      return text !== undefined && isNamed(text);
    });
  };
  return isNamed(typeof source === "string" ? source : new TextDecoder("latin1").decode(source));
}

/** What a text imports, by the look of its lines: a name too many does no harm. */
function importedBy(text: string): string[] {
  return [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+\.*([\w.]+)(.*)$/gm)].flatMap(
    ([, module = "", rest = ""]) => [
      module,
      // `import a, b`, and modules that are taken from a package.
      ...[...rest.matchAll(/\w+/g)].flatMap(([name]) => [name, `${module}.${name}`]),
    ],
  );
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
