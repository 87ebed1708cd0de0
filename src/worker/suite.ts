/**
 * The tests of one kata, as they are registered: scopes, hooks, modes. Bun is
 * told of each test under its number; names, modes and hooks are kept here, so
 * that a test which fails in a hook, never runs, or runs twice is known as such.
 */
import type { SkipReason } from "../events/event.ts";
import { WorkerError } from "./failure.ts";
import { inspect } from "./inspect.ts";

export type Body = (...args: unknown[]) => unknown;

/** How a test or a describe was marked; inner marks win over outer ones. */
export interface Marks {
  skip?: boolean;
  todo?: boolean;
  only?: boolean;
  failing?: boolean;
  concurrent?: boolean;
}

export interface Scope {
  name: string;
  parent: Scope | undefined;
  marks: Marks;
  beforeEach: Body[];
  afterEach: Body[];
  /** Set once a `beforeAll` of this scope has failed: its tests do not run. */
  setupFailure?: unknown;
}

export interface TestCase {
  number: number;
  name: string;
  scope: Scope;
  marks: Marks;
  body: Body | undefined;
  /** What is said where it is marked to be skipped. */
  skipMessage?: string;
  args: unknown[];
  timeoutMs: number;
  /** How often it runs at the most before it has failed. */
  attempts: number;
  /** How often it has to pass. */
  repeats: number;
}

export interface TestOptions {
  timeout?: number;
  retry?: number;
  repeats?: number;
}

// Bound before any other code is loaded, so that a solution cannot replace them.
const { create, hasOwn } = Object;
const { isInteger } = Number;

/** Timers cannot wait longer than 2³¹ − 1 ms; the runner's own limit lies a little above. */
const LONGEST_LIMIT = 2 ** 31 - 10_000;
const REPEATS_CAP = 10_000;
/** The separator of a qualified name. */
const SEPARATOR = " › ";
/** More tests than this are a mistake or an attack. */
const TESTS_CAP = 100_000;

export class Suite {
  readonly tests: TestCase[] = [];
  readonly root: Scope = { name: "", parent: undefined, marks: {}, beforeEach: [], afterEach: [] };
  scope: Scope = this.root;
  defaultTimeoutMs: number;
  readonly #filter: string | undefined;
  readonly #names = new Map<string, number>();
  #only = false;
  /** How many tests the filter left out. */
  filtered = 0;

  constructor(timeoutMs: number, filter: string | undefined) {
    this.defaultTimeoutMs = timeoutMs;
    this.#filter = filter;
  }

  /** Adds a test, or returns undefined where the filter leaves it out. */
  add(
    name: string,
    body: Body | undefined,
    args: unknown[],
    marks: Marks,
    options: TestOptions,
  ): TestCase | undefined {
    const qualified = [...ancestors(this.scope).map((scope) => scope.name), name].join(SEPARATOR);
    if (this.#filter !== undefined && !qualified.includes(this.#filter)) {
      this.filtered++;
      return undefined;
    }
    if (this.tests.length >= TESTS_CAP) throw new Error(`More than ${TESTS_CAP} tests in one kata`);
    const merged = mergeMarks(this.scope, marks);
    if (merged.only === true) this.#only = true;
    const test: TestCase = {
      number: this.tests.length,
      name: this.#unique(qualified),
      scope: this.scope,
      marks: merged,
      body,
      args,
      timeoutMs: limitOf(own(options, "timeout"), this.defaultTimeoutMs),
      attempts: 1 + countOf(own(options, "retry"), "retry"),
      repeats: 1 + countOf(own(options, "repeats"), "repeats"),
    };
    this.tests.push(test);
    return test;
  }

  /** Why a test does not run, once every test is known. */
  skipReason(test: TestCase): SkipReason | undefined {
    if (test.marks.todo === true) return "todo";
    if (test.marks.skip === true || test.body === undefined) return "skip";
    if (this.#only && test.marks.only !== true) return "only";
    return undefined;
  }

  /** Names are unique within a kata: a repeated one is numbered. */
  #unique(name: string): string {
    const seen = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, seen);
    return seen === 1 ? name : this.#unique(`${name} (${seen})`);
  }
}

/** The scopes around a test, outermost first, without the root. */
export function ancestors(scope: Scope): Scope[] {
  const path: Scope[] = [];
  for (let at: Scope | undefined = scope; at?.parent !== undefined; at = at.parent)
    path.unshift(at);
  return path;
}

/** A time limit as it is meant: 0 and Infinity are none. @throws WorkerError for what is no limit */
export function limitOf(value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value !== "number" || !(value >= 0)) {
    throw new WorkerError("error", `Expected a timeout in milliseconds, got ${inspect(value)}`);
  }
  return value === 0 || value > LONGEST_LIMIT ? LONGEST_LIMIT : value;
}

function countOf(value: unknown, name: string): number {
  if (value === undefined) return 0;
  if (typeof value === "number" && isInteger(value) && value >= 0 && value <= REPEATS_CAP)
    return value;
  throw new WorkerError(
    "error",
    `Expected ${name} to be an integer from 0 to ${REPEATS_CAP}, got ${inspect(value)}`,
  );
}

/** An option that the test itself gave, and no prototype. */
function own(options: TestOptions, name: keyof TestOptions): unknown {
  return hasOwn(options, name) ? options[name] : undefined;
}

function mergeMarks(scope: Scope, marks: Marks): Marks {
  // Inherits nothing: a property of every object is no mark of a test.
  const merged: Marks = create(null) as Marks;
  for (const at of [...ancestors(scope).map((one) => one.marks), marks]) Object.assign(merged, at);
  return merged;
}
