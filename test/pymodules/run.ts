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

/** Evaluates expressions one by one, in the place that a prelude made, as `shown` of it gives them. */
export function* shownBy(prelude: string, sources: Iterable<string>): Generator<unknown> {
  const session = openTorch();
  try {
    const begun = session.run(prelude);
    if (!begun.ok) throw new Error(begun.error.text ?? begun.error.message);
    let read = begun.output.length;
    for (const source of sources) {
      const result = session.run(`print(json.dumps(shown(${JSON.stringify(source)})))`);
      const text = result.output.slice(read);
      read = result.output.length;
      yield result.ok ? JSON.parse(text) : { crash: result.error.text ?? result.error.message };
    }
  } finally {
    session.close();
  }
}

type Shown = Record<string, unknown>;

/** Whether two shown results are the same: floats to the digits of their dtype, errors by their class. */
export function same(want: unknown, got: unknown, dtype = ""): boolean {
  if (typeof want !== "object" || want === null) return want === got;
  if (typeof got !== "object" || got === null) return false;
  if (Array.isArray(want)) {
    const list = got as unknown[];
    return want.length === list.length && want.every((one, i) => same(one, list[i], dtype));
  }
  const [a, b] = [want as Shown, got as Shown];
  if (a["float"] !== undefined) return near(number(a["float"]), number(b["float"]), dtype);
  if (a["error"] !== undefined) return a["error"] === b["error"];
  const alike = (["dtype", "grad"] as const).every((name) => a[name] === b[name]);
  const shape = JSON.stringify(a["shape"]) === JSON.stringify(b["shape"]);
  return alike && shape && same(a["values"], b["values"], String(a["dtype"]));
}

function number(text: unknown): number {
  if (text === "inf" || text === "-inf") return text === "inf" ? Infinity : -Infinity;
  return Number(text);
}

/** What is left of a difference after several steps in float32 is more than one rounding. */
function near(x: number, y: number, dtype: string): boolean {
  if (Object.is(x, y)) return true;
  const wide = dtype === "torch.float64" || dtype === "";
  const [relative, absolute] = wide ? [1e-9, 1e-12] : [2e-4, 3e-6];
  return Math.abs(x - y) <= relative * Math.abs(x) + absolute;
}
