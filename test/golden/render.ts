/** Renders runs through the host, as a run and a replay do. */
import { workflowCommand } from "../../src/plugins/annotation.ts";
import { createHost } from "../../src/plugins/host.ts";
import { write, type CreateReporter, type KataEvent } from "../../src/plugins/reporter.ts";
import { createReporter as ctrf } from "../../reporters/ctrf/index.ts";
import { createReporter as dots } from "../../reporters/dots/index.ts";
import { createReporter as exercism } from "../../reporters/exercism/index.ts";
import { createReporter as github } from "../../reporters/github/index.ts";
import { createReporter as html } from "../../reporters/html/index.ts";
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
  /** What of the report is no run's own, and is left out of the golden file. */
  fixed?: RegExp;
}

/** The job's summary in the place of the annotations. */
const githubSummary: CreateReporter = (context) => {
  const reporter = github({ ...context, options: { summary: "summary.md" } });
  return {
    handle: (event) =>
      (reporter.handle(event) ?? []).flatMap((action) =>
        action.action === "write_file" ? [write(action.payload.text)] : [],
      ),
  };
};

const pipe = { color: false, columns: 80, terminal: false };

/** Every folder of golden files and how its reports are made. */
export const goldens: Readonly<Record<string, Golden>> = {
  // Not .json: formatters would have their own way with it.
  json: { create: json, extension: "txt", ...pipe },
  ndjson: { create: ndjson, extension: "ndjson", ...pipe },
  tap13: { create: tap13, extension: "tap", ...pipe },
  tap: { create: tap, extension: "tap", ...pipe },
  junit: { create: junit, extension: "xml", ...pipe },
  "junit-dashboard": {
    create: junitDashboard,
    extension: "xml",
    ...pipe,
  },
  pretty: { create: pretty, extension: "txt", ...pipe },
  dots: { create: dots, extension: "txt", ...pipe },
  "dots-color": { create: dots, extension: "txt", ...pipe, color: true, columns: 60 },
  github: { create: github, extension: "txt", ...pipe },
  // Not .md: formatters would have their own way with it, and with .html.
  "github-summary": { create: githubSummary, extension: "txt", ...pipe },
  ctrf: { create: ctrf, extension: "txt", ...pipe },
  exercism: { create: exercism, extension: "txt", ...pipe },
  html: {
    create: html,
    extension: "txt",
    ...pipe,
    fixed: /(?<=<style>)[^]*?(?=<\/style>)|(?<=<script>)[^]*(?=<\/script>)|(?<=sha256-)[\w+/=]+/g,
  },
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
    annotate: workflowCommand,
  });
  for (const event of events) host.handle(event);
  await host.finish();
  return text;
}
