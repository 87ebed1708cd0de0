import type { Lang } from "../events/event.ts";
import type { ReporterArgument } from "../plugins/reporter-argument.ts";
import type { SandboxRequest } from "./confinement.ts";

/** `auto` is `gpu` where a hardware adapter was found, else `cpu`. */
export const DEVICE_CHOICES = ["auto", "gpu", "software", "cpu"] as const;
export type DeviceChoice = (typeof DEVICE_CHOICES)[number];

/** What reports were asked for, and where paths are relative to. */
export interface ReportRequest {
  reporters: ReporterArgument[];
  cwd: string;
  /** A plugin that fails makes the exit code 2 where it would be 0. */
  strictPlugins?: boolean;
  /** Third-party plugins run with the caller's own permissions. */
  unconfined?: boolean;
}

/** What a person asked `kata run` to do. */
export interface RunRequest extends ReportRequest {
  /** An id, a category, or a glob over `category/id`; absent: every kata. */
  selector?: string;
  /** The file under test; only with a selector that names exactly one kata. */
  solution?: string;
  /** Runs the references in the place of solutions. */
  reference: boolean;
  /** Only tests whose qualified name contains this text. */
  filter?: string;
  lang?: Lang;
  variation?: string;
  device: DeviceChoice;
  /** Milliseconds a test may take. */
  timeoutMs?: number;
  seed?: number;
  jobs?: number;
  bail: boolean;
  /** `i/n`; absent: as the environment says, which is nothing as a rule. */
  shard?: string;
  /** A report or log of an earlier run, by whose times the plan is cut into shards. */
  timings?: string;
  /** The ledger's file. */
  log?: string;
  /** A folder of katas in the place of the bundled ones. */
  katas?: string;
  sandbox: SandboxRequest;
}

/**
 * The outside of a run: where its reports go and how wide they are. Tests hand
 * in their own.
 */
export interface RunSurroundings {
  stdout: { write(text: string): void; isTTY: boolean; columns: number };
  stderr: { write(text: string): void; isTTY: boolean; columns: number };
  /** True when ANSI colours may be written to stdout. */
  color: boolean;
  /** The environment, of which a CI's variables are read. */
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted on Ctrl-C: what runs is ended, reports are finished. */
  signal: AbortSignal;
}
