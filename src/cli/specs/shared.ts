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

/** What foreign code may do, and how much it may use. */
export const SANDBOX_FLAGS: Readonly<Record<string, FlagSpec>> = {
  "allow-read": {
    description: "let what runs read these paths; all of them without a value",
    value: "PATHS",
    optional: true,
    repeatable: true,
    completes: "file",
  },
  "allow-write": {
    description: "let it write below these paths, and read there",
    value: "PATHS",
    optional: true,
    repeatable: true,
    completes: "file",
  },
  "allow-net": { description: "let it use the network: all of it, there is no half" },
  "allow-env": {
    description: "give it these variables of the environment",
    value: "NAMES",
    optional: true,
    repeatable: true,
  },
  "allow-run": { description: "let it start other programs, behind the same walls" },
  "max-memory": {
    description: "MiB of memory that its process may hold",
    value: "MIB",
    range: [64, 1_048_576],
    default: "2048",
  },
  "max-cpu": {
    description: "seconds of processor time that its process may use",
    value: "SECONDS",
    range: [1, 86_400],
  },
  "max-output": {
    description: "MiB that its process may write",
    value: "MIB",
    range: [1, 1_048_576],
  },
  "no-sandbox": { description: "run it with your own permissions, without any walls" },
};

export const JOBS_FLAG: FlagSpec = {
  description: "how many worker processes at once",
  value: "N",
  range: [1, 256],
  default: "by the number of processors",
};

export const REPORTER_FLAG: FlagSpec = {
  description:
    "how to report, to stdout or to a file; at most one goes to stdout; ./mine.ts or a package's name for one of your own",
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

export const STRICT_PLUGINS_FLAG: FlagSpec = {
  description: "exit 2 when a reporter or plugin failed, where it would be 0",
};

/** For commands that run no solutions, and plugins all the same. */
export const NO_SANDBOX_FLAG: FlagSpec = {
  description: "run plugins with your own permissions, without any walls",
};

export const EXIT_ZERO_FLAG: FlagSpec = {
  description: "exit 0 although tests failed, for callers that read the report",
};
