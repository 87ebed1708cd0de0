/** What a run says on stderr about the katas it found: in few lines, however many they are. */
import { dirname } from "node:path";
import type { PlanItem } from "../runner/plan.ts";
import type { Catalogue } from "./catalogue.ts";
import { displayPath } from "./plan.ts";

/**
 * Warnings of the katas that run, each once for all that it is about; and, where a whole
 * folder was asked for, that some of it cannot be run. Ends with a newline, or is empty.
 */
export function catalogueNote(
  { problems, dir }: Catalogue,
  items: readonly PlanItem[],
  isWhole: boolean,
  cwd: string,
): string {
  const dirs = new Set(items.map(({ kata }) => kata.dir));
  const about = new Map<string, string[]>();
  for (const { severity, file, message } of problems) {
    if (severity !== "warning" || !dirs.has(dirname(file))) continue;
    about.set(message, [...(about.get(message) ?? []), file]);
  }
  const lines = [...about].map(([message, files]) => {
    const [only = ""] = files;
    const where = files.length === 1 ? displayPath(only, cwd) : `${files.length} manifests`;
    return `${where}: ${message}`;
  });
  const broken = problems.filter(({ severity }) => severity === "error").length;
  if (isWhole && broken > 0) {
    const shown = displayPath(dir, cwd);
    const count = broken === 1 ? "1 error keeps" : `${broken} errors keep`;
    lines.push(`${count} katas of ${shown} from running: kata check ${shown} lists them`);
  }
  return lines.map((line) => `warning: ${line}\n`).join("");
}
