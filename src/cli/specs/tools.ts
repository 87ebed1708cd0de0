import type { CommandSpec } from "../../commands/command.ts";
import {
  DEVICE_FLAG,
  EXIT_ZERO_FLAG,
  JSON_FLAG,
  KATAS_FLAG,
  REPORTER_FLAG,
  NO_SANDBOX_FLAG,
  SANDBOX_FLAGS,
  STRICT_PLUGINS_FLAG,
} from "./shared.ts";

const HELP: CommandSpec = {
  name: "help",
  group: "Tools",
  summary: "the manual, by topic",
  purpose:
    "Prints a page of the manual, or a command's help. Without a topic it lists the pages. On a terminal the page is laid out; in a pipe it is plain Markdown.",
  positionals: [{ name: "topic", description: "a page of the manual, or a command" }],
  flags: {},
  examples: [
    ["kata help", "the list of pages"],
    ["kata help getting-started", "the first page to read"],
    ["kata help exit-codes", "what each exit code means"],
  ],
  load: () => import("../../commands/help.ts"),
};

const DOCTOR: CommandSpec = {
  name: "doctor",
  group: "Tools",
  summary: "what this machine offers, and what it lacks",
  purpose:
    "Shows versions, the cache, and each WebGPU adapter with its features and limits; names the device that --device auto takes here; and says how to get what is missing.",
  positionals: [],
  flags: { json: JSON_FLAG },
  examples: [
    ["kata doctor", "for people"],
    ["kata doctor --json", "for a report of a problem"],
  ],
  load: () => import("../../commands/doctor.ts"),
};

const COMPLETIONS: CommandSpec = {
  name: "completions",
  group: "Tools",
  summary: "completions for a shell",
  purpose:
    "Prints a script that teaches a shell to complete kata's commands, flags and the ids of katas.",
  positionals: [
    {
      name: "shell",
      description: "whose completions",
      required: true,
      choices: ["bash", "zsh", "fish"],
    },
  ],
  flags: {},
  examples: [
    ["kata completions bash", "for ~/.bashrc: source <(kata completions bash)"],
    ["kata completions zsh", "for ~/.zshrc: source <(kata completions zsh)"],
    ["kata completions fish", "into ~/.config/fish/completions/kata.fish"],
  ],
  load: () => import("../../commands/completions.ts"),
};

const DECONVOLVE: CommandSpec = {
  name: "deconvolve",
  group: "Tools",
  summary: "spikes from calcium traces",
  purpose:
    "Finds the spikes behind fluorescence traces: reads a .npy file (one trace, or cells \u00d7 time), writes another of the same shape. Interrupted, it keeps the cells that are finished, and the same call goes on with the others. The page kata help deconvolution says what is computed.",
  positionals: [{ name: "traces", description: "a .npy file", required: true, completes: "file" }],
  flags: {
    fs: { description: "samples a second", value: "HZ", real: true },
    "tau-rise": { description: "the indicator's rise, as a time constant", value: "S", real: true },
    "tau-decay": { description: "its decay, as a time constant", value: "S", real: true },
    lambda: { description: "what a unit of spike costs", value: "X", real: true, default: "0.01" },
    tolerance: {
      description: "the relative change of the objective that ends a cell",
      value: "X",
      real: true,
      default: "1e-6",
    },
    "max-iterations": {
      description: "iterations that a cell may take",
      value: "N",
      range: [1, 1_000_000],
      default: "2000",
    },
    out: { description: "the file to write", value: "FILE", completes: "file" },
    plot: { description: "cells to draw, into an .svg beside the result", value: "N,N" },
    device: { ...DEVICE_FLAG, description: "where it is computed" },
    force: { description: "begin anew, over a result or what an interrupted call left" },
  },
  examples: [
    [
      "kata deconvolve traces.npy --fs 30 --tau-rise 0.02 --tau-decay 0.4 --out spikes.npy",
      "all cells of a recording at 30 Hz",
    ],
    [
      "kata deconvolve traces.npy --fs 30 --tau-rise 0.02 --tau-decay 0.4 --lambda 0.1 --out sparse.npy --plot 0,2",
      "fewer spikes, and a picture of two cells: sparse.svg",
    ],
  ],
  exits: [
    [2, "an argument or the file is wrong, or the result exists"],
    [130, "interrupted; the same call goes on"],
  ],
  load: () => import("../../commands/deconvolve.ts"),
};

const VERDICT_EXITS: NonNullable<CommandSpec["exits"]> = [
  [0, "the run passed"],
  [1, "it did not pass, or did not finish"],
  [2, "the call is wrong, or a log cannot be read"],
];

const REPLAY: CommandSpec = {
  name: "replay",
  group: "Tools",
  summary: "render reports from a run's log",
  purpose:
    "Renders any report from a log of kata run --log, without running anything: byte for byte what the run itself wrote. Of a run that was killed it says what did not finish.",
  positionals: [
    { name: "log", description: "the log of a run", required: true, completes: "file" },
  ],
  flags: {
    rerun: {
      description: "run the project's own deterministic extensions again, and nothing else",
    },
    reporter: REPORTER_FLAG,
    "strict-plugins": STRICT_PLUGINS_FLAG,
    "no-sandbox": NO_SANDBOX_FLAG,
    "exit-zero": EXIT_ZERO_FLAG,
  },
  examples: [
    ["kata replay run.ndjson", "the report for people"],
    ["kata replay run.ndjson --reporter html:report.html", "a page to look at"],
    ["kata replay run.ndjson --rerun", "after a gate was changed; see kata help extensions"],
  ],
  exits: VERDICT_EXITS,
  load: () => import("../../commands/replay.ts"),
};

const MERGE: CommandSpec = {
  name: "merge",
  group: "Tools",
  summary: "make one run of the logs of its shards",
  purpose:
    "Joins the logs of all shards of a run (kata run --shard i/n --log FILE), given in any order, and reports them as the one run that they are. Logs of other plans, a shard given twice and a shard that is missing are refused.",
  positionals: [
    {
      name: "logs",
      description: "the logs of the shards",
      required: true,
      repeatable: true,
      completes: "file",
    },
  ],
  flags: {
    out: { description: "write the merged log to this file", value: "FILE", completes: "file" },
    reporter: REPORTER_FLAG,
    "strict-plugins": STRICT_PLUGINS_FLAG,
    "no-sandbox": NO_SANDBOX_FLAG,
    "exit-zero": EXIT_ZERO_FLAG,
  },
  examples: [
    ["kata merge shard-1.ndjson shard-2.ndjson shard-3.ndjson", "the report of the whole run"],
    ["kata merge shard-*.ndjson --out run.ndjson --reporter junit:report.xml", "its log as well"],
  ],
  exits: VERDICT_EXITS,
  load: () => import("../../commands/merge.ts"),
};

const EXERCISM: CommandSpec = {
  name: "exercism",
  group: "Tools",
  summary: "be a test runner of Exercism",
  purpose:
    "Runs the kata of this name on the solution in a folder and writes results.json to another, as Exercism's run.sh <slug> <input> <output> does. It exits 0 whenever it could say how the solution did.",
  positionals: [
    { name: "slug", description: "the kata's id", required: true, completes: "kata" },
    {
      name: "input",
      description: "the folder with the solution",
      required: true,
      completes: "dir",
    },
    {
      name: "output",
      description: "the folder for results.json",
      required: true,
      completes: "dir",
    },
  ],
  flags: { device: DEVICE_FLAG, katas: KATAS_FLAG, ...SANDBOX_FLAGS },
  examples: [
    ["kata exercism softmax . out", "test ./softmax.ts and write out/results.json"],
    ["kata exercism two-fer /in /out --katas /katas", "a kata of the track's own"],
  ],
  exits: [
    [0, "results.json is written, whatever it says"],
    [2, "there is no such kata, or a folder cannot be used"],
  ],
  load: () => import("../../commands/exercism.ts"),
};

const PLUGIN: CommandSpec = {
  name: "plugin",
  group: "Tools",
  summary: "the contract of plugins, and plugins of your own",
  purpose:
    "contract prints what plugins are handed and may propose. new writes a plugin's files from its spec, and again after the spec has changed: the handler keeps its auto section. check lists everything that is wrong with the plugin in a folder, and calls its handler, confined. plan lists what plugins propose about the files of a folder, and with --apply does it: files are moved or put aside, never deleted. list names the reporters that kata carries and the plugins of kata.toml. The page kata help plugins shows all of it.",
  positionals: [
    {
      name: "action",
      description: "what to do",
      required: true,
      choices: ["contract", "new", "check", "plan", "list"],
    },
    {
      name: "dir",
      description: "the plugin's folder, for check; the folder to walk, for plan",
      completes: "dir",
    },
  ],
  flags: {
    spec: { description: "the spec, for new", value: "FILE", completes: "file" },
    contract: {
      description: "another contract than kata's own",
      short: "c",
      value: "FILE",
      completes: "file",
    },
    force: { description: "overwrite what was edited outside of the auto section" },
    plugin: {
      description: "the folder of a plugin, for plan; by default those of kata.toml",
      value: "DIR",
      repeatable: true,
      completes: "dir",
    },
    apply: { description: "do what is proposed; needs --report" },
    report: {
      description: "write each file, proposal and outcome to this log",
      value: "FILE",
      completes: "file",
    },
    "no-sandbox": NO_SANDBOX_FLAG,
  },
  examples: [
    ["kata plugin contract", "every event and action, with its fields"],
    ["kata plugin new --spec plugin.spec.json", "write the files beside the spec"],
    ["kata plugin check .", "whether the plugin in this folder is in order"],
    ["kata plugin plan katas --plugin .", "what it proposes about the files in katas"],
  ],
  exits: [
    [1, "the plugin is not in order, or a proposal was refused"],
    [2, "the call, the spec or the contract is wrong"],
  ],
  load: () => import("../../commands/plugin.ts"),
};

/** What serves the other commands. */
export const TOOLS: readonly CommandSpec[] = [
  DECONVOLVE,
  REPLAY,
  MERGE,
  EXERCISM,
  PLUGIN,
  HELP,
  DOCTOR,
  COMPLETIONS,
];
