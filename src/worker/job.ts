/** Reads the jobs of this process from stdin: one for a learner's file, one each for references. */
import { readFileSync, readSync } from "node:fs";
import { type Seal, sealer, SECRET_BYTES, type WorkerJob } from "../events/channel.ts";

export function readJobs(): { job: WorkerJob; seal: Seal }[] {
  const seals = Array.from({ length: readNumber() }, readSeal);
  // A pipe, read to its end: nothing of it is left for the solution to read.
  const jobs = JSON.parse(readFileSync(0, "utf8")) as WorkerJob[];
  return jobs.map((job, index) => {
    const seal = seals[index];
    if (seal === undefined) throw new Error(`There is no secret for job ${index}`);
    return { job, seal };
  });
}

function readNumber(): number {
  const bytes = new Uint8Array(4);
  readExactly(bytes);
  return new DataView(bytes.buffer).getUint32(0, true);
}

/** A secret goes from the pipe into its hasher, and stays nowhere else in memory. */
function readSeal(): Seal {
  const secret = new Uint8Array(SECRET_BYTES);
  readExactly(secret);
  const seal = sealer(secret);
  secret.fill(0);
  return seal;
}

function readExactly(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const read = readSync(0, bytes, at, bytes.length - at, null);
    if (read === 0)
      throw new Error("Cannot read the jobs: this file is loaded by kata, not by hand");
    at += read;
  }
}
