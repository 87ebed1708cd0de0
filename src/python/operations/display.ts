/** What a prompt does with the value of an expression. */
import { None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { call } from "./call.ts";
import { repr } from "./repr.ts";

/** Calls `sys.displayhook` where the program has put its own; else shows the value, and keeps it as `_`. */
export function display(value: Value): void {
  const hook = runtime().modules.get("sys")?.get("displayhook");
  if (hook === undefined) show(value);
  else call(hook, [value]);
}

/** `sys.__displayhook__`. */
export function show(value: Value): void {
  if (value === None) return;
  const { builtins } = runtime();
  builtins.set("_", None);
  runtime().write("stdout", `${String(repr(value))}\n`);
  builtins.set("_", value);
}
