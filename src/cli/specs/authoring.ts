import type { CommandSpec } from "../../commands/command.ts";
import { DEVICE_FLAG, JOBS_FLAG, JSON_FLAG, REPORTER_FLAG, SANDBOX_FLAGS } from "./shared.ts";

/** As the room of extensions has them; help and completions load no room. */
const SLOTS = [
  "after:discover",
  "guard",
  "before:run",
  "before:kata",
  "on:failure",
  "after:kata",
  "after:run",
  "gate",
  "before:report",
  "after:report",
] as const;

const CHECK: CommandSpec = {
  name: "check",
  group: "Write katas",
  summary: "hold katas against what a kata must be",
  purpose:
    "Checks katas: the manifest is valid, the template is the reference with regions taken out and fails every test, every test asserts something, and the reference passes them all, in every variation and on every device there is. With --mutants, each small mistake that can be put into the reference has to fail a test. A kata that needs a device or a language which kata cannot run here is named as not checked, and is not in order. An existing folder is checked itself; anything else selects among the bundled katas.",
  positionals: [
    {
      name: "selector",
      description: "a folder of katas, or an id, a category, or a quoted glob over category/id",
      completes: "dir",
    },
  ],
  flags: {
    mutants: { description: "also run the tests on mutants of each reference" },
    watch: { description: "check a folder again after each change" },
    device: DEVICE_FLAG,
    jobs: JOBS_FLAG,
    ...SANDBOX_FLAGS,
    json: JSON_FLAG,
    reporter: { ...REPORTER_FLAG, default: "lines for people" },
  },
  examples: [
    ["kata check", "every bundled kata"],
    ["kata check ./my-katas", "the katas in a folder"],
    ["kata check ./my-katas --watch", "again after each change, until Ctrl-C"],
    ["kata check softmax --mutants", "whether its tests notice mistakes"],
    ["kata check ./my-katas --reporter junit:checks.xml", "for a dashboard: each check is a test"],
    ["kata check softmax --json", "one kata, as data; its schema: kata schema check"],
  ],
  exits: [
    [0, "every kata is in order"],
    [1, "a kata is not in order, a mutant lives, or a kata cannot be run here"],
    [2, "the call is wrong, or a kata cannot be read"],
  ],
  load: () => import("../../commands/check.ts"),
};

const BLANKS: CommandSpec = {
  name: "blanks",
  group: "Write katas",
  summary: "the regions of a file that are to be filled in",
  purpose:
    "Shows the regions and TODOs of a template or solution, and whether they are filled in. Where the file's name is a kata's id, a region that still equals the template's counts as unfilled.",
  positionals: [
    { name: "file", description: "a .ts or .py file", required: true, completes: "file" },
  ],
  flags: { json: JSON_FLAG },
  examples: [
    ["kata blanks softmax.ts", "what is left to do"],
    ["kata blanks softmax.ts --json", "the same as data"],
  ],
  load: () => import("../../commands/blanks.ts"),
};

const SCHEMA: CommandSpec = {
  name: "schema",
  group: "Write katas",
  summary: "the JSON Schema of an output",
  purpose:
    "Prints the JSON Schema of what kata prints as JSON: the report of a run, the list of katas, the results of a check, and one line of the event stream. Schemas only grow.",
  positionals: [
    {
      name: "output",
      description: "whose schema",
      required: true,
      choices: ["run", "list", "check", "events"],
    },
  ],
  flags: {},
  examples: [
    ["kata schema run", "of kata run --reporter json"],
    ["kata schema events", "of kata run --reporter ndjson and --log"],
  ],
  load: () => import("../../commands/schema.ts"),
};

const EXTENSION: CommandSpec = {
  name: "extension",
  group: "Write katas",
  summary: "the project's own steps of a run",
  purpose:
    "Lists, checks and begins extensions: commands and prompts of the project's own that kata.toml puts into slots of kata run. list shows every slot with what stands in it; check says what is wrong with any file, and exits 2; new writes a file that works as it is, and says how to list it. The page kata help extensions has the fields, and three whole examples.",
  positionals: [
    {
      name: "action",
      description: "what to do",
      required: true,
      choices: ["list", "check", "new"],
    },
    { name: "slot", description: "new: where it runs", choices: SLOTS },
    { name: "id", description: "new: its id, and the name of its file", completes: "none" },
  ],
  flags: {
    strict: {
      description: "check: also what would be skipped here, for want of a capability or an agent",
    },
    json: JSON_FLAG,
  },
  examples: [
    ["kata extension new gate lint", "write extensions/lint.md"],
    ["kata extension list", "every slot, and what stands in it"],
    ["kata extension check --strict", "in CI, before anything is run"],
  ],
  exits: [
    [0, "every file is in order"],
    [2, "a file is wrong, or kata.toml is"],
  ],
  load: () => import("../../commands/extension.ts"),
};

/** What an author of katas or of tools calls. */
export const AUTHORING: readonly CommandSpec[] = [CHECK, BLANKS, SCHEMA, EXTENSION];
