/** The manual's pages, embedded, in the order to read them. */
import contributing from "./contributing.md" with { type: "text" };
import deconvolution from "./deconvolution.md" with { type: "text" };
import devices from "./devices.md" with { type: "text" };
import embedding from "./embedding.md" with { type: "text" };
import extensions from "./extensions.md" with { type: "text" };
import exitCodes from "./exit-codes.md" with { type: "text" };
import gettingStarted from "./getting-started.md" with { type: "text" };
import json from "./json.md" with { type: "text" };
import katas from "./katas.md" with { type: "text" };
import manifest from "./manifest.md" with { type: "text" };
import plugins from "./plugins.md" with { type: "text" };
import pythonKatas from "./python-katas.md" with { type: "text" };
import python from "./python.md" with { type: "text" };
import reporters from "./reporters.md" with { type: "text" };
import run from "./run.md" with { type: "text" };
import sandbox from "./sandbox.md" with { type: "text" };
import shards from "./shards.md" with { type: "text" };
import stability from "./stability.md" with { type: "text" };
import tensor from "./tensor.md" with { type: "text" };
import testing from "./testing.md" with { type: "text" };

export interface Topic {
  name: string;
  summary: string;
  /** Markdown. */
  text: string;
}

export const TOPICS: readonly Topic[] = [
  { name: "getting-started", summary: "your first kata, from list to green", text: gettingStarted },
  { name: "run", summary: "what kata run runs, and how it is told", text: run },
  { name: "sandbox", summary: "what foreign code may do, and what can be granted", text: sandbox },
  { name: "tensor", summary: "the tensor API that katas import", text: tensor },
  { name: "devices", summary: "cpu, software and gpu, and how one is chosen", text: devices },
  { name: "reporters", summary: "the reports of a run, and where they go", text: reporters },
  { name: "plugins", summary: "reporters and plugins of your own", text: plugins },
  { name: "json", summary: "the JSON report, field by field", text: json },
  { name: "shards", summary: "logs, replays, and runs cut into parts", text: shards },
  { name: "extensions", summary: "a project's own steps of a run", text: extensions },
  { name: "stability", summary: "what of all this only grows", text: stability },
  { name: "exit-codes", summary: "what each exit code means", text: exitCodes },
  { name: "katas", summary: "writing a kata: template, tests, reference", text: katas },
  { name: "manifest", summary: "manifest.toml, key by key", text: manifest },
  { name: "testing", summary: "assertShape and assertClose", text: testing },
  { name: "deconvolution", summary: "spikes from calcium traces", text: deconvolution },
  { name: "python", summary: "Python programs in a sandbox: grants, limits, tools", text: python },
  { name: "python-katas", summary: "katas in Python: bring your own", text: pythonKatas },
  { name: "embedding", summary: "Python from TypeScript: grants, limits, replay", text: embedding },
  { name: "contributing", summary: "adding a reporter, a kata, an operator", text: contributing },
];
