/** Shows what expressions give under our numpy, and holds it against what NumPy showed. */
import { openSession } from "../../src/python/index.ts";
import { pymodules } from "../../src/pymodules/index.ts";

const BATCH = 250;

/** Evaluates expressions in the place that a prelude made, as its `shown` gives them. */
export function shownInOne(prelude: string, sources: readonly string[]): unknown[] {
  const session = openSession({ natives: pymodules, filename: "program.py" });
  const results: unknown[] = [];
  try {
    const begun = session.run(prelude);
    if (!begun.ok) throw new Error(begun.error.text ?? begun.error.message);
    let read = begun.output.length;
    for (let from = 0; from < sources.length; from += BATCH) {
      const part = sources.slice(from, from + BATCH);
      const result = session.run(
        `for source in json.loads(${JSON.stringify(JSON.stringify(part))}):\n    print(json.dumps(shown(source)))`,
      );
      const lines = result.output.slice(read).split("\n").slice(0, -1);
      read = result.output.length;
      results.push(...lines.map((line) => JSON.parse(line) as unknown));
      if (!result.ok) {
        results.push({ crash: result.error.text ?? result.error.message });
        for (let left = lines.length + 1; left < part.length; left++)
          results.push({ crash: "not run" });
      }
    }
    return results;
  } finally {
    session.close();
  }
}

type Shown = Record<string, unknown>;
export type Difference = "value" | "error" | "message" | "text" | "absent";

/** How two shown results differ; `undefined` where they are the same. */
export function sameShown(want: unknown, got: unknown): Difference | undefined {
  const [a, b] = [want as Shown, got as Shown];
  if (b["error"] === "NotImplementedError" && a["error"] === undefined) return "absent";
  if (a["error"] !== undefined || b["error"] !== undefined) {
    if (a["error"] === b["error"]) return a["message"] === b["message"] ? undefined : "message";
    if (b["error"] === "NotImplementedError") return "absent";
    // NumPy's own errors of ufuncs are TypeErrors.
    const ufunc = /^UFunc|^_UFunc/.test(String(a["error"])) && b["error"] === "TypeError";
    return ufunc ? (a["message"] === b["message"] ? undefined : "message") : "error";
  }
  if (a["items"] !== undefined) {
    const [x, y] = [a["items"] as unknown[], b["items"] as unknown[] | undefined];
    if (a["list"] !== b["list"] || x.length !== y?.length) return "value";
    return x.map((one, i) => sameShown(one, y[i])).find((one) => one !== undefined);
  }
  for (const name of ["array", "scalar", "python", "dtype", "plain"]) {
    if (a[name] !== b[name]) return "value";
  }
  if (JSON.stringify([a["shape"], a["order"]]) !== JSON.stringify([b["shape"], b["order"]]))
    return "value";
  const [x, y] = [a["values"] as unknown[] | undefined, b["values"] as unknown[] | undefined];
  if (x === undefined) return undefined;
  if (x.length !== y?.length) return "value";
  const dtype = String(a["array"] ?? a["scalar"] ?? "");
  const size = Math.max(
    1e-300,
    ...x
      .flat()
      .map((one) => Math.abs(number(one)))
      .filter(Number.isFinite),
  );
  if (!x.every((one, i) => near(one, y[i], dtype, size))) return "value";
  const equal = JSON.stringify(x) === JSON.stringify(y);
  return equal && (a["text"] !== b["text"] || a["str"] !== b["str"]) ? "text" : undefined;
}

function number(text: unknown): number {
  if (text === "inf" || text === "-inf") return text === "inf" ? Infinity : -Infinity;
  return Number(text);
}

/** Floats to the digits of their dtype, beside the largest of them; the rest as it stands. */
function near(a: unknown, b: unknown, dtype: string, size: number): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.every((one, i) => near(one, b[i], `part of ${dtype}`, size));
  if (a === b) return true;
  if (/int|bool/.test(dtype)) return false;
  const [x, y] = [number(a), number(b)];
  if (Object.is(x, y)) return true;
  const digits = dtype === "float16" ? 2e-3 : /float32|complex64/.test(dtype) ? 1e-5 : 1e-11;
  return Math.abs(x - y) <= digits * (Math.abs(x) + 1e-3 * size);
}
