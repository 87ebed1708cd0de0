import { describe, expect, test } from "bun:test";
import { NO_PROJECT, parseProject } from "../../src/catalog/project.ts";

function problems(text: string): string[] {
  return parseProject(text, "kata.toml").problems.map(
    ({ line, column, message }) => `${line}:${column}: ${message}`,
  );
}

describe("parseProject()", () => {
  test("reads every setting of the sandbox", () => {
    const text = `[sandbox]
allow-read = ["data", "more"]
allow-write = true
allow-env = ["KEY"]
allow-net = true
allow-run = false
max-memory = 512
max-cpu = 3
max-output = 9
`;
    expect(parseProject(text, "kata.toml")).toEqual({
      problems: [],
      project: {
        sandbox: {
          read: ["data", "more"],
          write: "all",
          env: ["KEY"],
          net: true,
          run: false,
          memory: 512,
          cpu: 3,
          output: 9,
        },
        agents: {},
        plugins: [],
      },
    });
  });

  test("grants nothing where nothing is said", () => {
    const empty = { project: NO_PROJECT, problems: [] };
    expect(parseProject("", "kata.toml")).toEqual(empty);
    expect(parseProject("[plugins]\n", "kata.toml")).toEqual(empty);
    expect(parseProject("[sandbox]\nallow-read = false\n", "kata.toml")).toEqual(empty);
  });

  test("says what is wrong, each with its place", () => {
    expect(problems("sandbox = 1")).toEqual(["1:1: Cannot read sandbox: it is the integer 1"]);
    const text =
      '[sandbox]\nallow-reed = true\nallow-net = "yes"\nmax-memory = 1\nmax-cpu = 1.5\nallow-write = "out"\nallow-env = [1]\n';
    expect(problems(text).toSorted()).toEqual([
      "2:1: Unknown key: sandbox.allow-reed",
      '3:1: Cannot read sandbox.allow-net: it is the string "yes"',
      "4:1: Cannot read sandbox.max-memory: 1 is out of range",
      "5:1: Cannot read sandbox.max-cpu: it is the float 1.5",
      '6:1: Cannot read sandbox.allow-write: it is the string "out"',
      "7:14: Cannot read sandbox.allow-env[0]: it is the integer 1",
    ]);
    expect(problems("[sandbox\n")).toHaveLength(1);
  });

  test("reads extensions in order, and agents", () => {
    const text = `[extensions]
folder = "steps"
[extensions.slots]
"on:failure" = ["b.md", "a.md"]
gate = []
[agents.default]
command = ["sh", "agent.sh"]
`;
    expect(parseProject(text, "kata.toml")).toEqual({
      problems: [],
      project: {
        sandbox: {},
        extensions: { folder: "steps", slots: { "on:failure": ["b.md", "a.md"], gate: [] } },
        agents: { default: ["sh", "agent.sh"] },
        plugins: [],
      },
    });
    expect(parseProject("[extensions]\n", "kata.toml").project.extensions).toEqual({
      folder: "extensions",
      slots: {},
    });
  });

  test("says of every wrong shape what it is and where", () => {
    expect(problems("extensions = 1\nagents = []\n").toSorted()).toEqual([
      "1:1: Cannot read extensions: it is the integer 1",
      "2:1: Cannot read agents: it is a list",
    ]);
    const text =
      '[extensions]\nfolder = ""\nslots = ["gate"]\nfile = "x"\n[agents]\na = "sh"\nb = {}\nc = { command = [] }\nd = { command = "sh x", shell = true }\n';
    expect(problems(text).toSorted()).toEqual([
      "2:1: Cannot read extensions.folder: it is empty",
      "3:1: Cannot read extensions.slots: it is a list",
      "4:1: Unknown key: extensions.file",
      '6:1: Cannot read agents.a: it is the string "sh"',
      "7:1: Missing required field: command",
      "8:7: An agent's command is empty",
      "9:25: Unknown key: agents.d.shell",
      '9:7: Cannot read agents.d.command: it is the string "sh x"',
    ]);
    expect(problems('[extensions.slots]\ngate = "lint.md"\nguard = [1, ""]\n')).toEqual([
      '2:1: Cannot read extensions.slots.gate: it is the string "lint.md"',
      "3:10: Cannot read extensions.slots.guard[0]: it is the integer 1",
      "3:13: Cannot read extensions.slots.guard[1]: it is empty",
    ]);
  });

  test("lets no setting pass that nobody reads", () => {
    const text = "allow-net = true\n[sandbx]\n[extension]\n[agent.x]\n[others]\n";
    const { problems: found } = parseProject(text, "kata.toml");
    expect(found.map(({ line, message, hint }) => [line, message, hint])).toEqual([
      [1, "Unknown key: allow-net", "remove it"],
      [2, "Unknown key: sandbx", 'did you mean "sandbox"?'],
      [3, "Unknown key: extension", 'did you mean "extensions"?'],
      [4, "Unknown key: agent", 'did you mean "agents"?'],
      [5, "Unknown key: others", "remove it"],
    ]);
  });

  test("reads plugins in order, from folders and from packages", () => {
    const text =
      '[plugins.no-skips]\npath = "plugins/no-skips"\ngate = true\n[plugins.house]\npackage = "@me/house"\n';
    const { project, problems: found } = parseProject(text, "kata.toml");
    expect(found).toEqual([]);
    expect(project.plugins).toEqual([
      { name: "no-skips", from: { path: "plugins/no-skips" }, gate: true },
      { name: "house", from: { package: "@me/house" }, gate: false },
    ]);
  });

  test("says of every wrong plugin what it is and where", () => {
    const text =
      '[plugins]\na = "x"\nB = { path = "b" }\nc = {}\nd = { path = "d", package = "d" }\ne = { path = 1, gate = 1 }\nf = { package = "../f" }\ng = { path = "", on = true }\n';
    expect(problems(text).toSorted()).toEqual([
      '2:1: Cannot read plugins.a: it is the string "x"',
      '3:1: The name of a plugin is "B"',
      "4:1: plugins.c has neither path nor package",
      "5:1: plugins.d has both path and package",
      "6:17: Cannot read plugins.e.gate: it is the integer 1",
      "6:7: Cannot read plugins.e.path: it is the integer 1",
      '7:7: "../f" is no package\'s name',
      "8:18: Unknown key: plugins.g.on",
      "8:7: Cannot read plugins.g.path: it is empty",
    ]);
    expect(problems("plugins = []\n")).toEqual(["1:1: Cannot read plugins: it is a list"]);
  });
});
