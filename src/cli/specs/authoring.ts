import type { CommandSpec } from "../../commands/command.ts";
import {
  DEVICE_FLAG,
  JOBS_FLAG,
  JSON_FLAG,
  LANG_FLAG,
  REPORTER_FLAG,
  SANDBOX_FLAGS,
  STRICT_PLUGINS_FLAG,
} from "./shared.ts";

const NEW: CommandSpec = {
  name: "new",
  group: "Write katas",
  summary: "begin a kata: an example that works, to be rewritten",
  purpose:
    "Writes a small kata that passes kata check: manifest.toml, and template, reference and tests in TypeScript, or in Python with --lang py, for its author to rewrite. It goes beside the katas of the same category; where other katas are grouped by category, into a folder of the category's name; else right into the folder. What no flag says is asked at a terminal; elsewhere defaults are taken. An editor's typings come along, and nothing that exists is overwritten.",
  positionals: [
    {
      name: "id",
      description: "the kata's id, and its folder's name: letters, digits, and - _ . within",
      required: true,
    },
  ],
  flags: {
    name: {
      description: "what it is called, in one line",
      value: "TEXT",
      default: "the id in words",
    },
    category: {
      description: "the group it is listed in",
      value: "TEXT",
      default: "that of the other katas, if they share one, else exercises",
    },
    difficulty: {
      description: "1 for first steps, 5 for the hardest",
      value: "N",
      range: [1, 5],
      default: "1",
    },
    description: { description: "what to do", value: "TEXT", default: "the example's own" },
    lang: { ...LANG_FLAG, description: "the language it begins in", default: "ts" },
    device: {
      description: "webgpu begins a kata about a kernel",
      value: "DEVICE",
      choices: ["any", "webgpu"],
      default: "any",
    },
    dir: {
      description: "the folder of katas",
      value: "DIR",
      completes: "dir",
      default: "this one",
    },
  },
  examples: [
    ["kata new row-sums", "write row-sums/, after a few questions"],
    ["kata new row-sums --lang py", "the same in Python"],
    ["kata new blur --device webgpu --dir my-katas", "begin with a kernel, in another folder"],
    ['kata new row-sums --category first --difficulty 2 --name "Sum the rows"', "say it at once"],
  ],
  load: () => import("../../commands/new.ts"),
};

const INIT: CommandSpec = {
  name: "init",
  group: "Write katas",
  summary: "make a folder of katas a course",
  purpose:
    "Writes what a folder of katas needs beside the katas: kata.toml for settings, and for editors a tsconfig.json and the folder .kata with typings and schemas, which git ignores. What is there already stays as it is, so that it can be called again: after a clone, or with a new version of kata.",
  positionals: [
    { name: "dir", description: "the folder; this one when left out", completes: "dir" },
  ],
  flags: {
    ci: {
      description: "also write what checks the katas at each push",
      value: "SERVICE",
      choices: ["github", "gitlab"],
    },
  },
  examples: [
    ["kata init", "make this folder a course"],
    ["kata init my-katas --ci github", "with a workflow for GitHub Actions"],
  ],
  load: () => import("../../commands/init.ts"),
};

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
    "strict-plugins": STRICT_PLUGINS_FLAG,
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
  summary: "the JSON Schema of an output, or of a file that authors write",
  purpose:
    "Prints a JSON Schema: of what kata prints as JSON (the report of a run, the list of katas, the results of a check, one line of the event stream), or of what authors write (manifest.toml, and kata.toml as config), for editors and other tools. Schemas only grow.",
  positionals: [
    {
      name: "name",
      description: "whose schema",
      required: true,
      choices: [
        "run",
        "list",
        "check",
        "events",
        "extensions",
        "extension-check",
        "py",
        "manifest",
        "config",
      ],
    },
  ],
  flags: {},
  examples: [
    ["kata schema run", "of kata run --reporter json"],
    ["kata schema events", "of kata run --reporter ndjson and --log"],
    ["kata schema manifest", "of manifest.toml; kata init puts it where editors find it"],
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
export const AUTHORING: readonly CommandSpec[] = [NEW, INIT, CHECK, BLANKS, SCHEMA, EXTENSION];
