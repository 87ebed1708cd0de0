/** What a run is granted. Whatever is not named here is denied. */
import type { Answer } from "./host.ts";
import type { Plain } from "./plain.ts";
import type { FileSystem } from "./files/filesystem.ts";
import type { MemorySource } from "./files/memory.ts";

export interface Grants {
  readonly clock?: "system" | Clock;
  /** `"system"` is entropy; a number is a seed, from which each run gets the same. */
  readonly random?: "system" | number;
  /** A text or bytes that are there already, or a source of them. */
  readonly stdin?: string | Uint8Array | Input;
  readonly stdout?: Output;
  readonly stderr?: Output;
  /** Names, whose values this process has, or names with values. */
  readonly env?: readonly string[] | Readonly<Record<string, string>>;
  readonly files?: readonly Mount[];
  /** By the name that programs import, which may have dots. */
  readonly modules?: Readonly<Record<string, InjectedModule>>;
}

/** Time, in seconds. */
export interface Clock {
  /** Since 1970. */
  time(): number;
  /** Since any moment, never less than before. */
  monotonic(): number;
  sleep(seconds: number): void | Promise<void>;
}

/** A source of bytes. */
export interface Input {
  /** Up to `size` bytes, none at the end. */
  read(size: number): Uint8Array | Promise<Uint8Array>;
  /** Passes over what a log has given already; a source that cannot be read twice has none. */
  skip?(size: number): void;
}

/** Takes what a program writes; `again` when a log says that it was written before. */
export type Output = (text: string, again: boolean) => void;

/** Something at an absolute path; of two that fit, the longer path counts. */
export type Mount = { readonly at: string } & (
  | {
      /** A directory of this machine; read only unless `write` is true. */
      readonly directory: string;
      readonly write?: boolean;
      /** Bytes that a file may be made to have; 1 GiB when left out. */
      readonly limit?: number;
    }
  | {
      /** A directory of this machine, of whose files only the Python ones are there, to be read. */
      readonly sources: string;
    }
  | {
      /** Files that last as long as the run, with what is there at its start. */
      readonly memory: MemorySource;
      /** Bytes of all files; 64 MiB when left out. */
      readonly limit?: number;
    }
  | { readonly system: FileSystem }
);

/** A function of the program; it fails with a CallbackError, and may be called until the host's function has returned. */
export type ProgramFunction = (...args: readonly Plain[]) => Plain;

/** What a host's function is called with: plain data, in which functions may lie. */
export type Argument =
  | Plain
  | ProgramFunction
  | readonly (Argument | undefined)[]
  | { readonly [name: string]: Argument | undefined };

/**
 * A host's function as a program's. Keyword arguments come as a record behind the others, unless
 * {@link withSignature} said which they are. It fails with `HostFailure`, and with any other Error as a
 * RuntimeError. A promise suspends the run until its value is there.
 */
export type InjectedFunction = (...args: never[]) => Answer | object;

/** Functions and constants by name. */
export type InjectedModule = Readonly<Record<string, InjectedFunction | Plain>>;

const SIGNATURE: unique symbol = Symbol("signature");

/**
 * Gives a function the signature that programs see, as Python writes it: `"path, /, mode='r', *, size=None"`.
 * It is called with all of its parameters in their order, `undefined` for what was not given.
 */
export function withSignature(signature: string, call: InjectedFunction): InjectedFunction {
  const copy: InjectedFunction = (...args) => call(...args);
  return Object.assign(copy, { [SIGNATURE]: signature });
}

/** The signature of a function, if it has one. */
export function signatureOf(call: InjectedFunction): string | undefined {
  return (call as { [SIGNATURE]?: string })[SIGNATURE];
}
