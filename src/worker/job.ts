/** Reads the jobs of this process from stdin: one for a learner's file, one each for references. */
import { readFileSync } from "node:fs";
import type { WorkerJob } from "../events/channel.ts";

export function readJobs(): WorkerJob[] {
  // A pipe, read to its end: nothing of it is left for the solution to read.
  const text = readFileSync(0, "utf8");
  if (text === "")
    throw new Error("Cannot read the jobs: this file is loaded by kata, not by hand");
  return JSON.parse(text) as WorkerJob[];
}
