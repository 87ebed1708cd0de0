import { expect, test } from "bun:test";
import { SPECS } from "../../src/cli/specs/index.ts";
import { parseArguments } from "../../src/cli/strict.ts";
import { SCHEMAS } from "../../src/help/schemas.ts";
import { SLOT_NAMES } from "../../src/extensions/slots.ts";
import { TOPICS } from "../../src/help/topics.ts";
import { CI_SERVICES } from "../../src/session/course.ts";
import { REPORTERS } from "../../src/session/reporters.ts";
import { DEVICE_CHOICES } from "../../src/session/request.ts";
import { shellWords } from "./shell-words.ts";

/** The lines of a page's shell blocks. */
function commandsOf(markdown: string): string[] {
  return [...markdown.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) =>
    (block ?? "").split("\n").filter((line) => line.trim() !== ""),
  );
}

function expectParses(command: string): void {
  const [program, name, ...argv] = shellWords(command);
  expect(program).toBe("kata");
  const spec = SPECS.find((candidate) => candidate.name === name);
  if (spec === undefined) throw new Error(`no such command: ${command}`);
  expect(() => parseArguments(spec, argv)).not.toThrow();
}

test("every example in a command's help parses", () => {
  for (const spec of SPECS) {
    expect(spec.examples.length).toBeGreaterThanOrEqual(2);
    for (const [command] of spec.examples) expectParses(command);
  }
});

test("every command in the manual parses", () => {
  for (const topic of TOPICS) {
    for (const command of commandsOf(topic.text)) expectParses(command);
    for (const [, command] of topic.text.matchAll(/`(kata [^`<]*)`/g)) {
      const words = shellWords(command ?? "");
      // A command that is only named is no call.
      if (words.length > 2) expectParses(command ?? "");
    }
  }
});

test("every page that something refers to exists", () => {
  const names = new Set([...TOPICS, ...SPECS].map(({ name }) => name));
  for (const topic of TOPICS) {
    for (const [, name] of topic.text.matchAll(/`kata help ([a-z-]+)`/g)) {
      expect(names).toContain(name ?? "");
    }
  }
});

test("names are unique, and every command can be loaded", async () => {
  expect(new Set(SPECS.map((spec) => spec.name)).size).toBe(SPECS.length);
  for (const spec of SPECS) expect((await spec.load()).run).toBeFunction();
});

test("the flags' values are those of the code", () => {
  const slot = SPECS.find(({ name }) => name === "extension")?.positionals[1];
  expect(slot?.choices).toEqual(SLOT_NAMES);
  const run = SPECS.find((spec) => spec.name === "run");
  expect(run?.flags["reporter"]?.suggestions?.toSorted()).toEqual(
    Object.keys(REPORTERS).toSorted(),
  );
  for (const { name, flags } of SPECS) {
    // A kata says which devices it is for; everything else says which one is used.
    const choices = name === "new" ? ["any", "webgpu"] : DEVICE_CHOICES;
    if (flags["device"] !== undefined) expect(flags["device"].choices).toEqual(choices);
  }
  const of = (name: string) => SPECS.find((spec) => spec.name === name);
  expect(of("schema")?.positionals[0]?.choices?.toSorted()).toEqual(
    Object.keys(SCHEMAS).toSorted(),
  );
  expect(of("init")?.flags["ci"]?.choices).toEqual(CI_SERVICES);
});

test("every reporter has its row in the manual", () => {
  const page = TOPICS.find((topic) => topic.name === "reporters")?.text ?? "";
  for (const name of Object.keys(REPORTERS)) expect(page).toContain(`| \`${name}\` `);
});
