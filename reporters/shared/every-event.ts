import type { ReporterSpec } from "kata/plugin";

/** What a reporter handles that folds the whole run with a `Tally`. */
export const EVERY_EVENT: ReporterSpec["handles_event"] = [
  "RunStarted",
  "KataStarted",
  "TestFound",
  "TestStarted",
  "Output",
  "TestFinished",
  "KataFinished",
  "KatasFinished",
  "RunFinished",
  "ExtensionFinished",
  "PluginFailed",
];
