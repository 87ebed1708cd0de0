/** The page in a real browser: what a person sees, can press and can search. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { KataEvent } from "../../src/events/event.ts";
import { goldens, render } from "../golden/render.ts";
import { RunBuilder, runs } from "../golden/runs.ts";
import { findBrowser, openBrowser } from "./browser.ts";

const found = findBrowser();
if ("missing" in found) console.warn(`the page is not tested in a browser: ${found.missing}`);

const AXE = readFileSync(join(import.meta.dir, "../../node_modules/axe-core/axe.min.js"), "utf8");
const dir = mkdtempSync(join(tmpdir(), "kata-html-"));
let browser: Browser;

interface Shown {
  page: Page;
  /** What the page asked of the network, and what it complained of. */
  requests: string[];
  complaints: string[];
}

let count = 0;

async function show(
  events: readonly KataEvent[],
  { scheme = "light" as "light" | "dark", width = 1200, script = true } = {},
): Promise<Shown> {
  const golden = goldens["html"];
  if (golden === undefined) throw new Error("no html");
  const path = join(dir, `${count++}.html`);
  await Bun.write(path, await render(golden, events));
  const page = await browser.newPage({
    colorScheme: scheme,
    viewport: { width, height: 900 },
    javaScriptEnabled: script,
  });
  const shown: Shown = { page, requests: [], complaints: [] };
  page.on("request", (request) => shown.requests.push(request.url()));
  page.on("console", (message) => shown.complaints.push(message.text()));
  page.on("pageerror", (error) => shown.complaints.push(String(error)));
  await page.goto(`file://${path}`);
  return shown;
}

const several = runs["several"] ?? [];
const visibleTests = (page: Page): Promise<string[]> =>
  page.locator("li.test:visible .name").allTextContents();

describe.skipIf("missing" in found)("html in a browser", () => {
  beforeAll(async () => {
    if (!("missing" in found)) browser = await openBrowser(found);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(dir, { recursive: true });
  });

  test.each(Object.keys(runs))(
    "asks nothing of the network and complains of nothing when run is %s",
    async (run) => {
      const { page, requests, complaints } = await show(runs[run] ?? []);
      expect(await page.locator("h1").count()).toBe(1);
      expect(requests.filter((url) => !url.startsWith("file://") && url !== "data:,")).toEqual([]);
      expect(requests.filter((url) => url.startsWith("file://")).length).toBe(1);
      expect(complaints).toEqual([]);
      // Nothing is wider than the window.
      const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
      expect(wide).toBe(false);
      await page.close();
    },
  );

  test.each([
    ["several", "light", 1200],
    ["several", "dark", 1200],
    ["hostile", "light", 420],
    ["assertion", "dark", 420],
    ["skips", "light", 1200],
    ["skips", "dark", 1200],
    ["tensor", "light", 1200],
    ["interrupted", "dark", 900],
  ] as const)("is accessible by axe when run is %s in %s at %d", async (run, scheme, width) => {
    const { page } = await show(runs[run] ?? [], { scheme, width });
    await page.evaluate(AXE);
    const violations: unknown = await page.evaluate(
      `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 200)).join(" | ")))`,
    );
    expect(violations).toEqual([]);
    await page.close();
  });

  test("filters by status and by words, and says how many are left", async () => {
    const { page } = await show(several);
    await page.click("button[data-status=failed]");
    expect(await visibleTests(page)).toEqual(["sums to one", "weights", "test_loop"]);
    expect(await page.locator("#status").textContent()).toBe("3 tests shown");
    expect(await page.getAttribute("button[data-status=failed]", "aria-pressed")).toBe("true");
    await page.fill("#search", "attention FOR is");
    await page.locator("#status", { hasText: "1 test shown" }).waitFor();
    expect(await visibleTests(page)).toEqual(["test_loop"]);
    await page.fill("#search", "no such thing");
    await page.locator(".none").waitFor({ state: "visible" });
    expect(await page.locator("details.kata:visible").count()).toBe(0);
    await page.close();
  });

  test("is driven by the keyboard alone", async () => {
    const { page } = await show(several);
    const focused = (): Promise<unknown> =>
      page.evaluate("document.activeElement.textContent.trim().slice(0, 40)");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the katas");
    await page.keyboard.press("n");
    expect(await focused()).toContain("sums to one");
    await page.keyboard.press("n");
    expect(await focused()).toContain("weights");
    await page.keyboard.press("p");
    expect(await focused()).toContain("sums to one");
    await page.keyboard.press("/");
    await page.keyboard.type("keeps the");
    await page.locator("#status", { hasText: "2 tests shown" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator("#status").textContent()).toBe("7 tests shown");
    await page.close();
  });

  test("draws both tensors and their difference, and reads values out", async () => {
    const { page } = await show(runs["tensor"] ?? []);
    const maps = page.locator(".tensors.drawn").first();
    await maps.waitFor();
    expect(await maps.locator("figcaption").allTextContents()).toEqual([
      "Expected [4, 6] float32",
      "Got [4, 6] float32",
      "Difference, got − expected",
    ]);
    expect(await maps.locator(".grid i").count()).toBe(72);
    expect(await maps.locator(".readout").textContent()).toBe("2 of 24 values differ");
    expect(await maps.locator(".first").count()).toBe(3);
    await maps.locator('.received i[data-at="15"]').hover();
    expect(await maps.locator(".readout").textContent()).toBe(
      "[2, 3]  expected 1.875, got 2.375, off by +0.5",
    );
    await maps.locator(".maps").focus();
    await page.keyboard.press("ArrowRight");
    expect(await maps.locator(".readout").textContent()).toBe("[2, 4]  expected 2, got NaN");
    await page.keyboard.press("ArrowUp");
    expect(await maps.locator(".readout").textContent()).toStartWith("[1, 4]");
    const shapes = page.locator(".tensors").nth(1);
    await shapes.scrollIntoViewIfNeeded();
    await shapes.locator(".readout").waitFor();
    expect(await shapes.locator(".readout").textContent()).toBe("The shapes differ");
    expect(await shapes.locator("figure").count()).toBe(2);
    await page.close();
  });

  test("draws what is degenerate, capped, deep or empty", async () => {
    const key = { kata_id: "k", lang: "ts", variation: "" } as const;
    const plan = { ...key, name: "K", category: "", difficulty: 1, dependencies: [], file: "k.ts" };
    const builder = new RunBuilder().start([plan]).kata(key);
    const tensor = (
      role: "expected" | "received",
      shape: number[],
      values: (number | string)[],
    ) => ({
      role,
      shape,
      dtype: "float32",
      values,
      capped: values.length < shape.reduce((a, b) => a * b, 1),
    });
    const many = Array.from({ length: 256 }, (_, at) => at);
    const cases: [number[], (number | string)[]][] = [
      [[], [1]],
      [[0, 3], []],
      [[5], ["NaN", "Infinity", "-Infinity", 0, -0]],
      [[1000, 1000], many],
      [[2, 3, 2, 2], many.slice(0, 24)],
      [[256], many],
      [[3], [1e-30, 1e30, 5]],
      [[2, 2], [1]],
    ];
    for (const [at, [shape, values]] of cases.entries()) {
      const received = values.map((value, place) => (place === 0 ? 9 : value));
      builder.test(key, `case ${at}`, {
        status: "failed",
        reason: "assertion",
        failure: {
          message:
            "x values don't match.\nExpected: tensor([1.],\n[2.])\nGot: tensor([3.])\nLargest absolute difference: 8",
          type: "",
          tensors: [tensor("expected", shape, values), tensor("received", shape, received)],
          first_difference: shape.map(() => 0),
        },
      });
    }
    const { page, complaints } = await show(builder.end(key).finish().events, { width: 420 });
    for (let at = 0; at < cases.length; at++) {
      const box = page.locator(".tensors").nth(at);
      await box.scrollIntoViewIfNeeded();
      await box.locator(".readout").waitFor();
    }
    expect(complaints).toEqual([]);
    // What is drawn is not printed as well, but can be opened.
    expect(await page.locator(".message").first().textContent()).toBe(
      "x values don't match.\nLargest absolute difference: 8",
    );
    expect(await page.locator(".more pre").first().textContent()).toBe(
      "Expected: tensor([1.],\n[2.])\nGot: tensor([3.])",
    );
    expect(await page.locator(".tensors").nth(4).locator(".expected .slice").count()).toBe(6);
    expect(await page.locator(".tensors").nth(1).locator(".empty").count()).toBe(3);
    expect(await page.evaluate("document.documentElement.scrollWidth > innerWidth")).toBe(false);
    await page.close();
  });

  test("wears the system's theme until it is told another", async () => {
    const { page } = await show(several, { scheme: "dark" });
    const background = (): Promise<unknown> =>
      page.evaluate("getComputedStyle(document.body).backgroundColor");
    const dark = await background();
    await page.click("#theme");
    expect(await page.locator("#theme").textContent()).toContain("Light");
    expect(await background()).not.toBe(dark);
    await page.click("#theme");
    expect(await background()).toBe(dark);
    await page.close();
  });

  test("runs nothing that a test has printed", async () => {
    const attack = `"'></pre></script><script>document.title = "owned"</script><img src=x onerror="document.title='owned'">`;
    const key = { kata_id: `k${attack}`, lang: "ts", variation: attack } as const;
    const plan = {
      ...key,
      name: attack,
      category: attack,
      difficulty: 1,
      dependencies: [],
      file: attack,
    };
    const tensor = { shape: [1], dtype: attack, values: [attack], capped: false };
    const { events } = new RunBuilder()
      .start([plan])
      .kata(key, attack)
      .test(key, attack, {
        status: "failed",
        reason: "assertion",
        printed: attack,
        failure: {
          message: attack,
          type: attack,
          stack: attack,
          frame: {
            file: attack,
            line: 1,
            column: 3,
            lines: [{ number: 1, text: attack }],
            solution: true,
          },
          tensors: [
            { ...tensor, role: "expected" },
            { ...tensor, role: "received" },
          ],
        },
      })
      .add({ event: "PluginFailed", plugin: attack, message: attack })
      .end(key, { unfilled: 1 })
      .finish({ kata_id: attack, name: attack });
    const { page, complaints, requests } = await show(events);
    expect(await page.title()).not.toBe("owned");
    expect(await page.locator("img, script").count()).toBe(1);
    expect([...complaints, ...requests.slice(1)].filter((text) => text !== "data:,")).toEqual([]);
    await page.close();
  });

  test("can be read without its script", async () => {
    const { page } = await show(several, { script: false });
    expect(await page.locator("li.test").count()).toBe(7);
    expect(await page.locator(".tensors").first().textContent()).toBe(
      "Expected [4, 6] float32, got [4, 6] float32",
    );
    await page.close();
  });

  test("is ready and searched in a moment when there are 10,000 tests", async () => {
    const plan = Array.from({ length: 20 }, (_, at) => ({
      kata_id: `kata-${at}`,
      lang: "ts" as const,
      variation: "",
      name: "K",
      category: "",
      difficulty: 1,
      dependencies: [],
      file: "k.ts",
    }));
    const builder = new RunBuilder().start(plan);
    for (const kata of plan) {
      builder.kata(kata);
      for (let at = 0; at < 500; at++) {
        builder.test(kata, `group › test ${at}`, at % 50 === 7 ? failing : { status: "passed" });
      }
      builder.end(kata);
    }
    const started = performance.now();
    const { page } = await show(builder.finish().events);
    const shown = performance.now() - started;
    const searched = await page.evaluate(`(async () => {
      const start = performance.now();
      const search = document.querySelector("#search");
      search.value = "kata-7 333";
      search.dispatchEvent(new Event("input"));
      while (document.querySelector("#status").textContent !== "1 test shown") await new Promise(requestAnimationFrame);
      document.body.getBoundingClientRect();
      return performance.now() - start;
    })()`);
    expect(await visibleTests(page)).toEqual(["group › test 333"]);
    // Far below what a person waits for, on a machine that is busy too.
    expect(shown).toBeLessThan(10_000);
    expect(Number(searched)).toBeLessThan(3000);
    await page.close();
  }, 30_000);
});

const failing = {
  status: "failed",
  reason: "assertion",
  failure: {
    message: "values don't match.",
    type: "",
    tensors: (["expected", "received"] as const).map((role) => ({
      role,
      shape: [16, 16],
      dtype: "float32",
      values: Array.from({ length: 256 }, (_, at) => (role === "expected" ? at : at + (at % 7))),
      capped: false,
    })),
  },
} as const;
