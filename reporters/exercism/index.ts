/**
 * The results.json of Exercism's test runners
 * (https://exercism.org/docs/building/tooling/test-runners/interface): version
 * 3 where a test says which task it belongs to (`task 2 › …`), else version 2.
 * It knows no skipped tests: one that `--bail` kept from running is an error, any
 * other is left out.
 */
import {
  cutText,
  failureText,
  isError,
  stripAnsi,
  type CreateReporter,
  type ReporterSpec,
  type TestResult,
  type Verdict,
} from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { verdictJson } from "../shared/verdict-json.ts";
import { skipReason } from "../shared/words.ts";

/** What the website keeps of the message of the whole, and of a test's output. */
const MESSAGE_CAP = 65_535;
const OUTPUT_CAP = 500;
const TRUNCATED = "\nOutput was truncated. Please limit to 500 chars";
/** Bytes of a file that the website takes, less the room that its frame needs. */
const FILE_CAP = 480_000;
/** Characters of a message that is worth showing. */
const SHORTEST = 100;

export const spec: ReporterSpec = {
  name: "exercism",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "The results.json of an Exercism test runner",
};

export const createReporter: CreateReporter = verdictJson(results);

interface ExercismTest {
  name: string;
  status: "pass" | "fail" | "error";
  message?: string;
  output?: string;
  test_code?: string;
  task_id?: number;
}

function results(verdict: Verdict): object {
  const several = verdict.katas.length > 1;
  const all = verdict.katas.flatMap((kata) => kata.tests);
  const ran = all.filter((test) => !isLeftOut(test));
  const tests = fitted(ran.map((test) => testOf(test, several)));
  const version = tests.some(({ task_id }) => task_id !== undefined) ? 3 : 2;
  const broken = brokenBy(verdict, ran);
  if (broken !== undefined) {
    return { version, status: "error", message: cutText(broken, MESSAGE_CAP), tests: [] };
  }
  if (!verdict.passed && (verdict.error !== undefined || tests.every(isPass))) {
    const message = verdict.error ?? "The run did not pass";
    tests.push({ name: "(run)", status: "fail", message });
  }
  return { version, status: verdict.passed ? "pass" : "fail", tests };
}

/** Why no test says how the solution did; undefined when one does. */
function brokenBy({ interrupted, error }: Verdict, ran: readonly TestResult[]): string | undefined {
  if (interrupted) return error ?? "The run did not finish";
  const [first] = ran;
  if (first === undefined) return error ?? "No tests ran";
  return ran.every(({ test_name }) => isStandIn(test_name)) ? messageOf(first) : undefined;
}

function isPass({ status }: ExercismTest): boolean {
  return status === "pass";
}

/** `(load)`, `(setup)`, `(unfinished)`: names of what is no test of the kata's. */
function isStandIn(name: string): boolean {
  return /^\([a-z ]+\)(?: \(\d+\))?$/.test(name);
}

function isLeftOut({ status, reason }: TestResult): boolean {
  return status === "skipped" && reason !== "bail";
}

function testOf(test: TestResult, several: boolean): ExercismTest {
  const { status, printed, code } = test;
  const task = /^task (\d{1,9})\b/i.exec(test.test_name)?.[1];
  const output = stripAnsi(printed);
  const name = several ? `${test.kata_id} › ${test.test_name}` : test.test_name;
  return {
    name,
    status: status === "passed" ? "pass" : status === "failed" && !isError(test) ? "fail" : "error",
    ...(status === "passed" ? {} : { message: messageOf(test) }),
    ...(output === "" ? {} : { output: limited(output) }),
    ...(code === undefined ? {} : { test_code: code }),
    ...(task === undefined ? {} : { task_id: Number(task) }),
  };
}

function messageOf(test: TestResult): string {
  const { status, failure, output } = test;
  if (status === "skipped") return `The test did not run: ${skipReason(test)}`;
  const text = stripAnsi(failure === undefined ? output : failureText(failure));
  return cutText(text, MESSAGE_CAP) || "The test failed without a message";
}

function limited(output: string): string {
  if (output.length <= OUTPUT_CAP) return output;
  return cutText(output, OUTPUT_CAP - TRUNCATED.length) + TRUNCATED;
}

/**
 * What a file may hold: messages are cut to an equal share, then code and
 * output are left out, then the last tests, of which a line says how they went.
 */
function fitted(all: readonly ExercismTest[]): ExercismTest[] {
  let tests = [...all];
  for (let share = MESSAGE_CAP; share > SHORTEST && sizeOf(tests) > FILE_CAP; share /= 2) {
    tests = tests.map((test) => cutTo(test, share));
  }
  if (sizeOf(tests) > FILE_CAP) {
    tests = tests.map(({ output: _output, test_code: _code, ...test }) => test);
  }
  if (sizeOf(tests) <= FILE_CAP) return tests;
  let room = FILE_CAP;
  const kept = tests.findIndex((test) => (room -= sizeOf([test])) < 0);
  const rest = tests.slice(kept);
  const name = `… ${rest.length} more tests`;
  const red = rest.filter((test) => !isPass(test)).length;
  const status = red === 0 ? "pass" : "fail";
  const message = red === 0 ? {} : { message: `${red} of them did not pass` };
  return [...tests.slice(0, kept), { name, status, ...message }];
}

function cutTo(test: ExercismTest, share: number): ExercismTest {
  const { message, test_code } = test;
  return {
    ...test,
    ...(message === undefined ? {} : { message: cutText(message, share) }),
    ...(test_code === undefined ? {} : { test_code: cutText(test_code, share) }),
  };
}

/** Bytes of the tests as they are written, deeper in the file. */
function sizeOf(tests: readonly ExercismTest[]): number {
  const text = JSON.stringify(tests, null, 2);
  return Buffer.byteLength(text) + 2 * (text.match(/\n/g)?.length ?? 0);
}
