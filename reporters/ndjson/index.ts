/** The events themselves, one JSON object a line, as they happen. */
import { write, type CreateReporter, type ReporterSpec } from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";

export const spec: ReporterSpec = {
  name: "ndjson",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "Every event as it happens, one JSON object a line",
};

export const createReporter: CreateReporter = () => ({
  handle: (event) => [write(`${JSON.stringify(event)}\n`)],
});
