/** Annotations as workflow commands, which GitHub and those that follow it read from a job's log. */
import type { AnnotateAction } from "./reporter.ts";

/** `::error file=…,line=…,title=…::message` and a line feed. */
export function workflowCommand(annotation: AnnotateAction["payload"]): string {
  const { level, file, line, title, message } = annotation;
  const properties = Object.entries({ title, file, line: line > 0 ? line : "" })
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(",");
  return `::${level}${properties === "" ? "" : ` ${properties}`}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
