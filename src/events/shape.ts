/**
 * Whether parsed JSON has the shape of an event. A ledger is a file that
 * anyone may have edited, and a reporter may not fall over one.
 */

/** Field kinds: a primitive, `?` for optional, `[]` for lists, or a nested shape. */
type Kind = "string" | "number" | "boolean" | "object" | "string[]" | "number[]" | "array";
interface Field {
  kind: Kind;
  optional?: boolean;
  nullable?: boolean;
  oneOf?: readonly string[];
  fields?: Shape;
  items?: Shape;
}
type Shape = Record<string, Field>;

const text: Field = { kind: "string" };
const count: Field = { kind: "number" };
const flag: Field = { kind: "boolean" };

const key: Shape = {
  kata_id: text,
  lang: { kind: "string", oneOf: ["ts", "py"] },
  variation: text,
};

const frame: Shape = {
  file: text,
  line: count,
  column: count,
  lines: { kind: "array", items: { number: count, text } },
  solution: flag,
};

const failure: Shape = {
  message: text,
  type: text,
  expected: { kind: "string", optional: true },
  received: { kind: "string", optional: true },
  diff: { kind: "string", optional: true },
  stack: { kind: "string", optional: true },
  first_difference: { kind: "number[]", optional: true },
  frame: { kind: "object", optional: true, fields: frame },
  tensors: {
    kind: "array",
    optional: true,
    items: {
      role: { kind: "string", oneOf: ["expected", "received"] },
      shape: { kind: "number[]" },
      dtype: text,
      values: { kind: "array" },
      capped: flag,
    },
  },
};

const shapes: Readonly<Record<string, Shape>> = {
  RunStarted: {
    schema: text,
    kata_version: text,
    seed: count,
    options: {
      kind: "object",
      fields: {
        reference: flag,
        device: text,
        timeout_ms: { kind: "number", nullable: true },
        filter: { kind: "string", nullable: true },
        bail: flag,
        jobs: count,
      },
    },
    plan: {
      kind: "array",
      items: {
        ...key,
        name: text,
        category: text,
        difficulty: count,
        dependencies: { kind: "string[]" },
        file: text,
      },
    },
    shard: {
      kind: "object",
      optional: true,
      fields: {
        index: count,
        total: count,
        positions: { kind: "number[]" },
        planned: count,
        plan_sha256: text,
        timings_sha256: { kind: "string", nullable: true },
      },
    },
  },
  KataStarted: {
    ...key,
    device: text,
    sandbox: {
      kind: "object",
      optional: true,
      fields: { confined: flag, layers: { kind: "string[]" }, allowed: { kind: "string[]" } },
    },
  },
  TestFound: {
    ...key,
    test_id: text,
    name: text,
    file: text,
    line: count,
    code: { kind: "string", optional: true },
  },
  TestStarted: { test_id: text, attempt: count },
  Output: {
    ...key,
    stream: { kind: "string", oneOf: ["stdout", "stderr"] },
    text,
    test_id: { kind: "string", optional: true },
  },
  TestFinished: {
    test_id: text,
    status: { kind: "string", oneOf: ["passed", "failed", "skipped"] },
    reason: { kind: "string", optional: true },
    duration_ms: count,
    attempt: count,
    assertions: { kind: "number", optional: true },
    failure: { kind: "object", optional: true, fields: failure },
  },
  KataFinished: {
    ...key,
    duration_ms: count,
    todos: count,
    filled: flag,
    unfilled: { kind: "number", optional: true },
  },
  KatasFinished: {},
  RunFinished: {
    interrupted: flag,
    duration_ms: count,
    next: { kind: "object", nullable: true, fields: { kata_id: text, name: text } },
  },
  ExtensionFinished: {
    id: text,
    slot: text,
    outcome: text,
    message: text,
    mode: { kind: "string", optional: true },
    kata_id: { kind: "string", optional: true },
    lang: { kind: "string", optional: true, oneOf: ["ts", "py"] },
    variation: { kind: "string", optional: true },
    duration_ms: { kind: "number", optional: true },
    stdout: { kind: "string", optional: true },
    stderr: { kind: "string", optional: true },
    output_cut: { kind: "number", optional: true },
    anchors: {
      kind: "array",
      optional: true,
      items: { file: text, line: count, message: text },
    },
  },
  PluginFailed: { plugin: text, message: text },
  FileDetected: {
    path: text,
    size: count,
    sha256: text,
    mtime: text,
    mime: text,
    shebang: { kind: "string", nullable: true },
  },
};

/**
 * What is wrong with an event's payload, in words (`"plan" is missing`), or
 * undefined. An event of an unknown name is not wrong: kinds are only added.
 */
export function shapeProblem(event: string, payload: object): string | undefined {
  const shape = Object.hasOwn(shapes, event) ? shapes[event] : undefined;
  return shape === undefined ? undefined : problemOf(shape, payload, "");
}

/** The names of all events that a run can have. */
export function eventNames(): string[] {
  return Object.keys(shapes).filter((name) => name !== "FileDetected");
}

function problemOf(shape: Shape, value: object, path: string): string | undefined {
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const [name, field] of Object.entries(shape)) {
    const problem = fieldProblem(field, fields.get(name), path + name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function fieldProblem(field: Field, value: unknown, path: string): string | undefined {
  if (value === undefined) return field.optional === true ? undefined : `"${path}" is missing`;
  if (value === null && field.nullable === true) return undefined;
  if (!isOfKind(field.kind, value)) {
    return `"${path}" is ${nameOf(value)}, expected ${field.kind === "array" ? "a list" : field.kind}`;
  }
  if (field.oneOf !== undefined && !field.oneOf.includes(String(value))) {
    return `"${path}" is ${JSON.stringify(value)}, expected ${field.oneOf.join(" or ")}`;
  }
  if (field.fields !== undefined) return problemOf(field.fields, Object(value), `${path}.`);
  if (field.items !== undefined && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const place = `${path}[${index}]`;
      if (!isOfKind("object", item)) return `"${place}" is ${nameOf(item)}, expected object`;
      const problem = problemOf(field.items, Object(item), `${place}.`);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function isOfKind(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array":
      return Array.isArray(value);
    case "string[]":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    case "number[]":
      return Array.isArray(value) && value.every((item) => typeof item === "number");
    default:
      return typeof value === kind;
  }
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value;
}
