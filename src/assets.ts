/**
 * The only file that knows about embedded files: what the executable carries
 * (katas, the worker, typings, the native WebGPU library) is listed, read, and
 * extracted once to a versioned cache, where child processes can see it.
 *
 * Each group is written to a temporary name and renamed, so that two first
 * runs cannot race and a killed one leaves nothing half-written behind.
 */
import {
  accessSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { EXIT, KataError } from "./errors.ts";
import pkg from "../package.json" with { type: "json" };

/**
 * `core` is what every run needs; `python` what katas in Python need beyond it; `native` is
 * the WebGPU library and its software driver.
 */
type Group = "core" | "python" | "native";

export interface Cache {
  /** The folder that this version extracts to. */
  dir: string;
  /** Where the folder came from: a variable's name, `home`, or `temporary`. */
  source: string;
  /** Why it is not the usual place; printed once on stderr. */
  note?: string;
}

export interface NativeFiles {
  /** `dawn.node`; asks the system for a Vulkan, Metal or Direct3D driver. */
  addon: string;
  /** `dawn.node` beside the software driver; absent where none is carried. */
  software?: string;
}

export const VERSION: string = pkg.version;

const ASSETS = Bun.isStandaloneExecutable
  ? join(import.meta.dir, "assets")
  : join(import.meta.dir, "..", "dist", "stage", hostTarget(), "assets");

/** The one file that is a program; the others are read. */
const LAUNCHER = "launcher";

/** How long the files of another version stay when nobody uses them. */
const UNUSED_MS = 30 * 86_400_000;
/** How stale the mark of use may be: a run does not write to the cache each time. */
const TOUCH_MS = 86_400_000;

/** One staged file: its place, its size, and `Bun.hash` of its bytes in base 36. */
interface Staged {
  path: string;
  size: number;
  hash: string;
}

/** A file of a group, by its place inside of it. */
interface Member extends Staged {
  /** Compressed; size and hash are then those of the packed bytes. */
  packed: boolean;
}

let index: { digest: string; files: Staged[] } | undefined;
let cache: Cache | undefined;
const extracted = new Map<Group, string>();

/** The cache folder of this version; created at the first call. */
export function cacheFolder(): Cache {
  cache ??= findCache();
  return cache;
}

/** The folder of the core files: `katas`, `typings`, `worker.js`, `device.js`, `probe.js`. */
export function coreFolder(): string {
  return extract("core");
}

/**
 * Makes sure that the files of these bundled katas are the ones that the
 * executable carries, and puts them back where they are not: a submission may
 * write to the cache, and would grade the next one. Folders outside the cache
 * are left alone.
 */
export function verifyKatas(dirs: readonly string[]): void {
  const core = coreFolder();
  const folders = dirs
    .map((dir) => relative(core, dir).split(sep).join("/"))
    .filter((dir) => dir.startsWith("katas/"));
  const files = members("core").filter(({ path }) =>
    folders.some((dir) => path.startsWith(`${dir}/`)),
  );
  if (!files.every((file) => isUntouched(core, file))) write("core", core);
}

/** The program that builds walls around a process; absent where none was built for this system. */
export function launcherFile(): string | undefined {
  const carried = members("core").some(({ path }) => path === LAUNCHER);
  return carried ? join(coreFolder(), LAUNCHER) : undefined;
}

/**
 * An empty test file under which a worker runs a kata's tests once more. What
 * is in it does not matter: it is never loaded.
 */
export function standIn(number: number): string {
  const path = join(coreFolder(), "stand-ins", `${number}.test.js`);
  if (isFile(path)) return path;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, "");
    return path;
  } catch (cause) {
    throw new KataError("cache-unwritable", `Cannot write ${path}`, {
      hint: "Set KATA_CACHE to a folder of yours",
      cause,
    });
  }
}

/** A module of Python's library as the build compiled it; `undefined` when this runs from its sources. */
export function compiledPython(file: string): string | undefined {
  if (!Bun.isStandaloneExecutable) return undefined;
  return readFileSync(join(ASSETS, "python", "library", `${file}.packed`), "utf8");
}

/** The folder of what runs katas in Python: `python.js`, and its library as the build compiled it. */
export function pythonFolder(): string {
  return extract("python");
}

/** The WebGPU library as files that a process can load. */
export function nativeFiles(): NativeFiles {
  const dir = extract("native");
  const files: NativeFiles = { addon: join(dir, "dawn.node") };
  const software = join(dir, "software", "dawn.node");
  if (isFile(software)) files.software = software;
  return files;
}

function hostTarget(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return `${os}-${process.arch}`;
}

function readIndex(): NonNullable<typeof index> {
  if (index !== undefined) return index;
  try {
    index = JSON.parse(readFileSync(join(ASSETS, "index.json"), "utf8")) as NonNullable<
      typeof index
    >;
  } catch (cause) {
    throw new KataError("assets-missing", `Cannot read the files that kata carries in ${ASSETS}`, {
      hint: "Run `npm run build` first",
      exit: EXIT.internal,
      cause,
    });
  }
  return index;
}

function findCache(): Cache {
  const name = `${VERSION}-${readIndex().digest}`;
  const wanted = wantedCache();
  const dir = join(wanted.base, name);
  if (usable(dir)) {
    markUsed(dir);
    return { dir, source: wanted.source };
  }
  const base = join(tmpdir(), `kata-${userInfo().username || process.getuid?.() || "user"}`);
  const fallback = join(base, name);
  if (!usable(fallback) || !ours(base)) {
    throw new KataError("cache-unwritable", `Cannot write to ${dir} or ${fallback}`, {
      hint: "Set KATA_CACHE to a folder of yours",
    });
  }
  return { dir: fallback, source: "temporary", note: `Cannot write to ${dir}; using ${fallback}` };
}

function wantedCache(): { base: string; source: string } {
  // Child processes run in folders of their own: a relative path would mean another place there.
  const { KATA_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
  if (KATA_CACHE) return { base: resolve(KATA_CACHE), source: "KATA_CACHE" };
  if (process.platform === "win32" && LOCALAPPDATA) {
    return { base: resolve(LOCALAPPDATA, "kata", "cache"), source: "LOCALAPPDATA" };
  }
  if (XDG_CACHE_HOME) return { base: resolve(XDG_CACHE_HOME, "kata"), source: "XDG_CACHE_HOME" };
  const caches = process.platform === "darwin" ? join("Library", "Caches") : ".cache";
  return { base: resolve(HOME || homedir(), caches, "kata"), source: "home" };
}

/** True when everything is extracted already, or the folder can be written to. */
function usable(dir: string): boolean {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.R_OK | constants.X_OK);
    if (complete("core", join(dir, "core"))) return true;
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Guards a shared temporary folder against one that somebody else laid there. */
function ours(dir: string): boolean {
  const info = lstatSync(dir);
  return info.isDirectory() && (process.getuid === undefined || info.uid === process.getuid());
}

function extract(group: Group): string {
  const known = extracted.get(group);
  if (known !== undefined) return known;
  const dir = join(cacheFolder().dir, group);
  if (!complete(group, dir)) write(group, dir);
  extracted.set(group, dir);
  return dir;
}

function complete(group: Group, dir: string): boolean {
  return members(group).every((file) => {
    const { path, size, packed } = file;
    const info = statSync(join(dir, path), { throwIfNoEntry: false });
    if (info?.isFile() !== true || (!packed && info.size !== size)) return false;
    // What every run executes is read; the katas are, when they are about to run.
    return path.includes("/") || isUntouched(dir, file);
  });
}

/** True when a file holds the bytes it was extracted with; unknown of packed ones. */
function isUntouched(dir: string, { path, hash, packed }: Member): boolean {
  if (packed) return true;
  try {
    return hashOf(readFileSync(join(dir, path))) === hash;
  } catch {
    return false;
  }
}

function hashOf(bytes: Uint8Array): string {
  return Bun.hash(bytes).toString(36);
}

function members(group: Group): Member[] {
  return readIndex()
    .files.filter(({ path }) => path.startsWith(`${group}/`))
    .map(({ path, size, hash }) => ({
      path: path.slice(group.length + 1).replace(/\.zst$/, ""),
      size,
      hash,
      packed: path.endsWith(".zst"),
    }));
}

function write(group: Group, dir: string): void {
  const temporary = `${dir}.${process.pid}.${crypto.randomUUID().slice(0, 8)}`;
  try {
    for (const { path, packed } of members(group)) {
      const bytes = readFileSync(join(ASSETS, group, packed ? `${path}.zst` : path));
      const target = join(temporary, path);
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
      writeFileSync(target, packed ? Bun.zstdDecompressSync(bytes) : bytes, {
        mode: path === LAUNCHER ? 0o755 : 0o644,
      });
    }
    if (group === "native") placeSoftware(temporary);
    replace(temporary, dir, group);
    removeUnused(dirname(dir));
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true });
    throw new KataError(
      "extract-failed",
      `Cannot extract kata's files to ${dir}: ${String(cause)}`,
      {
        hint: "Free some space, or set KATA_CACHE to a folder of yours",
        cause,
      },
    );
  }
}

/** Dawn takes the driver that lies beside it, so the software one gets a Dawn of its own. */
function placeSoftware(dir: string): void {
  if (!isFile(join(dir, "software", "libvulkan.so.1"))) return;
  const [from, to] = [join(dir, "dawn.node"), join(dir, "software", "dawn.node")];
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function replace(from: string, to: string, group: Group): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (complete(group, to) && members(group).every((file) => isUntouched(to, file))) {
      rmSync(from, { recursive: true, force: true });
      return;
    }
    // Somebody changed an earlier extraction: put the whole folder anew.
    if (statSync(to, { throwIfNoEntry: false }) === undefined) throw error;
    renameSync(to, `${from}.old`);
    renameSync(from, to);
    rmSync(`${from}.old`, { recursive: true, force: true });
  }
}

function markUsed(dir: string): void {
  try {
    const now = new Date();
    if (now.getTime() - statSync(dir).mtimeMs > TOUCH_MS) utimesSync(dir, now, now);
  } catch {
    // A cache that cannot be written to is not ours to tidy either.
  }
}

/** Removes what other versions extracted beside this one and nobody has used for long. */
function removeUnused(current: string): void {
  try {
    const base = dirname(current);
    for (const name of readdirSync(base)) {
      if (name === basename(current) || !/^\d+\.\d+\.\d.*-[0-9a-f]{16}$/.test(name)) continue;
      const dir = join(base, name);
      const info = lstatSync(dir);
      if (!info.isDirectory() || Date.now() - info.mtimeMs < UNUSED_MS) continue;
      rmSync(dir, { recursive: true, force: true });
    }
  } catch {
    // Old files take space and do no harm.
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
