/** What makes a template one: something to fill in, and nothing else that differs from the reference. */
import { readFileSync } from "node:fs";
import { firstDifference } from "../../catalog/alike.ts";
import type { Problem } from "../../catalog/problem.ts";
import { readTemplate } from "../../catalog/regions.ts";
import { pythonFault } from "../../catalog/rules-python.ts";
import { parseTypeScript, type SyntaxFault } from "../../syntax/typescript.ts";
import type { KataResult } from "../../events/verdict.ts";
import { problemOf, type Subject } from "./result.ts";

/** The template's regions and syntax, and where it parts from the reference. */
export function templateProblems({ files, lang }: Subject): Problem[] {
  const source = readFileSync(files.template, "utf8");
  const { regions, todos, problems } = readTemplate(source, lang, files.template);
  if (regions.length === 0 && todos.length === 0 && problems.length === 0) {
    const mark = lang === "ts" ? "//" : "#";
    const message = "The template has nothing to fill in";
    const expected = "a region between BLANK_START and BLANK_END, or a TODO comment";
    return [
      {
        ...problemOf(files.template, 0, message, expected),
        hint: `put ${mark} BLANK_START and ${mark} BLANK_END around what the learner writes`,
      },
    ];
  }
  const fault = lang === "ts" ? typeScriptFault(source) : pythonFault(source);
  if (fault !== undefined) {
    const { line, column, message } = fault;
    const expected = "a template that parses before it is filled in";
    const said = `The template cannot be parsed: ${message}`;
    problems.push({ ...problemOf(files.template, line, said, expected), column });
  }
  if (problems.length > 0) return problems;
  const difference = firstDifference(source, readFileSync(files.reference, "utf8"), lang);
  return difference === undefined ? [] : [parting(files.template, difference)];
}

function typeScriptFault(source: string): SyntaxFault | undefined {
  const parsed = parseTypeScript(source);
  return "fault" in parsed ? parsed.fault : undefined;
}

function parting(
  file: string,
  { line, template, reference }: NonNullable<ReturnType<typeof firstDifference>>,
): Problem {
  const ours = reference === undefined ? "ends" : `has \`${reference}\``;
  const theirs = template === "" ? "has nothing more" : `has \`${template}\``;
  return problemOf(
    file,
    line,
    `The template ${theirs} where the reference ${ours}`,
    "template and reference to be the same line for line, apart from imports, comments and regions",
  );
}

/** A test that passes on the unfilled template tests nothing, unless the manifest says why it may. */
export function passedByAccident(result: KataResult, { kata, files }: Subject): Problem[] {
  if (result.status === "skipped") return [];
  const passed = result.tests.filter((test) => test.status === "passed");
  const problems: Problem[] = [];
  const found = passed.filter((test) => !kata.passesOnTemplate.includes(test.test_name));
  const isLoaded = result.tests.some((test) => test.status === "failed");
  if (found.length > 0 || !isLoaded) {
    const names = found.map((test) => `"${test.test_name}"`).join(", ");
    const count = found.length === 1 ? "a test" : `${found.length} tests`;
    const message = `The template passes ${count}${names === "" ? "" : `: ${names}`}`;
    const expected = "every test to fail on the unfilled template";
    problems.push({
      ...problemOf(files.tests, found[0]?.line ?? 0, message, expected),
      hint: "make the test stricter, or name it in passes_on_template",
    });
  }
  for (const name of kata.passesOnTemplate) {
    if (passed.some((test) => test.test_name === name)) continue;
    const message = `"${name}" does not pass on the template, and passes_on_template says so`;
    const expected = "the names of tests that pass on the template";
    problems.push({ ...problemOf(files.tests, 0, message, expected), severity: "warning" });
  }
  return problems;
}
