import type { CommandSpec } from "../../commands/command.ts";
import { JSON_FLAG } from "./shared.ts";

/** `kata py`. */
export const PYTHON: CommandSpec = {
  name: "py",
  group: "Tools",
  summary: "run Python, which reaches nothing that is not granted",
  purpose:
    "Runs a Python program: a file, the text after -c, a module after -m, or - for what comes on stdin. On a terminal, without a program, it reads and answers line by line. The program reaches no file, variable, network or process: what it may is granted by the flags, which stand before it. The page kata help python says more.",
  positionals: [{ name: "file", description: "a program, or - for stdin", completes: "file" }],
  handsOn: "arguments",
  flags: {
    code: { description: "the program itself", short: "c", value: "CODE", last: true },
    module: {
      description: "run a module as a program: unittest",
      short: "m",
      value: "NAME",
      last: true,
    },
    "allow-read": {
      description: "let it read below this folder",
      value: "DIR",
      repeatable: true,
      completes: "dir",
    },
    "allow-write": {
      description: "let it read and write below this folder",
      value: "DIR",
      repeatable: true,
      completes: "dir",
    },
    "allow-env": {
      description: "let it see this variable of the environment",
      value: "NAME",
      repeatable: true,
    },
    "no-clock": { description: "let it know no time, and not sleep" },
    seed: {
      description: "where its chance begins; the system's own without",
      value: "N",
      range: [0, Number.MAX_SAFE_INTEGER],
    },
    "max-steps": {
      description: "steps that it may take; a call or a loop's turn is about one",
      value: "N",
      range: [1, Number.MAX_SAFE_INTEGER],
    },
    "max-time": { description: "seconds that it may compute", value: "SECONDS", real: true },
    "max-memory": {
      description: "MiB of memory that it may hold",
      value: "MIB",
      range: [1, 65_536],
      default: "1024",
    },
    "max-output": {
      description: "characters that it may print; 10 million by default with --json",
      value: "N",
      range: [1, Number.MAX_SAFE_INTEGER],
    },
    "max-depth": {
      description: "calls in one another",
      value: "N",
      range: [10, 100_000],
      default: "1000",
    },
    record: {
      description: "write what it asks of the world, and the answers, to this log",
      value: "LOG",
      completes: "file",
    },
    replay: {
      description: "answer from this log as long as it lasts, and do nothing of it again",
      value: "LOG",
      completes: "file",
    },
    profile: { description: "say on stderr where its time went" },
    interactive: {
      description: "read and answer line by line, after a program if there is one",
      short: "i",
    },
    json: { ...JSON_FLAG, description: "print what became of it as JSON, for tools" },
  },
  examples: [
    ["kata py hello.py", "run a program"],
    ["kata py -c 'print(2 ** 100)'", "run a line"],
    ["kata py --allow-read data report.py data/may.csv", "let it read one folder"],
    ["kata py --max-time 5 --max-memory 256 --json -", "for a tool that has a program to run"],
    ["kata py -m unittest test_queue.py -v", "run tests"],
  ],
  exits: [
    [1, "an exception ended it, or a limit"],
    [2, "the call is wrong, or there is no such file; programs choose codes of their own"],
    [130, "interrupted"],
  ],
  load: () => import("../../commands/py.ts"),
};
