import { describe, expect, test } from "bun:test";
import { KataError } from "../../src/errors.ts";
import { parseReporterArgument } from "../../src/plugins/reporter-argument.ts";

describe("parseReporterArgument()", () => {
  test.each([
    ["tap", "tap", undefined],
    ["junit:report.xml", "junit", "report.xml"],
    ["junit-dashboard:out/report.xml", "junit-dashboard", "out/report.xml"],
    ["junit:/tmp/report.xml", "junit", "/tmp/report.xml"],
    ["junit:/tmp/12:30/report.xml", "junit", "/tmp/12:30/report.xml"],
    ["junit:C:\\out\\x.xml", "junit", "C:\\out\\x.xml"],
    ["junit:C:/out/x.xml", "junit", "C:/out/x.xml"],
    ["./mine.ts", "./mine.ts", undefined],
    ["./mine.ts:out.txt", "./mine.ts", "out.txt"],
    ["./mine.ts:out/x.txt", "./mine.ts", "out/x.txt"],
    ["./mine.ts:/tmp/out.txt", "./mine.ts", "/tmp/out.txt"],
    ["./a:b/mine.ts:out.txt", "./a:b/mine.ts", "out.txt"],
    ["C:\\mine.ts", "C:\\mine.ts", undefined],
    ["C:/mine.ts", "C:/mine.ts", undefined],
    ["C:\\mine.ts:out.txt", "C:\\mine.ts", "out.txt"],
    ["C:\\mine.ts:D:\\out.txt", "C:\\mine.ts", "D:\\out.txt"],
    ["C:/mine.ts:/tmp/out.txt", "C:/mine.ts", "/tmp/out.txt"],
    ["@scope/reporter", "@scope/reporter", undefined],
    ["@scope/reporter:out.txt", "@scope/reporter", "out.txt"],
    ["tap:/dev/null", "tap", "/dev/null"],
    ["tap: with spaces.tap", "tap", " with spaces.tap"],
  ])("of %p is %p and %p", (argument, name, file) => {
    expect(parseReporterArgument(argument)).toEqual(file === undefined ? { name } : { name, file });
  });

  test.each([
    ["", "the name is empty"],
    [":out.txt", "the name is empty"],
    ["junit:", "the file is empty"],
    ["./mine.ts: ", "the file is empty"],
  ])("throws a KataError when it is %p", (argument, why) => {
    expect(() => parseReporterArgument(argument)).toThrow(
      new KataError(
        "reporter-argument",
        `Cannot read --reporter ${JSON.stringify(argument)}: ${why}`,
      ),
    );
  });
});
