/**
 * The table of effects: all that a program can cause or learn outside of itself.
 *
 * | effect | arguments | result |
 * |---|---|---|
 * | `clock.time`, `clock.monotonic` | | seconds |
 * | `clock.sleep` | seconds | |
 * | `random.seed` | | an integer of 256 bits |
 * | `random.bytes` | count, at most 65,536 | bytes |
 * | `stdin.read` | size | bytes, none at the end; maybe fewer than asked for |
 * | `stdout.write`, `stderr.write` | text | |
 * | `env.names` | | the granted names that are set |
 * | `env.get` | name | text or null |
 * | `fs.…` | see files/effects.ts | |
 * | `modules.import` | name | null, or `{functions: [name…], values: {name: value…}}` |
 * | `<module>.<function>` | those of the function | its result |
 *
 * An effect that was not granted is not in the table, and asking for it fails.
 */
import { KataError } from "../../errors.ts";
import { clockEffects, randomEffects } from "./chance.ts";
import { errnoOf, failAs, failWith, HostFailure } from "./failure.ts";
import { fileEffects } from "./files/effects.ts";
import { mountAll } from "./files/mounts.ts";
import type { Grants, InjectedFunction, InjectedModule } from "./grants.ts";
import { type Plain, plainCopy } from "./plain.ts";
import { inputEffects, outputEffects } from "./streams.ts";

/** Answered by an effect that cannot answer now: the run stops there, to be resumed with an answer. */
export const NOT_NOW: unique symbol = Symbol("not now");

/** What an effect answers. A promise means "not now" too, and brings the answer. */
export type Answer = Plain | undefined | void | typeof NOT_NOW | Promise<Plain | undefined | void>;

export interface Effect {
  /** Does it. `at` is the time of the event, in milliseconds since 1970. Fails with a HostFailure. */
  run(args: readonly Plain[], at: number): Answer;
  /**
   * A log has answered: brings along what this process holds itself, so that it can go on from there.
   * Called for effects that did not fail.
   */
  replay?(args: readonly Plain[], at: number, result: Plain): void;
}

export interface Host {
  readonly effects: ReadonlyMap<string, Effect>;
  /** Gives back what effects still hold open. */
  close(): void;
}

/** Names that no injected module can have: `env.get` is one thing only. */
const FAMILIES = ["clock", "random", "stdin", "stdout", "stderr", "env", "fs", "modules"];

/** The table for a run. Throws a KataError for grants that cannot be. */
export function createHost(grants: Grants): Host {
  const effects = new Map<string, Effect>();
  const add = (more: Readonly<Record<string, Effect>>): void => {
    for (const name in more) effects.set(name, more[name]!);
  };
  if (grants.clock !== undefined) add(clockEffects(grants.clock));
  if (grants.random !== undefined) add(randomEffects(grants.random));
  if (grants.stdin !== undefined) add(inputEffects(grants.stdin));
  if (grants.stdout !== undefined) add(outputEffects("stdout", grants.stdout));
  if (grants.stderr !== undefined) add(outputEffects("stderr", grants.stderr));
  if (grants.env !== undefined) add(environmentEffects(grants.env));
  if (grants.modules !== undefined) add(moduleEffects(grants.modules));
  if (grants.files === undefined || grants.files.length === 0) return { effects, close: () => {} };
  const files = fileEffects(mountAll(grants.files));
  add(files.effects);
  return { effects, close: files.close };
}

/** Fails for an effect that is not in the table. */
export function deny(effect: string): never {
  if (effect.startsWith("fs.")) failAs("EACCES");
  return failWith("PermissionError", `${effect} is not granted to this program`);
}

function environmentEffects(granted: NonNullable<Grants["env"]>): Record<string, Effect> {
  const values = new Map<string, string>();
  if (isNames(granted)) {
    for (const name of granted) {
      const value = process.env[name];
      if (value !== undefined) values.set(name, value);
    }
  } else {
    for (const [name, value] of Object.entries(granted)) values.set(name, value);
  }
  return {
    "env.names": { run: () => [...values.keys()] },
    "env.get": {
      run: ([name]) => (typeof name === "string" ? values.get(name) : undefined) ?? null,
    },
  };
}

function isNames(granted: NonNullable<Grants["env"]>): granted is readonly string[] {
  return Array.isArray(granted);
}

function moduleEffects(modules: NonNullable<Grants["modules"]>): Record<string, Effect> {
  const effects: Record<string, Effect> = {};
  const contents = new Map<string, Plain>();
  for (const [name, module] of Object.entries(modules)) {
    checkModule(name, module);
    const functions = Object.keys(module).filter((key) => typeof module[key] === "function");
    for (const key of functions) {
      effects[`${name}.${key}`] = injected(`${name}.${key}`, module[key] as InjectedFunction);
    }
    const constants = Object.entries(module).filter(([key]) => !functions.includes(key));
    const values = plainCopy(Object.fromEntries(constants), name);
    contents.set(name, { functions, values });
  }
  effects["modules.import"] = {
    run: ([name]) => (typeof name === "string" ? contents.get(name) : undefined) ?? null,
  };
  return effects;
}

const IDENTIFIER = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

function checkModule(name: string, module: InjectedModule): void {
  const odd = [...name.split("."), ...Object.keys(module)].find((one) => !IDENTIFIER.test(one));
  if (odd !== undefined) {
    throw new KataError(
      "module-name",
      `Cannot hand in the module ${JSON.stringify(name)}: ${JSON.stringify(odd)} is no Python name`,
    );
  }
  if (FAMILIES.includes(name)) {
    throw new KataError(
      "module-name",
      `Cannot hand in the module "${name}": the effects of the host have that name`,
      { hint: "Give it another name, for instance one with a dot" },
    );
  }
}

function injected(name: string, call: InjectedFunction): Effect {
  return {
    run: (args) => {
      try {
        const answer = call(...args);
        return answer instanceof Promise ? answer.catch((error) => mapError(name, error)) : answer;
      } catch (error) {
        return mapError(name, error);
      }
    },
  };
}

/** Errors of the host's functions are the program's to handle. */
function mapError(name: string, error: unknown): never {
  if (error instanceof HostFailure) throw error;
  const errno = errnoOf(error);
  if (errno !== undefined) failAs(errno);
  const message = error instanceof Error ? error.message : String(error);
  return failWith("RuntimeError", message === "" ? `${name} failed` : message);
}
