/** The profile's text alone: what `sandbox-exec` makes of it has to be seen on a Mac. */
import { expect, test } from "bun:test";
import { seatbeltProfile } from "../../src/sandbox/macos.ts";
import { NO_PERMISSIONS } from "../../src/sandbox/permissions.ts";

const OWN = { read: ["/a/solution.ts"], list: ["/a"], gpu: false };

test("seatbeltProfile() denies by default, and grants the program's own files", () => {
  const lines = seatbeltProfile("/bin/kata", OWN, NO_PERMISSIONS).split("\n");
  expect(lines.slice(0, 2)).toEqual(["(version 1)", "(deny default)"]);
  expect(lines).toContain('(allow process-exec* (literal "/bin/kata"))');
  expect(lines.join()).toContain('(subpath "/a/solution.ts")');
  for (const word of ["network", "process-fork", "file-write*", "iokit"])
    expect(lines.join()).not.toContain(word);
});

test("seatbeltProfile() adds a rule for each grant, with paths quoted", () => {
  const text = seatbeltProfile(
    "/bin/kata",
    { ...OWN, gpu: true },
    { read: "all", write: ['/o"ut'], net: true, env: [], run: true },
  );
  expect(text).toContain("(allow file-read*)");
  expect(text).toContain('(allow file-read* file-write* (subpath "/o\\"ut"))');
  for (const rule of ["(allow network*)", "(allow process-fork)", "(allow iokit-open)"])
    expect(text).toContain(rule);
});
