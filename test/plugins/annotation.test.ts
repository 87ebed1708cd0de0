import { expect, test } from "bun:test";
import { workflowCommand } from "../../src/plugins/annotation.ts";

const plain = { level: "error", file: "a.ts", line: 3, title: "t", message: "m" } as const;

test.each([
  [{}, "::error title=t,file=a.ts,line=3::m\n"],
  [{ file: "", line: 0, title: "" }, "::error::m\n"],
  [{ level: "notice" as const, line: 0 }, "::notice title=t,file=a.ts::m\n"],
  [
    { title: "a:b,c%\nd", message: "1%\r\n2\r3::4,5" },
    "::error title=a%3Ab%2Cc%25#x0Ad,file=a.ts,line=3::1%25%0A2#x0D3::4,5\n",
  ],
  [{ file: "\x1b[2Ja\nb" }, "::error title=t,file=a#x0Ab,line=3::m\n"],
])("workflowCommand() is one safe line when the annotation has %p", (change, expected) => {
  expect(workflowCommand({ ...plain, ...change })).toBe(expected);
});
