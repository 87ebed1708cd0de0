import type { CommandSpec } from "../../commands/command.ts";
import { JSON_FLAG } from "./shared.ts";

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

/** What serves the other commands. */
export const TOOLS: readonly CommandSpec[] = [HELP, DOCTOR, COMPLETIONS];
