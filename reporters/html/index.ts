/**
 * A page to look at: one file that needs no network, no other file and, for
 * all but filters and heat maps, no script. Its policy lets nothing run that
 * is not kata's own, whatever a test has printed.
 */
import {
  label,
  Tally,
  write,
  type CreateReporter,
  type KataEvent,
  type KataResult,
  type ReporterSpec,
  type Verdict,
} from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { countTests, duration, plural, unfilledNote } from "../shared/words.ts";
import { fill, raw, type Markup } from "./markup.ts";
import css from "./page.css" with { type: "text" };
import script from "./page.js" with { type: "text" };
import { cutBlock, testRow } from "./test.ts";

/** Squares of a kata's strip: one a test. */
const STRIP = 80;
const ICONS = { passed: "✓", failed: "✗", skipped: "○" } as const;

export const spec: ReporterSpec = {
  name: "html",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "One page to look at, with tensors as heat maps",
};

export const createReporter: CreateReporter = () => {
  const tally = new Tally();
  const asides: KataEvent[] = [];
  let first: KataEvent | undefined;
  return {
    handle: (event) => {
      tally.push(event);
      first ??= event;
      if (event.event === "ExtensionFinished" || event.event === "PluginFailed") asides.push(event);
      if (event.event !== "RunFinished") return null;
      return [write(page(tally.verdict(), first, asides).markup)];
    },
  };
};

function page(verdict: Verdict, first: KataEvent, asides: readonly KataEvent[]): Markup {
  const { passed, num_failed, katas } = verdict;
  const icon = ICONS[passed ? "passed" : "failed"];
  const outcome = passed ? "Passed" : num_failed > 0 ? `${num_failed} failed` : "Not passed";
  const [only] = katas;
  const subject = only !== undefined && katas.length === 1 ? label(only) : "kata";
  const hash = new Bun.CryptoHasher("sha256").update(script).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const main = [...asides.map(aside), ...katas.map((kata) => section(kata, katas.length === 1))];
  return fill`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${icon} ${subject}: ${outcome}</title>
<style>${raw(css)}</style>
</head>
<body>
<a class="skip" href="#katas">Skip to the katas</a>
${header(verdict, first, outcome)}
${toolbar(verdict)}
<main id="katas" tabindex="-1">
${main}<p class="none" hidden>Nothing here matches</p>
</main>
<footer>Keys: <kbd>/</kbd> search, <kbd>n</kbd> next failure, <kbd>p</kbd> the one before, <kbd>arrows</kbd> within a tensor</footer>
<p class="sr" role="status" aria-live="polite" id="status"></p>
<script>${raw(script)}</script>
</body>
</html>
`;
}

function header(verdict: Verdict, first: KataEvent, outcome: string): Markup {
  const { num_passed, num_failed, num_skipped, error, shard, katas, next } = verdict;
  const total = num_passed + num_failed + num_skipped;
  const facts = [
    `${plural(katas.length, "kata")}, ${plural(total, "test")}`,
    duration(verdict.duration_ms),
    ...(verdict.device === "" ? [] : [`on ${verdict.device}`]),
    ...(verdict.seed === null ? [] : [`seed ${verdict.seed}`]),
    ...(verdict.reference ? ["references"] : []),
    ...(shard === undefined ? [] : [`shard ${shard.index}/${shard.total}`]),
  ].map((fact) => fill`<span>${fact}</span>`);
  const status = verdict.passed ? "passed" : "failed";
  const time = fill`<time datetime="${first.ts}">${first.ts.slice(0, 16).replace("T", " ")} UTC</time>`;
  const parts = [
    [num_failed, "failed"],
    [num_passed, "passed"],
    [num_skipped, "skipped"],
  ] as const;
  const bar = parts
    .filter(([count]) => count > 0)
    .map(([count, name]) => fill`<i class="${name}" style="flex-grow:${count}"></i>`);
  const why = error === undefined ? undefined : fill`<p class="error">${error}</p>\n`;
  const todo =
    next === null
      ? undefined
      : fill`<p class="next">Next: <code>kata start ${next.kata_id}</code> <span>${next.name}</span></p>\n`;
  return fill`<header class="${status}"><div class="wide">
<h1><span class="mark" aria-hidden="true">${ICONS[status]}</span> ${outcome}</h1>
<p class="facts">${facts}${time}</p>
${why}<div class="bar" role="img" aria-label="${num_passed} passed, ${num_failed} failed, ${num_skipped} skipped">${bar}</div>
${todo}</div></header>`;
}

function toolbar(verdict: Verdict): Markup {
  const { num_failed: failed, num_passed: passed, num_skipped: skipped } = verdict;
  const chips = Object.entries({ all: failed + passed + skipped, failed, passed, skipped }).map(
    ([status, count]) =>
      fill`<button type="button" data-status="${status}" aria-pressed="${String(status === "all")}">${status} <b>${count}</b></button>`,
  );
  return fill`<nav aria-label="Filters"><div class="wide">
<div class="chips" role="group" aria-label="Show tests by status">${chips}</div>
<input type="search" id="search" placeholder="Search" aria-label="Search tests by name, kata or message" autocomplete="off" spellcheck="false">
<button type="button" id="unfold" aria-pressed="false">Open all</button>
<button type="button" id="theme">Theme</button>
</div></nav>`;
}

function section(kata: KataResult, alone: boolean): Markup {
  const { status, tests, output, output_cut } = kata;
  const counts = countTests(tests);
  const open = alone || status === "failed" ? raw(" open") : undefined;
  const note = unfilledNote(kata);
  const about = [kata.name === kata.kata_id ? "" : kata.name, kata.category, kata.device, kata.file]
    .filter((part) => part !== "")
    .map((part) => fill`<span>${part}</span>`);
  const numbers = (["failed", "passed", "skipped"] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => fill`<span class="${name}">${counts[name]} ${name}</span>`);
  const todo = note === undefined ? undefined : fill`<p class="todo">${note}</p>\n`;
  const printed =
    output === ""
      ? undefined
      : fill`<div class="kata-output"><h3>Printed outside of the tests</h3><pre>${cutBlock(output, output_cut)}</pre></div>\n`;
  return fill`<details class="kata ${status}"${open}>
<summary><span class="mark" aria-hidden="true">${ICONS[status]}</span><h2>${label(kata)}<span class="sr"> ${status}</span></h2><span class="about">${about}</span>${strip(kata)}<span class="counts">${numbers}<span>${duration(kata.duration_ms)}</span></span></summary>
${todo}<ul class="tests">
${tests.map(testRow)}</ul>
${printed}</details>
`;
}

/** A square for each test, in their order. */
function strip(kata: KataResult): Markup {
  const squares = kata.tests.slice(0, STRIP).map(({ status }) => fill`<i class="${status}"></i>`);
  return fill`<span class="strip" aria-hidden="true">${squares}</span>`;
}

function aside(event: KataEvent): Markup {
  if (event.event === "PluginFailed") {
    return fill`<p class="aside warned"><b>${event.plugin}</b> was switched off: ${event.message}</p>\n`;
  }
  if (event.event !== "ExtensionFinished" || event.outcome === "passed") return raw("");
  return fill`<p class="aside ${event.outcome}"><b>${event.id}</b> ${event.outcome}${event.mode === undefined ? "" : ` (${event.mode})`}: ${event.message}</p>\n`;
}
