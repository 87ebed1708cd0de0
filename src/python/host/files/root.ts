/**
 * The way from a directory to what lies in it, and never out of it.
 *
 * On Linux every step of a path is opened by itself, from the directory before it and without following
 * links (`/proc/self/fd/N/name` is `openat`), and links are followed by hand, never above the root. So
 * nothing that is swapped in meanwhile leads out. Elsewhere each step is looked at by its path.
 */
import type { Stats } from "node:fs";
import { errnoOf, failAs, HostFailure } from "../failure.ts";
import type { Path } from "./filesystem.ts";

/** Not imported: it costs start time where no file is opened. */
export function nodeFs(): typeof import("node:fs") {
  return process.getBuiltinModule("node:fs");
}

/** The same number on every processor of Linux; Node does not name it. */
export const O_PATH = 0x200000;

/** As many links as Linux follows in a path. */
const LINKS = 40;

/** A directory on the way of a path, held open where that is possible. */
export interface Place {
  /** What leads to it for system calls. */
  readonly path: string;
  readonly fd: number | undefined;
}

export class Root {
  readonly #directory: string;
  readonly #byPath: boolean;
  #place: Place | undefined;
  /** The directory's own path, links resolved: absolute links to what is in it stay in it. */
  #real = "";

  constructor(directory: string, byPath: boolean) {
    this.#directory = directory;
    this.#byPath = byPath || process.platform !== "linux";
  }

  close(): void {
    if (this.#place?.fd !== undefined) nodeFs().closeSync(this.#place.fd);
    this.#place = undefined;
  }

  /**
   * Calls `use` with the directory of a path and its last name there (`.` for the root), links on the way
   * followed, a last one too if `follow` is true. Turns the errors of system calls into failures.
   */
  at<T>(path: Path, follow: boolean, use: (place: Place, name: string) => T): T {
    const stack: Place[] = [];
    try {
      const name = this.#walk(path, follow, stack);
      return use(stack.at(-1) ?? this.#open(), name);
    } catch (error) {
      if (error instanceof HostFailure) throw error;
      const errno = errnoOf(error);
      if (errno === undefined) throw error;
      return failAs(errno);
    } finally {
      for (const place of stack) this.leave(place);
    }
  }

  /** Opens a directory in a directory, which is no link. */
  enter(place: Place, name: string): Place {
    const path = join(place, name);
    if (place.fd === undefined) {
      if (!nodeFs().lstatSync(path).isDirectory()) failAs("ENOTDIR");
      return { path, fd: undefined };
    }
    const { O_DIRECTORY, O_NOFOLLOW } = nodeFs().constants;
    return held(nodeFs().openSync(path, O_PATH | O_DIRECTORY | O_NOFOLLOW));
  }

  leave(place: Place): void {
    if (place.fd !== undefined) nodeFs().closeSync(place.fd);
  }

  /** Whether a path with its links resolved lies in the directory, or is it. */
  contains(real: string): boolean {
    const separator = process.platform === "win32" ? "\\" : "/";
    const prefix = this.#real.endsWith(separator) ? this.#real : this.#real + separator;
    return real === this.#real || real.startsWith(prefix);
  }

  #walk(path: Path, follow: boolean, stack: Place[]): string {
    const here = (): Place => stack.at(-1) ?? this.#open();
    const names = path.names.toReversed();
    let links = 0;
    for (;;) {
      const name = names.pop();
      if (name === undefined) return ".";
      if (name === "..") {
        const left = stack.pop();
        if (left === undefined) return failAs("EACCES");
        this.leave(left);
        continue;
      }
      checkName(name);
      const last = names.length === 0;
      const stats = last && !follow && !path.directory ? undefined : lookIfThere(here(), name);
      if (stats?.isSymbolicLink() === true) {
        if (++links > LINKS) failAs("ELOOP");
        const target = nodeFs().readlinkSync(join(here(), name));
        const inside = target.startsWith("/") ? this.#inside(target) : target;
        if (target.startsWith("/"))
          for (let left; (left = stack.pop()) !== undefined;) this.leave(left);
        names.push(...partsOf(inside).toReversed());
        continue;
      }
      if (last) return name;
      stack.push(this.enter(here(), name));
    }
  }

  #inside(target: string): string {
    if (target === this.#real) return "";
    const prefix = this.#real === "/" ? "/" : `${this.#real}/`;
    return target.startsWith(prefix) ? target.slice(prefix.length) : failAs("EACCES");
  }

  /** Held from the first use on: whatever takes the directory's name later is another one. */
  #open(): Place {
    if (this.#place !== undefined) return this.#place;
    const fs = nodeFs();
    this.#real = fs.realpathSync(this.#directory);
    if (!this.#byPath && fs.existsSync("/proc/self/fd")) {
      this.#place = held(fs.openSync(this.#real, O_PATH | fs.constants.O_DIRECTORY));
    } else {
      if (!fs.statSync(this.#real).isDirectory()) failAs("ENOTDIR");
      this.#place = { path: this.#real, fd: undefined };
    }
    return this.#place;
  }
}

function held(fd: number): Place {
  return { path: `/proc/self/fd/${fd}`, fd };
}

export function join(place: Place, name: string): string {
  return `${place.path}/${name}`;
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

/** On Windows a name may hold what leads elsewhere: other separators, drives, streams, devices. */
function checkName(name: string): void {
  if (process.platform !== "win32") return;
  if (/[\\:*?"<>|]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name)) failAs("EINVAL");
}

export function look(place: Place, name: string): Stats {
  return nodeFs().lstatSync(join(place, name));
}

export function lookIfThere(place: Place, name: string): Stats | undefined {
  return nodeFs().lstatSync(join(place, name), { throwIfNoEntry: false });
}
