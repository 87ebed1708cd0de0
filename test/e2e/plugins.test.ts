/** Plugins of one's own through the executable: written, completed by editors, listed, confined. */
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LANDLOCK, without } from "../sandbox/without.ts";
import { folder, kata, removeFolders, sample, typeErrors } from "./kata.ts";
import { pageFiles } from "./page-files.ts";

afterAll(removeFolders);

const MINE = `import { type CreateReporter, write } from "kata/plugin";
export const createReporter: CreateReporter = () => ({
  handle: (event) => (event.event === "RunFinished" ? [write(String(event.duration_ms >= 0))] : null),
});
`;

function spec(name: string, change: object = {}): string {
  const whole = {
    name,
    version: "1.0.0",
    handles_event: ["TestFinished", "KatasFinished"],
    outputs: ["propose_failure", "propose_quarantine"],
    policy: {},
  };
  return JSON.stringify({ ...whole, ...change });
}

const FILES = {
  handles_event: "FileDetected",
  policy: { rules: [{ if_path_match: "\\.txt$", propose_quarantine: { reason_code: "text" } }] },
};

/** A project with a gate, a plugin about files, and a reporter. */
function project(): string {
  return folder({
    "kata.toml":
      '[plugins.no-failures]\npath = "plugins/gate"\ngate = true\n[plugins.no-texts]\npath = "plugins/files"\n',
    "plugins/gate/plugin.spec.json": spec("no-failures"),
    "plugins/files/plugin.spec.json": spec("no-texts", FILES),
    "mine.ts": MINE,
    "tree/a.txt": "a",
    "tree/b.ts": "b",
  });
}

const RUN = ["run", "outer-product", "--reference", "--device", "cpu"];

test("kata plugin new writes what an editor completes, and kata runs it", async () => {
  const dir = folder({ "deep/plugin.spec.json": spec("no-failures") });
  const made = await kata(["plugin", "new", "--spec", "deep/plugin.spec.json"], { cwd: dir });
  expect({ code: made.code, err: made.stderr }).toEqual({ code: 0, err: "" });
  expect(made.stdout.split("\n").toSorted()).toEqual(
    ["", "README_PLUGIN.md", "handler.test.ts", "handler.ts", "healthcheck.md", "manifest.json"]
      .concat("ledger_contract.json", "policy_snapshot.json", ".kata", "tsconfig.json")
      .map((name) => (name === "" ? "" : `deep/${name}`))
      .toSorted(),
  );
  const [plugin, handler] = [join(dir, "deep"), join(dir, "deep/handler.ts")];
  expect(typeErrors(plugin)).toBe("");
  const text = readFileSync(handler, "utf8");
  const body = (code: string): void =>
    writeFileSync(handler, text.replace("  return byRules(event);", code));
  body('  return event.event === "TestFinished" && event.staus === "failed" ? [] : null;');
  expect(typeErrors(plugin)).toContain("Did you mean 'status'?");
  body('  return [{ action: "propose_failure", payload: { reason: event.event } }];');
  expect(typeErrors(plugin)).toContain("'reason' does not exist");
  body(
    '  if (event.event !== "TestFinished" || event.duration_ms > 1e9) return null;\n  return [{ action: "propose_failure", payload: { message: event.test_id } }];',
  );
  expect(typeErrors(plugin)).toBe("");
  expect(await kata(["plugin", "check", "deep"], { cwd: dir })).toMatchObject({ code: 0 });
  writeFileSync(join(plugin, "mine.ts"), MINE);
  expect(typeErrors(plugin)).toBe("");
  writeFileSync(join(plugin, "mine.ts"), MINE.replace("duration_ms", "seconds"));
  expect(typeErrors(plugin)).toContain("mine.ts(3,");
}, 30_000);

test("the manual's gate fails a run with a test that was skipped", async () => {
  const page = pageFiles("src/help/plugins.md");
  const [path, code] = ["plugins/no-skips/plugin.spec.json", "plugins/no-skips/handler.ts"];
  const tests = (how: string): string =>
    `import { expect, test } from "bun:test";\nimport { add } from "./template.ts";\ntest("adds", () => { expect(add()).toBe(3); });\n${how}("adds more", () => { expect(add()).toBe(3); });\n`;
  const cwd = folder({
    "kata.toml": '[plugins.no-skips]\npath = "plugins/no-skips"\ngate = true\n',
    [path]: page[path] ?? "",
    "sample.ts": "export const add = (): number => 3;\n",
  });
  expect(await kata(["plugin", "new", "--spec", path], { cwd })).toMatchObject({ code: 0 });
  const handler = join(cwd, code);
  const text = readFileSync(handler, "utf8");
  const body = page[code] ?? "";
  writeFileSync(
    handler,
    text.replace("  return byRules(event);\n", () => body),
  );
  expect(typeErrors(join(cwd, "plugins/no-skips"))).toBe("");
  expect(await kata(["plugin", "check", "plugins/no-skips"], { cwd })).toMatchObject({ code: 0 });
  const run = (how: string) =>
    kata(["run", "sample", "--katas", sample({ tests: tests(how) })], { cwd });
  expect(await run("test")).toMatchObject({ code: 0, stderr: "" });
  const { code: exit, stdout, stderr } = await run("test.skip");
  expect({ exit, stderr }).toEqual({ exit: 1, stderr: "" });
  expect(stdout).toContain("✗ no-skips: sample#1 was skipped");
}, 30_000);

test("kata plugin list and plan know what kata.toml lists", async () => {
  const cwd = project();
  const list = await kata(["plugin", "list"], { cwd });
  expect(list.stdout).toContain("\npretty ".slice(1));
  expect(list.stdout).toEndWith(
    "no-failures      1.0.0    gate, handles TestFinished, KatasFinished (plugins/gate)\nno-texts         1.0.0    plugin, handles FileDetected (plugins/files)\n",
  );
  const plan = await kata(["plugin", "plan", "tree"], { cwd });
  expect(plan).toMatchObject({
    code: 0,
    stdout: "no-texts: propose_quarantine reason_code=text path=a.txt note=\n",
  });
  const none = await kata(["plugin", "plan", "tree"]);
  expect({ code: none.code, err: none.stderr }).toEqual({
    code: 2,
    err: "error: Cannot plan without a plugin\nhint: kata plugin plan katas --plugin my-plugin --apply --report changes.ndjson\n",
  });
});

describe.skipIf(process.platform !== "linux" || process.arch !== "x64")(
  "where a wall is missing, third-party plugins",
  () => {
    test("are refused by every command that would start them, before anything ran", async () => {
      const cwd = project();
      const log = await kata([...RUN, "--log", "run.ndjson", "--reporter", "json"], { cwd });
      expect(log.code).toBe(0);
      const mine = ["--reporter", "./mine.ts:mine.txt"];
      const elsewhere = folder({ "mine.ts": MINE });
      const calls: [args: string[], cwd: string][] = [
        [[...RUN, ...mine], elsewhere],
        [[...RUN, "--log", "new.ndjson"], cwd],
        [["replay", "run.ndjson", ...mine], cwd],
        [["merge", "run.ndjson", ...mine], cwd],
        [["check", "outer-product", ...mine], elsewhere],
        [["plugin", "plan", "tree"], cwd],
      ];
      for (const [args, where] of calls) {
        const { code, stdout, stderr } = await without(LANDLOCK, args, where);
        expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
        expect(stderr).toStartWith(
          "error: Cannot confine what is run here (landlock: this kernel does not have it)\nhint: ",
        );
        expect(existsSync(join(where, "mine.txt"))).toBe(false);
      }
      expect(existsSync(join(cwd, "new.ndjson"))).toBe(false);
    }, 30_000);

    test("run where the user says so", async () => {
      const cwd = project();
      const mine = ["--reporter", "./mine.ts:mine.txt", "--reporter", "json", "--no-sandbox"];
      const ended = await without(LANDLOCK, [...RUN, ...mine], cwd);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      expect(readFileSync(join(cwd, "mine.txt"), "utf8")).toBe("true");
      expect(ended.stdout).toContain("no-failures");
    });
  },
);
