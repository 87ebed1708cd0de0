/** Runs Python programs with the modules over the tensor layer, and holds shown results against recorded ones. */
import { openSession, type Session } from "../../src/python/index.ts";
import { pymodules } from "../../src/pymodules/index.ts";

/** A place where programs can import torch, numpy, einops and jaxtyping. */
function openTorch(): Session {
  return openSession({ natives: pymodules, filename: "program.py" });
}

/** What a program writes; its error's text where it fails. */
export function outputOf(source: string): string {
  const session = openTorch();
  try {
    const result = session.run(source);
    return result.ok
      ? result.output
      : `${result.output}${result.error.text ?? result.error.message}`;
  } finally {
    session.close();
  }
}

/** Evaluates expressions, in the place that a prelude made, as `shown` of it gives them. */
export function shownBy(prelude: string, sources: readonly string[]): unknown[] {
  const found: unknown[] = [];
  while (found.length < sources.length) {
    found.push(...batch(prelude, sources.slice(found.length, found.length + BATCH)));
  }
  return found;
}

/** How many calls one session answers, whose time is limited. */
const BATCH = 300;

function batch(prelude: string, sources: readonly string[]): unknown[] {
  const session = openTorch();
  try {
    const listed = JSON.stringify(JSON.stringify(sources));
    const program = `${prelude}\nfor one in json.loads(${listed}): print(json.dumps(shown(one)))`;
    const result = session.run(program);
    const found: unknown[] = result.output
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    // What no program can catch ends the batch: the next one goes on behind it.
    if (!result.ok) found.push({ crash: result.error.text ?? result.error.message });
    return found;
  } finally {
    session.close();
  }
}

/** What is different of two shown results: nothing, or one word for each kind. */
export type Difference =
  | "value"
  | "dtype"
  | "shape"
  | "stride"
  | "memory"
  | "gradient"
  | "step"
  | "error or none"
  | "kind of error"
  | "message";

type Shown = Readonly<Record<string, unknown>>;

/** Compares two shown results: floats to the digits of their dtype. */
export function differences(want: unknown, got: unknown): Difference[] {
  const found = new Set<Difference>();
  compare(want, got, "", "value", found);
  return [...found];
}

const isShown = (value: unknown): value is Shown =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function compare(
  want: unknown,
  got: unknown,
  dtype: string,
  kind: Difference,
  found: Set<Difference>,
): void {
  if (Array.isArray(want)) {
    if (!Array.isArray(got) || got.length !== want.length) found.add(errorKind(got) ?? kind);
    else want.forEach((one, i) => compare(one, got[i], dtype, kind, found));
  } else if (!isShown(want)) {
    if (!same(want, got, dtype)) found.add(errorKind(got) ?? kind);
  } else if (!isShown(got)) {
    found.add("error" in want ? "error or none" : kind);
  } else if ("error" in want || "error" in got) {
    if (!("error" in want) || !("error" in got)) found.add("error or none");
    else if (want["error"] !== got["error"]) found.add("kind of error");
    else if (want["message"] !== got["message"]) found.add("message");
  } else compareFields(want, got, kind, found);
}

const errorKind = (got: unknown): Difference | undefined =>
  isShown(got) && "error" in got ? "error or none" : undefined;

/** What a difference under a name is one of. */
const KINDS: Readonly<Record<string, Difference>> = {
  dtype: "dtype",
  shape: "shape",
  stride: "stride",
  made: "step",
  ends: "step",
  shares: "memory",
  gradients: "gradient",
  weights: "gradient",
  grad: "gradient",
};

function compareFields(want: Shown, got: Shown, kind: Difference, found: Set<Difference>): void {
  const inner = typeof want["dtype"] === "string" ? want["dtype"] : "";
  for (const name of new Set([...Object.keys(want), ...Object.keys(got)])) {
    compare(want[name], got[name], inner, KINDS[name] ?? kind, found);
  }
}

/** Floats are shown as `~1.5`. */
function same(want: unknown, got: unknown, dtype: string): boolean {
  if (want === got) return true;
  if (typeof want !== "string" || typeof got !== "string") return false;
  return want.startsWith("~") && got.startsWith("~") && near(number(want), number(got), dtype);
}

function number(shown: string): number {
  return Number(shown.slice(1).replace("inf", "Infinity"));
}

/** What is left of a difference after several steps in float32 is more than one rounding. */
function near(x: number, y: number, dtype: string): boolean {
  if (Object.is(x, y)) return true;
  const wide = dtype === "torch.float64" || dtype === "";
  const [relative, absolute] = wide
    ? [1e-9, 1e-11]
    : dtype === "torch.float16"
      ? [2e-3, 1e-3]
      : [2e-4, 5e-6];
  return Math.abs(x - y) <= relative * Math.abs(x) + absolute;
}
