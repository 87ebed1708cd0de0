/** Reading, storing and deleting names. */
import type { Place } from "../syntax/tree.ts";
import { mangle, type Use } from "../symbols/scope.ts";
import { type Frame, invoke, property, quote, runtimeName, use, variable } from "./context.ts";

/** How a name is used in the frame's scope, with the name as it is mangled. */
function useOf(frame: Frame, id: string): [name: string, use: Use | undefined] {
  const name = mangle(frame.scope, id);
  return [name, frame.scope.names.get(name)];
}

/** Reads a name. `bound`: it surely has a value. */
export function loadName(frame: Frame, id: string, place: Place, bound = false): string {
  const [name, found] = useOf(frame, id);
  const kind = found?.place ?? "global";
  if (kind === "local" || kind === "cell") {
    const v = variable(name);
    if (bound) return v;
    return `(${v}??${invoke(frame, place, "unbound", quote(name))})`;
  }
  if (kind === "free") {
    const v = variable(name);
    if (frame.scope.kind === "class" || frame.scope.seesClass !== undefined) {
      const own = invoke(frame, place, "lookName", namespaceOf(frame), quote(name));
      return `(${own}??${v}??${invoke(frame, place, "unboundFree", quote(name))})`;
    }
    return `(${v}??${invoke(frame, place, "unboundFree", quote(name))})`;
  }
  const global = loadGlobal(frame, name, place);
  if ((kind === "name" && hasNamespace(frame)) || frame.scope.seesClass !== undefined) {
    return `(${invoke(frame, place, "lookName", namespaceOf(frame), quote(name))}??${global})`;
  }
  return global;
}

/** Whether names are looked up in a namespace before the globals. */
export function hasNamespace(frame: Frame): boolean {
  return frame.scope.kind === "class" || (frame.scope.kind === "module" && frame.unit.apart);
}

/** The variable that holds a class body's namespace. */
export function namespaceOf(frame: Frame): string {
  let at: Frame | undefined = frame;
  while (at !== undefined && at.scope.kind !== "class") at = at.outer;
  return at === undefined ? "ns" : `ns${depthOf(at)}`;
}

export function depthOf(frame: Frame): number {
  let depth = 0;
  for (let at = frame.outer; at !== undefined; at = at.outer) depth++;
  return depth;
}

function loadGlobal(frame: Frame, name: string, place: Place): string {
  const own = property("a", name);
  return `(G${own}??B${own}??${invoke(frame, place, "nameError", "G", quote(name))})`;
}

/** A statement that stores a value under a name. */
export function storeName(frame: Frame, id: string, value: string): string {
  const [name, found] = useOf(frame, id);
  const kind = found?.place ?? "global";
  if (kind === "local" || kind === "cell" || kind === "free") {
    return `${variable(name)}=${value}`;
  }
  if (kind === "name" && hasNamespace(frame)) {
    return use(frame, "putName", namespaceOf(frame), quote(name), value);
  }
  return `G${property("a", name)}=${value}`;
}

/** A statement that deletes a name. */
export function deleteName(frame: Frame, id: string, place: Place): string {
  const [name, found] = useOf(frame, id);
  const kind = found?.place ?? "global";
  if (kind === "local" || kind === "cell" || kind === "free") {
    const v = variable(name);
    const missing = kind === "free" ? "unboundFree" : "unbound";
    return `${v}=(${v}??${invoke(frame, place, missing, quote(name))},undefined)`;
  }
  if (kind === "name" && hasNamespace(frame)) {
    return invoke(frame, place, "dropName", namespaceOf(frame), quote(name));
  }
  return invoke(frame, place, "dropGlobal", "G", quote(name));
}

/** Takes the value from a name without an error, as at the end of a handler. */
export function forgetName(frame: Frame, id: string): string {
  const [name, found] = useOf(frame, id);
  const kind = found?.place ?? "global";
  if (kind === "local" || kind === "cell" || kind === "free") return `${variable(name)}=undefined`;
  if (kind === "name" && hasNamespace(frame)) {
    return `${runtimeName(frame, "forgetName")}(${namespaceOf(frame)},${quote(name)})`;
  }
  return `${runtimeName(frame, "forgetGlobal")}(G,${quote(name)})`;
}
