import { expect, test } from "bun:test";
import { createLog } from "../../src/ui/log.ts";
import { createProgress } from "../../src/ui/progress.ts";
import { createStyle, wantsColor } from "../../src/ui/style.ts";

function collect(): { text: string; write(text: string): void } {
  return {
    text: "",
    write(text) {
      this.text += text;
    },
  };
}

test("createLog() writes one line a message, with its hint below", () => {
  const out = collect();
  const log = createLog({ write: (text) => out.write(text), color: false });
  log.error("Kata not found: x", "did you mean `y`?");
  log.warn("careful");
  log.info("a note", "");
  expect(out.text).toBe(
    "error: Kata not found: x\nhint: did you mean `y`?\nwarning: careful\na note\n",
  );
});

test("createLog() swallows no repeats", () => {
  const out = collect();
  const log = createLog({ write: (text) => out.write(text), color: false });
  for (let i = 0; i < 50; i++) log.warn("again");
  expect(out.text).toBe("warning: again\n".repeat(50));
});

test("createLog() colours the head alone", () => {
  const out = collect();
  createLog({ write: (text) => out.write(text), color: true }).error("text");
  expect(out.text).toEndWith(" text\n");
  expect(out.text).toStartWith("\u001b[");
});

test("createStyle() is the identity without colour", () => {
  const plain = createStyle(false);
  expect(plain.bold(plain.red("x"))).toBe("x");
  expect(createStyle(true).red("x")).toBe("\u001b[31mx\u001b[39m");
  expect(createStyle(true).red("")).toBe("");
});

test("wantsColor() follows the nearest wish", () => {
  const ask = (isTTY: boolean, env: Record<string, string>, noColor = false) =>
    wantsColor({ isTTY, noColor, env });
  expect(ask(true, {})).toBe(true);
  expect(ask(false, {})).toBe(false);
  expect(ask(true, { NO_COLOR: "" })).toBe(true);
  expect(ask(true, { NO_COLOR: "1" })).toBe(false);
  expect(ask(true, { NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(true);
  expect(ask(true, { FORCE_COLOR: "0" })).toBe(false);
  expect(ask(false, { FORCE_COLOR: "3" })).toBe(true);
  expect(ask(false, { FORCE_COLOR: "" })).toBe(false);
  expect(ask(true, { TERM: "dumb" })).toBe(false);
  expect(ask(true, { FORCE_COLOR: "1" }, true)).toBe(false);
});

test("createProgress() draws on a terminal alone and leaves nothing behind", () => {
  const out = collect();
  const stream = { isTTY: true, columns: 20, write: (text: string) => out.write(text) };
  const progress = createProgress(stream);
  progress.update(1, 12, "a-kata-with-a-long-name");
  expect(Bun.stringWidth(Bun.stripANSI(out.text))).toBeLessThanOrEqual(19);
  progress.around(() => out.write("result\n"));
  progress.end();
  expect(out.text).toEndWith("\r\u001b[2K");
  const silent = collect();
  const piped = createProgress({
    isTTY: false,
    columns: 80,
    write: (text: string) => silent.write(text),
  });
  piped.update(1, 2, "x");
  piped.around(() => {});
  piped.end();
  expect(silent.text).toBe("");
});
