/** Flags that several commands take, so that they mean the same everywhere. */
import type { FlagSpec } from "../../commands/command.ts";

export const JSON_FLAG: FlagSpec = { description: "print JSON" };

export const KATAS_FLAG: FlagSpec = {
  description: "a folder of katas in the place of the bundled ones",
  value: "DIR",
  completes: "dir",
};

export const LANG_FLAG: FlagSpec = {
  description: "the language, where a kata has several",
  value: "LANG",
  choices: ["ts", "py"],
};

export const DEVICE_FLAG: FlagSpec = {
  description: "where tensors live",
  value: "DEVICE",
  choices: ["auto", "gpu", "software", "cpu"],
  default: "auto",
};

export const JOBS_FLAG: FlagSpec = {
  description: "how many worker processes at once",
  value: "N",
  range: [1, 256],
  default: "by the number of processors",
};

export const REPORTER_FLAG: FlagSpec = {
  description: "how to report, to stdout or to a file; at most one goes to stdout",
  value: "NAME[:FILE]",
  suggestions: [
    "pretty",
    "dots",
    "html",
    "json",
    "ndjson",
    "tap",
    "tap13",
    "junit",
    "junit-dashboard",
    "ctrf",
    "github",
    "exercism",
  ],
  repeatable: true,
  default: "pretty",
};

export const EXIT_ZERO_FLAG: FlagSpec = {
  description: "exit 0 although tests failed, for callers that read the report",
};
