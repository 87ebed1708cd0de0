/**
 * Where a third-party plugin's module is, and which files its process has to
 * read: the module, the code that it imports beside and below itself, and
 * packages; nothing else of the folder that it lies in.
 */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { KataError } from "../errors.ts";
import { parseTypeScript, walk } from "../syntax/typescript.ts";
import type { PluginModule } from "./guest.ts";
import type { Rule } from "./rules.ts";
import { HANDLER_FILE } from "./scaffold.ts";

const ENDINGS = ["", ".ts", ".tsx", ".mts", ".js", ".mjs", "/index.ts", "/index.js"];
/** What may be imported beside a module: code, so that an import reads no other files. */
const CODE = /\.[cm]?[jt]sx?$/;
/** No module needs more; a generated one could go on for ever. */
const MOST_FILES = 500;

/**
 * Finds `./mine.ts`, `/there/mine.ts` or a package of the folder's.
 *
 * @throws KataError that says what was looked for, and where
 */
export function locatePlugin(name: string, cwd: string): PluginModule {
  return isPath(name) ? locateFile(resolve(cwd, name), name) : locatePackage(name, cwd);
}

/** True for a name that is the path of a module and no package's. */
export function isPath(name: string): boolean {
  return /^\.{1,2}[/\\]/.test(name) || isAbsolute(name) || CODE.test(name);
}

function locateFile(file: string, name: string): PluginModule {
  if (!isFile(file)) throw notFound(name, `there is no file ${file}`);
  const path = realpathSync(file);
  const files = importsBelow(path);
  const packages = foldersOfPackages(dirname(path));
  return {
    path,
    read: [...files, ...packages],
    list: [...new Set([...files, ...packages].map((each) => dirname(each)))],
  };
}

/** The handler of the plugin in a folder; without one, its rules. */
export function handlerModule(dir: string, rules: readonly Rule[]): PluginModule {
  const path = join(dir, HANDLER_FILE);
  return isFile(path)
    ? locatePlugin(`./${HANDLER_FILE}`, dir)
    : { path, rules, read: [], list: [] };
}

/** A package's folder, absolute, and the `node_modules` that it lies in. Throws a KataError as {@link locatePlugin}. */
export function packageFolder(name: string, cwd: string): { dir: string; folder: string } {
  if (!/^(?:@[\w.-]+\/)?[\w.-]+$/.test(name) || /^\.+$/.test(name))
    throw notFound(name, "it is neither a path nor a package's name");
  const looked = above(resolve(cwd)).map((dir) => join(dir, "node_modules"));
  const folder = looked.find((each) => isFolder(join(each, name)));
  if (folder === undefined)
    throw notFound(name, `no package ${name} in ${looked.slice(0, 2).join(", ")} or above`);
  return { dir: join(folder, name), folder };
}

function locatePackage(name: string, cwd: string): PluginModule {
  const { dir, folder } = packageFolder(name, cwd);
  let path: string;
  try {
    path = realpathSync(Bun.resolveSync(name, dirname(folder)));
  } catch {
    throw notFound(name, `the package in ${dir} names no module that exists`);
  }
  const own = realpathSync(dir);
  const packages = [...new Set([...foldersOfPackages(dirname(own)), realpathSync(folder)])];
  return { path, read: [own, ...packages], list: packages.map((each) => dirname(each)) };
}

/** The module, and the code that it imports by relative paths, below its own folder; absolute. */
export function importsBelow(entry: string): string[] {
  const root = dirname(entry);
  const found = new Set([entry]);
  for (const file of found) {
    if (found.size > MOST_FILES) break;
    for (const specifier of relativeImports(readFileSync(file, "utf8"))) {
      const target = ENDINGS.map((end) => resolve(dirname(file), specifier) + end).find(isFile);
      if (target === undefined) continue;
      const real = realpathSync(target);
      const inside = relative(root, real);
      if (CODE.test(real) && !inside.startsWith("..") && !isAbsolute(inside)) found.add(real);
    }
  }
  return [...found];
}

function relativeImports(source: string): string[] {
  const parsed = parseTypeScript(source);
  // What is wrong with it is said by the process that loads it.
  if ("fault" in parsed) return [];
  const found: string[] = [];
  walk(parsed.program, (node) => {
    const from =
      node.type === "ImportDeclaration" ||
      node.type === "ExportNamedDeclaration" ||
      node.type === "ExportAllDeclaration"
        ? node.source
        : node.type === "CallExpression" && node.callee.type === "Import"
          ? node.arguments[0]
          : undefined;
    if (from?.type === "StringLiteral" && from.value.startsWith(".")) found.push(from.value);
  });
  return found;
}

/** The folders of packages that a module in this folder sees. */
function foldersOfPackages(dir: string): string[] {
  return above(dir)
    .map((each) => join(each, "node_modules"))
    .filter(isFolder)
    .map((each) => realpathSync(each));
}

/** The folder and those around it, the nearest first. */
function above(dir: string): string[] {
  const parent = dirname(dir);
  return parent === dir ? [dir] : [dir, ...above(parent)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function notFound(name: string, where: string): KataError {
  return new KataError("plugin-not-found", `Cannot find the plugin ${name}: ${where}`, {
    hint: "name a module (./mine.ts) or a package in node_modules",
  });
}
