/** TAP 14, which names its subtests and is read by current harnesses. */
import type { CreateReporter, ReporterSpec } from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { createTap } from "../shared/tap.ts";

export const spec: ReporterSpec = {
  name: "tap",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "TAP version 14, a subtest for each kata",
};

export const createReporter: CreateReporter = () => createTap(14);
