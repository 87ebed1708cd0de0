import { readFileSync } from "node:fs";
import { EXIT, KataError } from "../errors.ts";
import { run as runPython } from "../python/index.ts";
import type { Arguments, CommandContext } from "./command.ts";

/** `kata py`: a Python program, with what it was granted. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { source, filename } = await program(args, context.cwd);
  const result = runPython(source, { filename });
  context.stdout.write(result.output);
  context.stderr.write(result.stderr);
  if (result.ok) return EXIT.passed;
  const { error } = result;
  const frames = error.traceback.map(
    ({ file, line, function: name }) => `  File "${file}", line ${line}, in ${name}\n`,
  );
  const head = frames.length === 0 ? "" : "Traceback (most recent call last):\n";
  const type = error.exceptionType ?? error.kind;
  context.stderr.write(`${head}${frames.join("")}${type}: ${error.message}\n`);
  return EXIT.failed;
}

async function program(
  args: Arguments,
  cwd: string,
): Promise<{ source: string; filename: string }> {
  const code = args.text("code");
  if (code !== undefined) return { source: `${code}\n`, filename: "<string>" };
  const module = args.text("module");
  if (module !== undefined) {
    const source = `import runpy; runpy.run_module(${JSON.stringify(module)})`;
    return { source, filename: "<string>" };
  }
  const file = args.text("file") ?? "-";
  if (file === "-") return { source: readFileSync(0, "utf8"), filename: "<stdin>" };
  try {
    return {
      source: readFileSync(`${file.startsWith("/") ? "" : `${cwd}/`}${file}`, "utf8"),
      filename: file,
    };
  } catch (error) {
    throw new KataError("file-not-found", `Cannot read ${file}: ${(error as Error).message}`);
  }
}
