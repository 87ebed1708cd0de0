import { describe, expect, test } from "bun:test";
import { resultText } from "../../src/commands/check.ts";
import { doctorText } from "../../src/commands/doctor.ts";
import { difficultyDots, languagesOf, manifestFields } from "../../src/commands/kata-text.ts";
import { listText } from "../../src/commands/list.ts";
import { problemText } from "../../src/commands/problems.ts";
import { createStyle } from "../../src/ui/style.ts";
import { kataOf } from "./katas.ts";

const plain = createStyle(false);

describe("listText()", () => {
  const katas = [
    kataOf("one"),
    kataOf("two", { dependencies: ["one"], difficulty: 3 }),
    kataOf("three", { category: "second", dependencies: ["one", "two", "elsewhere"] }),
  ];

  test("groups by category and says what comes before", () => {
    expect(listText(katas, new Set(), Number.POSITIVE_INFINITY, plain)).toBe(
      [
        "first",
        "     \u25cf\u25cb\u25cb\u25cb\u25cb  one  Kata one",
        "     \u25cf\u25cf\u25cf\u25cb\u25cb  two  Kata two  after: one",
        "",
        "second",
        "     \u25cf\u25cb\u25cb\u25cb\u25cb  three  Kata three  after: one, two",
        "",
      ].join("\n"),
    );
  });

  test("marks what is begun and drops it from what comes before", () => {
    const text = listText(katas, new Set(["one"]), 80, plain);
    expect(text).toContain("  \u2713  \u25cf\u25cb\u25cb\u25cb\u25cb  one");
    expect(text).not.toContain("after: one");
    expect(text).toContain("after: two");
  });

  test("fits the width, and shows nothing that moves the cursor", () => {
    const long = kataOf("long", { name: `\u001b[2Jvery ${"long ".repeat(50)}` });
    for (const columns of [40, 80]) {
      for (const line of listText([long], new Set(), columns, plain).split("\n")) {
        expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
        expect(line).not.toContain("\u001b");
      }
    }
  });

  test("cuts names before ids, which are what people type", () => {
    const id = "kernel-matmul-shared";
    const wide = kataOf(id, { name: "A rather long name", dependencies: ["one"] });
    const lines = listText([kataOf("one"), wide], new Set(), 40, plain).split("\n");
    expect(lines.find((line) => line.includes(id))).toBeString();
    for (const line of lines) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(40);
  });

  test("says so when there are none", () => {
    expect(listText([], new Set(), 80, plain)).toBe("No katas\n");
  });
});

test("difficultyDots() always draws five", () => {
  expect([1, 3, 5].map(difficultyDots)).toEqual(["●○○○○", "●●●○○", "●●●●●"]);
  expect(difficultyDots(99)).toBe("●●●●●");
  expect(difficultyDots(-1)).toBe("○○○○○");
});

test("manifestFields() has the manifest's own names and no paths of bundled katas", () => {
  const kata = kataOf("one", { timeoutMs: 500, hints: ["h"] });
  const fields = manifestFields(kata, true);
  expect(fields).toMatchObject({
    id: "one",
    base_difficulty: 1,
    timeout_ms: 500,
    hints: ["h"],
    rules: { forbid: [], must_use: [] },
    passes_on_template: [],
    languages: ["ts"],
    dir: null,
  });
  expect(Object.keys(fields).filter((name) => /[A-Z]/.test(name))).toEqual([]);
  expect(manifestFields(kataOf("one"), false)).toMatchObject({
    timeout_ms: null,
    dir: "/katas/one",
  });
  expect(languagesOf(kataOf("none", { files: {} }))).toEqual([]);
});

test("problemText() names the place in one line", () => {
  const problem = { severity: "error", file: "/w/a/manifest.toml", line: 3, column: 1 } as const;
  expect(problemText({ ...problem, message: "Bad\nthing", expected: "good" }, "/w")).toBe(
    "a/manifest.toml:3:1: Bad thing; expected good",
  );
  expect(problemText({ ...problem, line: 0, message: "m" }, "/elsewhere")).toBe(
    "/w/a/manifest.toml: m",
  );
});

test("resultText() shows counts, devices and problems", () => {
  const result = {
    kata_id: "softmax",
    lang: "py" as const,
    category: "c",
    ok: false,
    checks: [],
    problems: [
      {
        severity: "error" as const,
        file: "/w/t.py",
        line: 2,
        column: 1,
        message: "Template passes",
        hint: "take more out",
      },
    ],
    template: { passed: 6, failed: 0 },
    reference: { passed: 12, failed: 0 },
    devices: ["cpu", "software"],
    duration_ms: 12.6,
  };
  expect(resultText(result, "/w", plain)).toBe(
    "\u2717 softmax:py  template fails 0 of 6; reference passes 12 of 12; cpu, software; 13 ms\n" +
      "    t.py:2:1: Template passes\n" +
      "    hint: take more out\n",
  );
  const survivor = { ...result.problems[0]!, message: "Every test passes on\n- a\n+ b" };
  const mutants = { total: 9, killed: 7, equivalent: 1, survivors: [] };
  expect(resultText({ ...result, mutants, problems: [survivor] }, "/w", plain)).toBe(
    "\u2717 softmax:py  template fails 0 of 6; reference passes 12 of 12; tests notice 7 of 9 mutants, 1 equivalent; cpu, software; 13 ms\n" +
      "    t.py:2:1: Every test passes on\n" +
      "      - a\n" +
      "      + b\n" +
      "    hint: take more out\n",
  );
  const many = { ...result, problems: Array.from({ length: 8 }, () => result.problems[0]!) };
  expect(resultText(many, "/w", plain)).toEndWith("    and 3 more; --json has them all\n");
});

test("doctorText() shows adapters, and how to get what is missing", () => {
  const limits = { maxBufferSize: 1_073_741_824 };
  const none = { features: [], limits: {}, vendor: "", architecture: "", description: "" };
  const text = doctorText(
    {
      version: "0.1.0",
      bun: "1.4.5",
      platform: "linux",
      arch: "x64",
      executable: "/bin/kata",
      cache: { dir: "/cache", source: "home", writable: false },
      webgpu: {
        addon: "/cache/dawn.node",
        adapters: [
          { device: "gpu", available: false, ...none, reason: "no device nodes" },
          {
            device: "software",
            available: true,
            vendor: "v",
            architecture: "",
            description: "Soft",
            features: ["f16", "bgra"],
            limits,
          },
        ],
      },
      sandbox: [{ name: "landlock" as const, holds: true, detail: "7" }],
      device_auto: "cpu",
      missing: [{ what: "a GPU", why: "none was found", fix: "install one" }],
    },
    80,
    plain,
  );
  expect(text).toContain("/cache (read-only; from home)");
  expect(text).toContain("\u2717 --device gpu\n  why not  no device nodes");
  expect(text).toContain("\u2713 --device software\n");
  expect(text).toContain("bgra, f16");
  expect(text).toContain("1,073,741,824");
  expect(text).toContain("  a GPU\n    none was found\n    fix: install one");
});
