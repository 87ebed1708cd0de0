/** What a kata's sources import, as far as that decides how it is run. */
import { pymodules } from "../../pymodules/index.ts";
import type { PythonFailure } from "../../pymodules/pytest/tests.ts";
import { nativeModules } from "../../python/library/table.ts";
import { parseModule } from "../../python/syntax/parse.ts";
import { PythonSyntaxError } from "../../python/syntax/error.ts";
import type { Module } from "../../python/syntax/tree.ts";
import { walk } from "../../python/syntax/walk.ts";

/** Modules of a kata's own, in every world. */
const OWN = new Set(
  "user_kata template reference conftest kata framework pytest _pytest".split(" "),
);

/** A file by its name, and what is in it. */
interface Source {
  readonly name: string;
  readonly text?: string;
  readonly content?: string | Uint8Array;
}

/**
 * The package that a failure is about, if kata's Python does not have it and the kata itself
 * needs it: then the kata is not one for here. What a solution wants beyond that is its own
 * fault, and what it says of packages that others import is no evidence.
 */
export function missingPackage(
  { type, message, frames }: PythonFailure,
  solution: Source,
  reference: Source | undefined,
  sources: readonly Source[],
): string | undefined {
  if (type !== "ModuleNotFoundError") return undefined;
  const name = /No module named '([\w.]+)'/.exec(message)?.[1];
  if (name === undefined || !isForeign(name, sources)) return undefined;
  const isOurs = solution.text === reference?.text;
  const isNeeded =
    isOurs || frames.every(({ file }) => file !== solution.name)
      ? sources.some((source) => importsOf(source).has(name))
      : reference !== undefined && alwaysImports(reference, name);
  return isNeeded ? name : undefined;
}

/** Whether a source cannot be loaded at all without a module. */
function alwaysImports({ text = "" }: Source, name: string): boolean {
  return (parsed(text)?.body ?? []).some((one) => {
    return /^Import(?:From)?$/.test(one.type) && modulesOf(one).has(name);
  });
}

/** The first package that sources import and kata's Python does not have. */
export function firstMissing(sources: readonly Source[]): string | undefined {
  return sources
    .flatMap((source) => [...importsOf(source)])
    .find((name) => !name.includes(".") && isForeign(name, sources));
}

/** Whether a module is neither ours nor one of the kata's own files. */
function isForeign(name: string, sources: readonly Source[]): boolean {
  const [root = ""] = name.split(".");
  if (OWN.has(root) || has(name)) return false;
  return !sources.some((source) => source.name.replace(/(?:\/.*|\.py)$/, "") === root);
}

function has(name: string): boolean {
  return Object.hasOwn(nativeModules, name) || Object.hasOwn(pymodules, name);
}

/**
 * The names that tests take of the reference where the solution lacks them:
 * `try: from user_kata import f`, `except ImportError: from .reference import f`.
 */
export function fallbacks(tests: string): string[] {
  const names: string[] = [];
  // Few tests do, and to parse them takes as long as many a test.
  if (!/\bexcept\b[^]*\breference\b/.test(tests)) return names;
  const tree = parsed(tests);
  if (tree === undefined) return names;
  walk(tree, (node) => {
    if (node.type !== "Try") return;
    const { body, handlers } = node;
    if (!handlers.some((one) => modulesOf(one).has("reference"))) return;
    for (const one of body) {
      if (one.type !== "ImportFrom" || one.module !== "user_kata") continue;
      names.push(...one.names.map(({ name }) => name));
    }
  });
  return names;
}

/** Whether a source gives a name a value anywhere; a source that cannot be read may well do. */
export function defines(source: string, name: string): boolean {
  const tree = parsed(source);
  if (tree === undefined) return true;
  let found = false;
  walk(tree, (node) => {
    if (node.type === "Name") found ||= node.id === name && node.ctx === "Store";
    else if (node.type === "alias") found ||= [name, "*"].includes(node.asname ?? node.name);
    else if ("name" in node) found ||= node.name === name;
  });
  return found;
}

/** Whether a source can be parsed. */
export function isReadable(source: string): boolean {
  return parsed(source) !== undefined;
}

/** Every module that a source imports, with the packages that they lie in. */
function importsOf({ name, text, content }: Source): Set<string> {
  const source = text ?? content;
  if (!name.endsWith(".py") || typeof source !== "string") return new Set();
  const tree = parsed(source);
  return tree === undefined ? new Set() : modulesOf(tree);
}

function modulesOf(tree: Parameters<typeof walk>[0]): Set<string> {
  const names = new Set<string>();
  const add = (name: string): void => {
    const parts = name.split(".");
    for (let end = 1; end <= parts.length; end++) names.add(parts.slice(0, end).join("."));
  };
  walk(tree, (node) => {
    if (node.type === "Import") for (const { name } of node.names) add(name);
    if (node.type !== "ImportFrom") return;
    const from = node.module ?? "";
    if (from !== "") add(from);
    // `from package import module` is an import of both.
    for (const { name } of node.names)
      if (name !== "*") add(from === "" ? name : `${from}.${name}`);
  });
  return names;
}

function parsed(source: string): Module | undefined {
  try {
    return parseModule(source, () => "\ufffd");
  } catch (error) {
    if (error instanceof PythonSyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
