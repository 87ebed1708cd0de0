/** Whether what a plugin returned is a list of actions that the host knows. */
import type { Action } from "./reporter.ts";

/**
 * The proposals, copied, so that a plugin cannot change them afterwards; or
 * what is wrong with them, in words. Null and undefined are no proposals.
 */
export function readActions(value: unknown): Action[] | string {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return `expected a list of actions, got ${nameOf(value)}`;
  const actions: Action[] = [];
  for (const item of value) {
    const action = readAction(item);
    if (typeof action === "string") return action;
    actions.push(action);
  }
  return actions;
}

function readAction(item: unknown): Action | string {
  const fields = fieldsOf(item);
  if (fields === undefined) return `expected an action, got ${nameOf(item)}`;
  const { action } = fields;
  const payload = fieldsOf(fields["payload"]);
  if (typeof action !== "string") return `expected "action" to be a name, got ${nameOf(action)}`;
  if (payload === undefined) {
    return `expected the payload of "${action}" to be an object, got ${nameOf(fields["payload"])}`;
  }
  const { text, path, append, level, file, line, title, message } = payload;
  switch (action) {
    case "write":
    case "status":
      if (typeof text !== "string") return wrong(action, "text", "a string", text);
      return { action, payload: { text } };
    case "write_file":
      if (typeof path !== "string") return wrong(action, "path", "a string", path);
      if (typeof text !== "string") return wrong(action, "text", "a string", text);
      if (append === undefined) return { action, payload: { path, text } };
      if (typeof append !== "boolean") return wrong(action, "append", "true or false", append);
      return { action, payload: { path, text, append } };
    case "annotate":
      if (level !== "error" && level !== "warning" && level !== "notice") {
        return wrong(action, "level", "error, warning or notice", level);
      }
      if (typeof file !== "string") return wrong(action, "file", "a string", file);
      if (typeof line !== "number") return wrong(action, "line", "a number", line);
      if (typeof title !== "string") return wrong(action, "title", "a string", title);
      if (typeof message !== "string") return wrong(action, "message", "a string", message);
      return { action, payload: { level, file, line, title, message } };
    default:
      return `unknown action "${action}", expected write, write_file, annotate or status`;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  // Any object can be asked for any field.
  return value as Record<string, unknown>;
}

function wrong(action: string, field: string, expected: string, got: unknown): string {
  return `expected "${field}" of "${action}" to be ${expected}, got ${nameOf(got)}`;
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Promise) return "a promise";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
