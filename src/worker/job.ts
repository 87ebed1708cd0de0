/** Reads the jobs of this process from stdin: one for a learner's file, one each for references. */
import { readFileSync } from "node:fs";
import { type Seal, sealer, SECRET_BYTES, type WorkerJob } from "../events/channel.ts";

const NEWLINE = 10;

export function readJobs(): { job: WorkerJob; seal: Seal }[] {
  // A pipe, read to its end: nothing of it is left for the solution to read.
  const bytes = readFileSync(0);
  const end = bytes.indexOf(NEWLINE);
  if (end < 0) throw new Error("Cannot read the jobs: this file is loaded by kata, not by hand");
  const jobs = JSON.parse(bytes.toString("utf8", 0, end)) as WorkerJob[];
  const read = jobs.map((job, index) => {
    const start = end + 1 + index * SECRET_BYTES;
    return { job, seal: sealer(bytes.subarray(start, start + SECRET_BYTES)) };
  });
  // The secrets live in their hashers alone.
  bytes.fill(0);
  return read;
}
