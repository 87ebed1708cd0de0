/** JUnit XML with what dashboards read beyond the schema: files, lines, properties. */
import type { CreateReporter, ReporterSpec } from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { createJunit } from "../shared/junit.ts";

export const spec: ReporterSpec = {
  name: "junit-dashboard",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "JUnit XML with files, lines and properties for CI dashboards",
};

export const createReporter: CreateReporter = () => createJunit("dashboard");
