/** The binding of arguments to a program's own functions, with CPython's errors. */
import { fault } from "../fault.ts";
import type { PyFunction } from "./function.ts";
import type { Direct, Keywords, Value } from "./object.ts";
import { PyDict } from "./dict.ts";
import { PyTuple } from "./tuple.ts";

/** The direct way into a function for so many positional arguments: itself, or itself with its defaults. */
export function directFor(func: PyFunction, count: number): Direct | undefined {
  const { code, native, defaults } = func;
  if (code.parameters.length !== code.positional) return undefined;
  const lacking = code.positional - count;
  if (lacking < 0 || lacking > (defaults?.length ?? 0)) return undefined;
  if (lacking === 0) return native;
  const rest = defaults!.slice(defaults!.length - lacking);
  if (count > 3 || rest.length > 2) return (...args) => native(...args, ...rest);
  const [d, e] = rest as [Value, Value];
  if (rest.length === 1) {
    if (count === 0) return () => native(d);
    if (count === 1) return (a) => native(a!, d);
    if (count === 2) return (a, b) => native(a!, b!, d);
    return (a, b, c) => native(a!, b!, c!, d);
  }
  if (count === 0) return () => native(d, e);
  if (count === 1) return (a) => native(a!, d, e);
  if (count === 2) return (a, b) => native(a!, b!, d, e);
  return (a, b, c) => native(a!, b!, c!, d, e);
}

/** Arguments in the order of the compiled function's parameters. */
export function bindFunction(func: PyFunction, args: Value[], keywords?: Keywords): Value[] {
  const { code, defaults } = func;
  const { positional, parameters } = code;
  const bound: Value[] = args.length > positional ? args.slice(0, positional) : [...args];
  if (args.length > positional && !code.args) tooMany(func, args, keywords);
  let extra: Keywords | undefined;
  if (keywords !== undefined && keywords.size > 0) extra = bindKeywords(func, bound, keywords);
  const first = positional - (defaults?.length ?? 0);
  let missing: string[] | undefined;
  for (let i = 0; i < positional; i++) {
    if (bound[i] !== undefined) continue;
    if (i >= first) bound[i] = defaults![i - first]!;
    else (missing ??= []).push(parameters[i]!);
  }
  if (missing !== undefined) lacking(func, missing, "positional");
  const end = positional + code.keywordOnly;
  for (let i = positional; i < end; i++) {
    if (bound[i] !== undefined) continue;
    const value = func.keywordDefaults?.get(parameters[i]!);
    if (value === undefined) (missing ??= []).push(parameters[i]!);
    else bound[i] = value;
  }
  if (missing !== undefined) lacking(func, missing, "keyword-only");
  let at = end;
  if (code.args) bound[at++] = new PyTuple(args.slice(positional));
  if (code.kwargs) bound[at] = PyDict.ofKeywords(extra);
  return bound;
}

/** Puts keyword arguments in their places; returns what no parameter takes. */
function bindKeywords(func: PyFunction, bound: Value[], keywords: Keywords): Keywords | undefined {
  const { code } = func;
  const named = code.positional + code.keywordOnly;
  let extra: Keywords | undefined;
  const positionalOnly: string[] = [];
  for (const [name, value] of keywords) {
    const at = code.parameters.indexOf(name);
    if (at >= code.positionalOnly && at < named) {
      if (bound[at] !== undefined) {
        fault("TypeError", `${nameOf(func)}() got multiple values for argument '${name}'`);
      }
      bound[at] = value;
    } else if (code.kwargs) (extra ??= new Map()).set(name, value);
    else if (at >= 0 && at < code.positionalOnly) positionalOnly.push(name);
    else fault("TypeError", `${nameOf(func)}() got an unexpected keyword argument '${name}'`);
  }
  if (positionalOnly.length > 0) {
    fault(
      "TypeError",
      `${nameOf(func)}() got some positional-only arguments passed as keyword arguments: '${positionalOnly.join(", ")}'`,
    );
  }
  return extra;
}

/** The name that messages call a function by. */
function nameOf(func: PyFunction): string {
  const changed = func.changed?.get("__qualname__");
  return typeof changed === "string" ? changed : func.code.qualname;
}

function lacking(func: PyFunction, names: readonly string[], kind: string): never {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.at(-1)!;
  const list =
    quoted.length === 1
      ? last
      : quoted.length === 2
        ? `${quoted[0]} and ${last}`
        : `${quoted.slice(0, -1).join(", ")}, and ${last}`;
  const plural = names.length === 1 ? "" : "s";
  fault(
    "TypeError",
    `${nameOf(func)}() missing ${names.length} required ${kind} argument${plural}: ${list}`,
  );
}

function tooMany(func: PyFunction, args: readonly Value[], keywords?: Keywords): never {
  const { positional, keywordOnly, parameters } = func.code;
  const optional = func.defaults?.length ?? 0;
  const takes = optional > 0 ? `from ${positional - optional} to ${positional}` : `${positional}`;
  const plural = positional === 1 && optional === 0 ? "" : "s";
  const names = parameters.slice(positional, positional + keywordOnly);
  const given = names.filter((name) => keywords?.has(name)).length;
  const also =
    given > 0
      ? ` positional argument${args.length === 1 ? "" : "s"} (and ${given} keyword-only argument${given === 1 ? "" : "s"})`
      : "";
  const verb = args.length === 1 && given === 0 ? "was" : "were";
  fault(
    "TypeError",
    `${nameOf(func)}() takes ${takes} positional argument${plural} but ${args.length}${also} ${verb} given`,
  );
}
