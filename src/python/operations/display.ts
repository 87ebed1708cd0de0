/** How the prompt shows the value of an expression. */
import { None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { toJs } from "../text/wide.ts";
import { call1 } from "./call.ts";
import { getAttribute } from "./attributes.ts";
import { repr } from "./repr.ts";

/** What compiled code of the kind `single` does with the value of an expression statement. */
export function display(value: Value): void {
  const sys = runtime().modules.get("sys");
  const hook = sys?.get("displayhook");
  if (hook === undefined || hook === sys?.get("__displayhook__")) displayValue(value);
  else call1(hook, value);
}

/** `sys.displayhook`: shows a value's repr; from then on it is `_`. */
export function displayValue(value: Value): void {
  if (value === None) return;
  const text = `${toJs(repr(value))}\n`;
  const sys = runtime().modules.get("sys");
  const target = sys?.get("stdout");
  if (target === undefined || target === sys?.get("__stdout__")) runtime().write("stdout", text);
  else call1(getAttribute(target, "write"), text);
  runtime().builtins.set("_", value);
}
