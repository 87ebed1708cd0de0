import type { CommandSpec } from "../../commands/command.ts";
import { DEVICE_FLAG, JSON_FLAG } from "./shared.ts";

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

/** What serves the other commands, or a single trade. */
export const TOOLS: readonly CommandSpec[] = [DECONVOLVE, HELP, DOCTOR, COMPLETIONS];
