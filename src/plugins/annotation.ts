/** Annotations as workflow commands, which GitHub and those that follow it read from a job's log. */
import type { AnnotateAction } from "./reporter.ts";
import { visible, visibleLine } from "./text.ts";

/**
 * `::error title=…,file=…,line=…::message` and a line feed. Whatever a plugin
 * puts into it, it stays one line and moves no cursor.
 */
export function workflowCommand(annotation: AnnotateAction["payload"]): string {
  const { level, file, line, title, message } = annotation;
  const properties = Object.entries({ title, file, line: line > 0 ? line : "" })
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${escapeProperty(visibleLine(String(value)))}`)
    .join(",");
  return `::${level}${properties === "" ? "" : ` ${properties}`}::${escapeData(visible(message))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
