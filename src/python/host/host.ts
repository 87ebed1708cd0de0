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
 * | `modules.import` | name | null, or `{functions: {name: signature or null…}, values: {name: value…}}` |
 * | `modules.grants` | | the families of effects that were granted |
 * | `<module>.<function>` | those of the function | its result |
 *
 * An effect that was not granted is not in the table, and asking for it fails.
 */
import { KataError } from "../../errors.ts";
import { clockEffects, randomEffects } from "./chance.ts";
import { CallbackError, errnoOf, failAs, failWith, HostFailure } from "./failure.ts";
import { fileEffects } from "./files/effects.ts";
import { mountAll } from "./files/mounts.ts";
import {
  type Argument,
  type Grants,
  type InjectedFunction,
  type InjectedModule,
  signatureOf,
} from "./grants.ts";
import { isList, type Plain, plainCopy } from "./plain.ts";
import { inputEffects, outputEffects } from "./streams.ts";

/** Answered by an effect that cannot answer now: the run stops there, to be resumed with an answer. */
export const NOT_NOW: unique symbol = Symbol("not now");

/** What an effect answers. A promise means "not now" too, and brings the answer. */
export type Answer = Plain | undefined | void | typeof NOT_NOW | Promise<Plain | undefined | void>;

/** Calls a function of the program. Throws a CallbackError when that raises an exception. */
export type CallBack = (index: number, args: readonly Plain[]) => Plain;

export interface Effect {
  /**
   * Does it. `at` is the time of the event, in milliseconds since 1970; `callBack` calls a function that the
   * program handed in, by its number. Fails with a HostFailure.
   */
  run(args: readonly Plain[], at: number, callBack: CallBack): Answer;
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

/**
 * The table for a run. Throws a KataError for grants that cannot be. The system's clock sleeps no longer
 * than `sleepMs` gives.
 */
export function createHost(grants: Grants, sleepMs: () => number = () => Infinity): Host {
  const effects = new Map<string, Effect>();
  const add = (more: Readonly<Record<string, Effect>>): void => {
    for (const name in more) effects.set(name, more[name]!);
  };
  if (grants.clock !== undefined) add(clockEffects(grants.clock, sleepMs));
  if (grants.random !== undefined) add(randomEffects(grants.random));
  if (grants.stdin !== undefined) add(inputEffects(grants.stdin));
  if (grants.stdout !== undefined) add(outputEffects("stdout", grants.stdout));
  if (grants.stderr !== undefined) add(outputEffects("stderr", grants.stderr));
  if (grants.env !== undefined) add(environmentEffects(grants.env));
  if (grants.modules !== undefined) add(moduleEffects(grants.modules));
  let close = (): void => {};
  if (grants.files !== undefined && grants.files.length > 0) {
    const files = fileEffects(mountAll(grants.files));
    add(files.effects);
    close = files.close;
  }
  const names = [...effects.keys()];
  const families = FAMILIES.filter((family) => names.some((one) => one.startsWith(`${family}.`)));
  add({ "modules.grants": { run: () => families } });
  return { effects, close };
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
    const functions: [name: string, signature: string | null][] = [];
    const constants: [name: string, value: unknown][] = [];
    for (const [key, value] of Object.entries(module)) {
      if (typeof value !== "function") constants.push([key, value]);
      else {
        functions.push([key, signatureOf(value) ?? null]);
        effects[`${name}.${key}`] = injected(`${name}.${key}`, value);
      }
    }
    const values = plainCopy(Object.fromEntries(constants), name);
    contents.set(name, { functions: Object.fromEntries(functions), values });
  }
  for (const name of Object.keys(modules)) {
    // What `acme.tools` lies in can be imported too.
    for (let at = name.length; (at = name.lastIndexOf(".", at - 1)) > 0;) {
      const around = name.slice(0, at);
      if (!contents.has(around)) contents.set(around, { functions: {}, values: {} });
    }
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
    run: (args, _at, callBack) => {
      try {
        const given = args.map((one) => withFunctions(one, callBack));
        const answer = call(...(given as never[])) as Answer;
        return answer instanceof Promise ? answer.catch((error) => mapError(name, error)) : answer;
      } catch (error) {
        return mapError(name, error);
      }
    },
  };
}

/** How a function of the program stands among an effect's arguments, by its number. */
export function callbackMark(index: number): Plain {
  return { $: "callback", v: index };
}

/** How a parameter stands there that was given no argument. */
export const ABSENT: Plain = { $: "absent" };

/** How a record of the program stands there: it may look like such a mark. */
export function recordMark(record: { readonly [name: string]: Plain }): Plain {
  return Object.hasOwn(record, "$") ? { $: "record", v: record } : record;
}

function withFunctions(value: Plain, callBack: CallBack): Argument | undefined {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (isList(value)) return value.map((one) => withFunctions(one, callBack));
  const { $: tag, v } = value;
  if (tag === "absent") return undefined;
  if (tag === "record") return withFunctionsIn(v as { readonly [name: string]: Plain }, callBack);
  if (tag === "callback" && typeof v === "number") {
    return (...args) =>
      callBack(
        v,
        args.map((one) => plainCopy(one, "an argument of a callback")),
      );
  }
  return withFunctionsIn(value, callBack);
}

function withFunctionsIn(record: { readonly [name: string]: Plain }, callBack: CallBack): Argument {
  const entries = Object.entries(record);
  // Own properties, even for the name `__proto__`.
  return Object.fromEntries(entries.map(([name, one]) => [name, withFunctions(one, callBack)]));
}

/** Errors of the host's functions are the program's to handle. */
function mapError(name: string, error: unknown): never {
  if (error instanceof HostFailure || error instanceof CallbackError) throw error;
  const errno = errnoOf(error);
  if (errno !== undefined) failAs(errno);
  const message = error instanceof Error ? error.message : String(error);
  return failWith("RuntimeError", message === "" ? `${name} failed` : message);
}
