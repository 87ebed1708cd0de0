/** "Did you mean": the names nearest to one that is not there, by CPython's measure. */
import { spend } from "../budget.ts";
import { attributeNames } from "../objects/dict.ts";
import { fieldOf, isException, type PyException } from "../objects/exception.ts";
import { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { runtime } from "../objects/state.ts";
import { PyTraceback } from "../objects/traceback.ts";
import { callSpecial } from "./call.ts";
import { tracebackOf } from "./traceback.ts";

const MOVE = 2;
const CASE = 1;
const LONGEST = 40;
const MOST = 750;

/** What to say behind an exception's message, or nothing. */
export function hintFor(exception: PyException): string {
  if (isException(exception, "NameError")) return hintForName(exception);
  const name = fieldOf(exception, "name");
  if (isException(exception, "AttributeError")) {
    const object = fieldOf(exception, "obj");
    if (typeof name !== "string" || object === undefined) return "";
    return didYouMean(nearest(name, namesOf(object)));
  }
  const wanted = fieldOf(exception, "name_from");
  if (
    isException(exception, "ImportError") &&
    typeof wanted === "string" &&
    typeof name === "string"
  ) {
    const module = runtime().modules.get(name);
    return module instanceof PyModule ? didYouMean(nearest(wanted, attributeNames(module))) : "";
  }
  return "";
}

function hintForName(exception: PyException): string {
  const name = fieldOf(exception, "name");
  if (typeof name !== "string") return "";
  const first = tracebackOf(exception);
  let last = first instanceof PyTraceback ? first : undefined;
  while (last?.next !== undefined) last = last.next;
  const { names = [], globals } = last?.frame ?? {};
  const found =
    nearest(name, names) ??
    (globals === undefined ? undefined : nearest(name, attributeNames(globals))) ??
    nearest(name, attributeNames(runtime().builtins));
  if (found !== undefined) return didYouMean(found);
  return runtime().hasModule(name) ? `. Did you forget to import '${name}'?` : "";
}

function didYouMean(found: string | undefined): string {
  return found === undefined ? "" : `. Did you mean: '${found}'?`;
}

/** `dir(object)`; whatever goes wrong with it, there just is no hint. */
function namesOf(object: Value): string[] {
  try {
    const names = callSpecial(object, "__dir__") ?? None;
    if (!(names instanceof PyList)) return [];
    return names.items.filter((one) => typeof one === "string").toSorted();
  } catch {
    return [];
  }
}

/** The nearest of some names, if it is near enough. */
function nearest(wrong: string, names: readonly string[]): string | undefined {
  if (names.length >= MOST || wrong.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Infinity;
  for (const name of names) {
    if (name === wrong) continue;
    const most = Math.min(Math.floor(((wrong.length + name.length + 3) * MOVE) / 6), least - 1);
    const distance = distanceOf(wrong, name, most);
    if (distance > most) continue;
    best = name;
    least = distance;
  }
  return best;
}

/** Levenshtein's distance with half costs for case, or something above `most`. */
function distanceOf(from: string, to: string, most: number): number {
  let a = from;
  let b = to;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  a = a.slice(start);
  b = b.slice(start);
  while (a !== "" && b !== "" && a.at(-1) === b.at(-1)) {
    a = a.slice(0, -1);
    b = b.slice(0, -1);
  }
  if (a === "" || b === "") return (a.length + b.length) * MOVE;
  if (a.length > LONGEST || b.length > LONGEST) return Infinity;
  if (b.length < a.length) [a, b] = [b, a];
  if ((b.length - a.length) * MOVE > most) return Infinity;
  spend(a.length * b.length);
  const row = Array.from(a, (_, i) => (i + 1) * MOVE);
  let result = 0;
  for (let j = 0; j < b.length; j++) {
    let distance = (result = j * MOVE);
    let minimum = Infinity;
    for (let i = 0; i < a.length; i++) {
      const substitute = distance + substitution(b[j]!, a[i]!);
      distance = row[i]!;
      const insertDelete = Math.min(result, distance) + MOVE;
      result = Math.min(insertDelete, substitute);
      row[i] = result;
      minimum = Math.min(minimum, result);
    }
    if (minimum > most) return Infinity;
  }
  return result;
}

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE : MOVE;
}
