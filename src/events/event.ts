/**
 * What can happen in a run: a versioned union of plain events.
 *
 * Everything a report says, it says from these alone, so whatever a reporter
 * needs (the source frame, the tensors, the next kata) stands inside them.
 * Fields are only ever added; a change of meaning raises `EVENT_VERSION`.
 */

/** The version that each event carries in `v`. */
export const EVENT_VERSION = 1;
/** The name of the event stream's schema, in `RunStarted.schema`. */
export const EVENT_SCHEMA = "kata.events/1";

/** The language that a kata is written and solved in. */
export type Lang = "ts" | "py";
/** How a test ended, or, from its tests, a kata. */
export type Status = "passed" | "failed" | "skipped";

/** Why a test failed. Everything but `assertion` counts as an error too. */
export type FailureReason = "assertion" | "error" | "timeout" | "setup" | "unfinished" | "rule";
/** Why a test was skipped. */
export type SkipReason = "skip" | "todo" | "filter" | "only" | "bail" | "device" | "unsupported";
/** Why a test did not pass. */
export type Reason = FailureReason | SkipReason;

/** Which kata an event belongs to: the three together identify a result. */
export interface KataKey {
  kata_id: string;
  lang: Lang;
  /** The variation's name; `""` is the kata without one. */
  variation: string;
}

/** One kata as it was planned to run. */
export interface PlannedKata extends KataKey {
  /** The kata's display name. */
  name: string;
  category: string;
  /** 1 (first steps) to 5. */
  difficulty: number;
  dependencies: string[];
  /** The file under test, as a person would name it. */
  file: string;
}

/** The place in a source file that a failure points at. */
export interface Frame {
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  /** The lines around it, numbered. */
  lines: { number: number; text: string }[];
  /** True when the frame is in the solution and not in the test. */
  solution: boolean;
}

/** A tensor that an assertion looked at, capped so that an event stays small. */
export interface TensorValue {
  /** What the assertion calls it. */
  role: "expected" | "received";
  shape: number[];
  dtype: string;
  /** Row-major; at most `TENSOR_VALUES_CAP` values. NaN and infinities as strings. */
  values: (number | string)[];
  /** True when `values` holds fewer than the tensor has. */
  capped: boolean;
}

/** How many values of a tensor an event holds at the most. */
export const TENSOR_VALUES_CAP = 256;

/** Why a test failed, as data. */
export interface Failure {
  /** The assertion's or the error's own words; may span lines. */
  message: string;
  /** The error's class (`TypeError`), or `""`. */
  type: string;
  /** Printed values, when the assertion compared two. */
  expected?: string;
  received?: string;
  /** A line diff, `-` expected and `+` received, when there is more than one line. */
  diff?: string;
  frame?: Frame;
  /** The stack, mapped to sources and without kata's own frames. */
  stack?: string;
  tensors?: TensorValue[];
  /** Row-major index of the first differing element, when tensors differ in value. */
  first_difference?: number[];
}

/** What was asked of the run. */
export interface RunOptions {
  /** True when the references are run in the place of solutions. */
  reference: boolean;
  device: string;
  timeout_ms: number | null;
  filter: string | null;
  bail: boolean;
  jobs: number;
}

/** Which part of a plan a run was given. */
export interface Shard {
  /** 1-based. */
  index: number;
  /** How many shards there are. */
  total: number;
  /** Where the katas of this run's plan stand in the whole plan: 0-based, ascending. */
  positions: number[];
  /** How many katas the whole plan has. */
  planned: number;
  /** Of the whole plan's JSON, in hex. */
  plan_sha256: string;
  /** Of the file of timings that the plan was cut by, in hex; null: by its order. */
  timings_sha256: string | null;
}

/** The first event: what will be run, and how. */
export interface RunStarted {
  event: "RunStarted";
  schema: string;
  kata_version: string;
  seed: number;
  options: RunOptions;
  plan: PlannedKata[];
  /** Absent when the plan is whole. */
  shard?: Shard;
}

/** What a worker ran behind. */
export interface Confinement {
  /** False when the code ran with its caller's own permissions. */
  confined: boolean;
  /** The walls that held: `landlock 7`, `seccomp`. */
  layers: string[];
  /** What was granted: `net`, `read=/data`. */
  allowed: string[];
}

/** A kata has its worker. */
export interface KataStarted extends KataKey {
  event: "KataStarted";
  /** `cpu`, `software` or `gpu`. */
  device: string;
  /** Absent for kata's own references, and for what never had a worker. */
  sandbox?: Confinement;
}

/** A test is known; it has yet to end. */
export interface TestFound extends KataKey {
  event: "TestFound";
  /** Unique in the run. */
  test_id: string;
  /** Qualified (`describe › test`), unique within the kata's key. */
  name: string;
  /** The test's source file, as a person would name it; `""` when unknown. */
  file: string;
  /** 1-based; 0 when unknown. */
  line: number;
  /** The source of the test's body, when it is known. */
  code?: string;
}

/** A test, or another try of it, begins. */
export interface TestStarted {
  event: "TestStarted";
  test_id: string;
  /** 1 for the first try. */
  attempt: number;
}

/** Something was printed. */
export interface Output extends KataKey {
  event: "Output";
  stream: "stdout" | "stderr";
  text: string;
  /** Absent when the text was printed outside of any test. */
  test_id?: string;
}

/** A test has ended for good, after all of its tries. */
export interface TestFinished {
  event: "TestFinished";
  test_id: string;
  status: Status;
  reason?: Reason;
  duration_ms: number;
  attempt: number;
  /** How many assertions it made; absent when it never ran. */
  assertions?: number;
  failure?: Failure;
}

/** Everything of a kata has been said. */
export interface KataFinished extends KataKey {
  event: "KataFinished";
  duration_ms: number;
  /** Lines of the file under test that still hold a TODO. */
  todos: number;
  /** False when a region of the template is still empty in the file under test. */
  filled: boolean;
  /** How many regions are still empty, when that was counted. */
  unfilled?: number;
}

/**
 * Every kata has ended, and the plugins that a project has attached have their last
 * word; only where there are any.
 */
export interface KatasFinished {
  event: "KatasFinished";
}

/** The last event. */
export interface RunFinished {
  event: "RunFinished";
  interrupted: boolean;
  duration_ms: number;
  /** The kata to do next, when this run unlocked one. */
  next: { kata_id: string; name: string } | null;
}

/** A project's own step has ended. */
export interface ExtensionFinished {
  event: "ExtensionFinished";
  id: string;
  slot: string;
  /** `failed` fails the run: it is for gates alone. */
  outcome: "passed" | "failed" | "skipped" | "warned" | "suggested";
  message: string;
  /** Whether the same run gives the same outcome; a replay runs `deterministic` ones again, if asked. */
  mode?: "deterministic" | "agentic" | "hybrid";
  /** The kata it ran for, in the slots of katas; the three stand together. */
  kata_id?: string;
  lang?: Lang;
  variation?: string;
  /** Absent when it did not run. */
  duration_ms?: number;
  /** What it printed, each at most 65,536 characters. */
  stdout?: string;
  stderr?: string;
  /** Characters printed beyond those. */
  output_cut?: number;
  /** Where in the sources its findings are. */
  anchors?: { file: string; /** 1-based. */ line: number; message: string }[];
}

/** A plugin was switched off. */
export interface PluginFailed {
  event: "PluginFailed";
  plugin: string;
  message: string;
}

/** A file of a tree was met; under `kata plugin plan` alone, and never in a run. */
export interface FileDetected {
  event: "FileDetected";
  /** Relative to the folder that is walked, with slashes. */
  path: string;
  /** Bytes. */
  size: number;
  /** Of the content, in hex. */
  sha256: string;
  /** When it was changed last: ISO 8601, UTC. */
  mtime: string;
  mime: string;
  /** The program of a first line that begins with `#!`. */
  shebang: string | null;
}

/** What an event says, before the run stamps it. */
export type EventPayload =
  | RunStarted
  | KataStarted
  | TestFound
  | TestStarted
  | Output
  | TestFinished
  | KataFinished
  | KatasFinished
  | RunFinished
  | ExtensionFinished
  | PluginFailed
  | FileDetected;

/** What the run adds to each payload. */
export interface Stamp {
  v: number;
  /** Counts from 1 without gaps. */
  seq: number;
  /** Sorts by time and never repeats. */
  ulid: string;
  /** ISO 8601, UTC, with milliseconds. */
  ts: string;
}

/** One event of a run. */
export type KataEvent = Stamp & EventPayload;
