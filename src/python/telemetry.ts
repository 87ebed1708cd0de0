/**
 * Spans of a run, its host effects and, where it is profiled, its calls: as OpenTelemetry's JSON
 * (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), or as a tree to be read.
 */

/** A span while it is collected; times in milliseconds of `performance.now()`. */
interface Span {
  readonly id: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly kind: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** What failed. */
  readonly error: string | undefined;
}

/** OpenTelemetry's kinds of spans. */
const INTERNAL = 1;
const CLIENT = 3;

/** Spans that one run may have; what comes then is counted alone. */
const MOST = 10_000;

/** A value of an attribute. */
interface AttributeValue {
  readonly stringValue?: string;
  readonly intValue?: string;
}

/** A span of {@link Telemetry}. */
export interface TelemetrySpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: AttributeValue }[];
  readonly status: { readonly code: number; readonly message?: string };
  readonly droppedLinksCount?: number;
}

/** OpenTelemetry's `TracesData`. */
export interface Telemetry {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: TelemetrySpan["attributes"] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string };
      readonly spans: readonly TelemetrySpan[];
    }[];
  }[];
}

export class Spans {
  readonly #name: string;
  readonly #start: number = performance.now();
  readonly #spans: Span[] = [];
  /** Of calls that are going on: spans come when they end, those inside first. */
  readonly #open: Span[][] = [];
  #dropped = 0;
  #next = 2;

  constructor(name: string) {
    this.#name = name;
  }

  /** An effect that was done from `start` till now, in so many calls. */
  effect(name: string, start: number, error: string | undefined, depth: number): void {
    this.#add({ name, start, end: performance.now(), kind: CLIENT, error }, depth);
  }

  /** A call that ended, in so many others. */
  call(name: string, start: number, end: number, depth: number): void {
    const inside = this.#open[depth + 1] ?? [];
    if (depth + 1 < this.#open.length) this.#open[depth + 1] = [];
    const span = this.#add(
      { name: `${name}()`, start, end, kind: INTERNAL, error: undefined },
      depth,
    );
    for (const one of inside) this.#spans.push({ ...one, parent: span?.id });
  }

  #add(
    own: Pick<Span, "name" | "start" | "end" | "kind" | "error">,
    depth: number,
  ): Span | undefined {
    if (this.#next > MOST) {
      this.#dropped++;
      return undefined;
    }
    const id = (this.#next++).toString(16).padStart(16, "0");
    const span: Span = { ...own, id, parent: undefined, attributes: {} };
    while (this.#open.length <= depth) this.#open.push([]);
    this.#open[depth]!.push(span);
    return span;
  }

  /** All of them, under one for the run. */
  telemetry(error: string | undefined, steps: number): Telemetry {
    const end = performance.now();
    const root: Span = {
      id: "1".padStart(16, "0"),
      parent: undefined,
      name: `run ${this.#name}`,
      start: this.#start,
      end,
      kind: INTERNAL,
      attributes: { "python.steps": steps, "python.spans.dropped": this.#dropped },
      error,
    };
    const rest = [...this.#open.flat(), ...this.#spans];
    const all = [root, ...rest.map((one) => ({ ...one, parent: one.parent ?? root.id }))].toSorted(
      (a, b) => a.start - b.start,
    );
    const traceId = crypto.getRandomValues(new Uint8Array(16)).toHex();
    const base = Date.now() - performance.now();
    return {
      resourceSpans: [
        {
          resource: {
            attributes: [{ key: "service.name", value: { stringValue: "kata/python" } }],
          },
          scopeSpans: [
            {
              scope: { name: "kata/python" },
              spans: all.map((one) => exported(one, traceId, base)),
            },
          ],
        },
      ],
    };
  }
}

function exported(span: Span, traceId: string, base: number): TelemetrySpan {
  const nano = (ms: number): string => String(BigInt(Math.round((base + ms) * 1e3)) * 1000n);
  return {
    traceId,
    spanId: span.id,
    ...(span.parent === undefined ? {} : { parentSpanId: span.parent }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: nano(span.start),
    endTimeUnixNano: nano(span.end),
    attributes: Object.entries(span.attributes).map(([key, value]) => {
      return {
        key,
        value: typeof value === "string" ? { stringValue: value } : { intValue: String(value) },
      };
    }),
    status: span.error === undefined ? { code: 1 } : { code: 2, message: span.error },
  };
}

/** Spans as an indented tree, each with its time in milliseconds. */
export function spanTree(telemetry: Telemetry): string {
  const spans = telemetry.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap((one) => one.spans),
  );
  const below = Map.groupBy(spans, ({ parentSpanId }) => parentSpanId ?? "");
  const lines: string[] = [];
  const add = (span: TelemetrySpan, depth: number): void => {
    const ns = BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano);
    const failed = span.status.code === 2 ? `  failed: ${span.status.message ?? ""}` : "";
    lines.push(`${"  ".repeat(depth)}${span.name}  ${(Number(ns) / 1e6).toFixed(3)} ms${failed}\n`);
    for (const one of below.get(span.spanId) ?? []) add(one, depth + 1);
  };
  for (const root of below.get("") ?? []) add(root, 0);
  return lines.join("");
}
