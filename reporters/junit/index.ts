/** JUnit XML as the strict schema has it: what any reader takes. */
import type { CreateReporter, ReporterSpec } from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { createJunit } from "../shared/junit.ts";

export const spec: ReporterSpec = {
  name: "junit",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "JUnit XML that fits the strict schema",
};

export const createReporter: CreateReporter = () => createJunit("strict");
