/** TAP 13, for harnesses that refuse a later version, as Perl's `prove` does. */
import type { CreateReporter, ReporterSpec } from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { createTap } from "../shared/tap.ts";

export const spec: ReporterSpec = {
  name: "tap13",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "TAP version 13, for prove and other harnesses that know no later one",
};

export const createReporter: CreateReporter = () => createTap(13);
