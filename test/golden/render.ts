/** Renders runs through the host, as a run and a replay do. */
import { createHost } from "../../src/plugins/host.ts";
import type { CreateReporter, KataEvent } from "../../src/plugins/reporter.ts";
import { createReporter as json } from "../../reporters/json/index.ts";
import { createReporter as junitDashboard } from "../../reporters/junit-dashboard/index.ts";
import { createReporter as junit } from "../../reporters/junit/index.ts";
import { createReporter as ndjson } from "../../reporters/ndjson/index.ts";
import { createReporter as pretty } from "../../reporters/pretty/index.ts";
import { createReporter as tap } from "../../reporters/tap/index.ts";

export interface Golden {
  create: CreateReporter;
  extension: string;
  color: boolean;
  columns: number;
}

/** Every folder of golden files and how its reports are made. */
export const goldens: Readonly<Record<string, Golden>> = {
  // Not .json: formatters would have their own way with it.
  json: { create: json, extension: "txt", color: false, columns: 80 },
  ndjson: { create: ndjson, extension: "ndjson", color: false, columns: 80 },
  tap: { create: tap, extension: "tap", color: false, columns: 80 },
  junit: { create: junit, extension: "xml", color: false, columns: 80 },
  "junit-dashboard": { create: junitDashboard, extension: "xml", color: false, columns: 80 },
  pretty: { create: pretty, extension: "txt", color: false, columns: 80 },
  "pretty-color": { create: pretty, extension: "txt", color: true, columns: 80 },
  "pretty-60": { create: pretty, extension: "txt", color: false, columns: 60 },
  "pretty-100": { create: pretty, extension: "txt", color: false, columns: 100 },
};

/** What the reporter writes to a pipe that is said to have so many columns. */
export async function render(golden: Golden, events: Iterable<KataEvent>): Promise<string> {
  let text = "";
  const create: CreateReporter = (context) =>
    golden.create({ ...context, columns: golden.columns });
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
