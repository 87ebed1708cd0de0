/** Renders runs through the host, as a run and a replay do. */
import { createHost } from "../../src/plugins/host.ts";
import type { CreateReporter, KataEvent } from "../../src/plugins/reporter.ts";
import { createReporter as json } from "../../reporters/json/index.ts";
import { createReporter as junitDashboard } from "../../reporters/junit-dashboard/index.ts";
import { createReporter as junit } from "../../reporters/junit/index.ts";
import { createReporter as ndjson } from "../../reporters/ndjson/index.ts";
import { createReporter as pretty } from "../../reporters/pretty/index.ts";
import { createReporter as tap13 } from "../../reporters/tap13/index.ts";
import { createReporter as tap } from "../../reporters/tap/index.ts";

export interface Golden {
  create: CreateReporter;
  extension: string;
  color: boolean;
  columns: number;
  /** False for a pipe. */
  terminal: boolean;
}

/** Every folder of golden files and how its reports are made. */
export const goldens: Readonly<Record<string, Golden>> = {
  // Not .json: formatters would have their own way with it.
  json: { create: json, extension: "txt", color: false, columns: 80, terminal: false },
  ndjson: { create: ndjson, extension: "ndjson", color: false, columns: 80, terminal: false },
  tap13: { create: tap13, extension: "tap", color: false, columns: 80, terminal: false },
  tap: { create: tap, extension: "tap", color: false, columns: 80, terminal: false },
  junit: { create: junit, extension: "xml", color: false, columns: 80, terminal: false },
  "junit-dashboard": {
    create: junitDashboard,
    extension: "xml",
    color: false,
    columns: 80,
    terminal: false,
  },
  pretty: { create: pretty, extension: "txt", color: false, columns: 80, terminal: false },
  "pretty-color": { create: pretty, extension: "txt", color: true, columns: 80, terminal: false },
  "pretty-60": { create: pretty, extension: "txt", color: false, columns: 60, terminal: true },
  "pretty-100": { create: pretty, extension: "txt", color: false, columns: 100, terminal: true },
};

/** What the reporter writes to what is said to be such an output. */
export async function render(golden: Golden, events: Iterable<KataEvent>): Promise<string> {
  let text = "";
  const create: CreateReporter = (context) =>
    golden.create({ ...context, columns: golden.columns, terminal: golden.terminal });
  const host = createHost({
    reporters: [{ name: "golden", reporter: create }],
    surroundings: {
      stdout: { write: (more) => void (text += more), isTTY: false, columns: 0 },
      stderr: { write: () => {}, isTTY: false, columns: 0 },
      color: golden.color,
    },
  });
  for (const event of events) host.handle(event);
  await host.finish();
  return text;
}
