import type { CommandSpec } from "../../commands/command.ts";
import {
  DEVICE_FLAG,
  EXIT_ZERO_FLAG,
  JOBS_FLAG,
  JSON_FLAG,
  KATAS_FLAG,
  LANG_FLAG,
  REPORTER_FLAG,
  SANDBOX_FLAGS,
  STRICT_PLUGINS_FLAG,
} from "./shared.ts";

const RUN: CommandSpec = {
  name: "run",
  group: "Practise",
  summary: "test solutions against their katas",
  purpose:
    "Runs katas' tests. Without a selector it runs every kata that has a solution in this folder; without any solution there is nothing to run. With a selector it runs ./<id>.ts for each kata selected; with a solution as well, exactly that file. Solutions in Python are listed and skipped by this version.",
  positionals: [
    {
      name: "selector",
      description: 'a kata\'s id, a category, or a quoted glob over category/id ("wgsl-kernels/*")',
      completes: "kata",
    },
    { name: "solution", description: "the file to test", completes: "file" },
  ],
  flags: {
    reference: { description: "run the katas' own references in the place of solutions" },
    filter: { description: "only tests whose name contains this text", value: "TEXT" },
    lang: LANG_FLAG,
    variation: { description: "the kata's variation with this name", value: "NAME" },
    device: DEVICE_FLAG,
    timeout: {
      description: "milliseconds that a test may take",
      value: "MS",
      range: [1, 86_400_000],
      default: "the kata's own, else 10000",
    },
    seed: {
      description: "the seed of random tensors",
      value: "N",
      range: [0, 4_294_967_295],
      default: "0",
    },
    jobs: JOBS_FLAG,
    bail: { description: "stop at the first failure" },
    reporter: REPORTER_FLAG,
    "strict-plugins": STRICT_PLUGINS_FLAG,
    log: {
      description: "write every event of the run to this file",
      value: "FILE",
      completes: "file",
    },
    shard: {
      description: "only this part of what would run: i/n, with i from 1 to n",
      value: "I/N",
      default: "what GitLab, Kubernetes or Slurm say, else everything",
    },
    timings: {
      description: "cut shards by the times in this report (json) or log of an earlier run",
      value: "FILE",
      completes: "file",
    },
    katas: KATAS_FLAG,
    ...SANDBOX_FLAGS,
    "exit-zero": EXIT_ZERO_FLAG,
  },
  examples: [
    ["kata run softmax", "test ./softmax.ts"],
    ["kata run softmax answers/softmax.ts --reporter json", "one JSON object on stdout"],
    [
      'kata run "wgsl-kernels/*" --reference --device software',
      "our own solutions, on WebGPU in software",
    ],
    ["kata run --reporter pretty --reporter junit:report.xml", "both reports of one run"],
    [
      "kata run --reference --shard 1/3 --log shard-1.ndjson",
      "a third of it; see kata help shards",
    ],
  ],
  exits: [
    [0, "everything that ran passed"],
    [1, "a solution did not pass"],
    [2, "the call is wrong, or a kata is broken"],
    [70, "a defect in kata"],
    [130, "interrupted"],
  ],
  load: () => import("../../commands/run.ts"),
};

const LIST: CommandSpec = {
  name: "list",
  group: "Practise",
  summary: "the katas there are, by category",
  purpose:
    "Lists the katas by category, each after those it depends on. A filled circle for each step of difficulty; a check mark where this folder has a solution; what to do before, where that is still missing.",
  positionals: [],
  flags: { json: JSON_FLAG, katas: KATAS_FLAG },
  examples: [
    ["kata list", "the bundled katas"],
    ["kata list --json", "the same as data; its schema: kata schema list"],
    ["kata list --katas ./my-katas", "katas from elsewhere"],
  ],
  load: () => import("../../commands/list.ts"),
};

const SHOW: CommandSpec = {
  name: "show",
  group: "Practise",
  summary: "what a kata asks for, and its hints",
  purpose:
    "Shows a kata: what it asks for, what it builds on, its variations. Hints stay hidden until they are asked for.",
  positionals: [{ name: "id", description: "the kata's id", required: true, completes: "kata" }],
  flags: {
    hint: { description: "only this hint, counted from 1", value: "N", range: [1, 1000] },
    hints: { description: "every hint" },
    json: { description: "print every field of the manifest as JSON" },
    katas: KATAS_FLAG,
  },
  examples: [
    ["kata show softmax", "what it asks for"],
    ["kata show softmax --hint 1", "the first hint alone"],
  ],
  load: () => import("../../commands/show.ts"),
};

const START: CommandSpec = {
  name: "start",
  group: "Practise",
  summary: "copy a kata's template, to be filled in",
  purpose:
    "Writes the kata's template to <id>.ts (or <id>.py), with the typings that an editor needs to complete and check it. Files that exist are never overwritten.",
  positionals: [{ name: "id", description: "the kata's id", required: true, completes: "kata" }],
  flags: {
    lang: LANG_FLAG,
    dir: {
      description: "the folder to write to",
      value: "DIR",
      completes: "dir",
      default: "this one",
    },
    katas: KATAS_FLAG,
  },
  examples: [
    ["kata start softmax", "write ./softmax.ts"],
    ["kata start softmax --dir exercises", "write exercises/softmax.ts"],
  ],
  load: () => import("../../commands/start.ts"),
};

/** What a learner calls. */
export const PRACTICE: readonly CommandSpec[] = [RUN, LIST, SHOW, START];
