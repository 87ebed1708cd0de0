/** One test: its marks, its fixtures, its call, its end; and what became of it. */
import { isException, type PyException } from "../../python/objects/exception.ts";
import { None, type Value } from "../../python/objects/object.ts";
import type { PyTuple } from "../../python/objects/tuple.ts";
import { assertions } from "../../python/operations/asserts.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { messageOf } from "../../python/operations/traceback-text.ts";
import { str } from "../../python/operations/repr.ts";
import { truth } from "../../python/operations/truth.ts";
import { toJs } from "../../python/text/wide.ts";
import { failureOf, type Sides, toldFailure, tracebackText } from "./failure.ts";
import type { PythonFailure, PythonOutcome, PythonTest } from "./tests.ts";
import { callMethod, type World } from "./world.ts";

/** A test with what it runs in. */
interface Place {
  readonly world: World;
  readonly session: Value;
  readonly item: Value;
  /** The test that runs after it, or None: fixtures that it needs too go on. */
  readonly next: Value;
  /** The comparison that failed last. */
  readonly sides: () => Sides | undefined;
}

type Phase = PythonOutcome["phase"];
type Ended = Omit<PythonOutcome, "assertions">;

/** A collected item as a test. Call it within the world. */
export function pytestTest(place: Place): PythonTest {
  const { item } = place;
  const skip = callMethod(item, "skip_known");
  return {
    name: toJs(str(getAttribute(item, "title"))),
    line: Number(getAttribute(item, "line")),
    ...(skip === None ? {} : { skip: toJs(str(skip)) }),
    run: () => {
      assertions.count = 0;
      const ended = runTest(place);
      return { ...ended, assertions: assertions.count };
    },
  };
}

function runTest(place: Place): Ended {
  const { world, session, item, next } = place;
  place.sides();
  const begun = attempt(place, "setup", () => {
    world.reset();
    callMethod(item, "prepare");
    return callMethod(getAttribute(session, "setup_state"), "begin", item);
  });
  const called =
    begun ?? attempt(place, "call", () => callMethod(item, "call")) ?? unexpected(place);
  const ended = attempt(place, "teardown", () => {
    return callMethod(getAttribute(session, "setup_state"), "end", next);
  });
  world.run.enter(() => callMethod(item, "forget"));
  if (ended?.status === "failed" && called.status !== "failed") return ended;
  return called;
}

/** A test that went through: one that was to fail fails for it, if that is strict. */
function unexpected({ world, item }: Place): Ended {
  const expected = world.run.enter(() => callMethod(item, "expectation"));
  if (expected === None) return { status: "passed", phase: "call" };
  const [reason, , strict] = (expected as PyTuple).items;
  const why = toJs(str(reason!));
  if (strict !== true) return { status: "passed", phase: "call", reason: why };
  const message = `[XPASS(strict)] ${why}`;
  const failure: PythonFailure = {
    kind: "assertion",
    type: "XPass",
    message,
    traceback: `${message}\n`,
    frames: [],
  };
  return { status: "failed", phase: "call", failure };
}

/** Does a part of the test; `undefined` when it went through. */
function attempt(place: Place, phase: Phase, what: () => Value): Ended | undefined {
  const { world } = place;
  try {
    world.part(what);
    return undefined;
  } catch (error) {
    try {
      return world.part(() => judged(place, phase, error));
    } catch (untold) {
      return { status: "failed", phase, failure: toldFailure(world, untold) };
    }
  }
}

function judged(place: Place, phase: Phase, error: unknown): Ended {
  const { world, item, sides } = place;
  const failure = placed(failureOf(world, error, sides()), world, item);
  const skips = OUTCOMES.find((name) => isOutcome(error, name));
  if (
    skips !== undefined &&
    isException(error, "BaseException") &&
    !isForeign(world, error, failure)
  ) {
    const said = messageOf(error);
    return { status: "skipped", phase, reason: said === "" && skips !== "XFailed" ? skips : said };
  }
  if (phase !== "teardown" && isException(error, "BaseException")) {
    if (truth(callMethod(item, "fails_as_expected", error))) {
      const reason = toJs(str(toArray(getAttribute(item, "expected"))[0]!));
      return { status: "skipped", phase, reason };
    }
  }
  return { status: "failed", phase, failure };
}

/** A failure outside of all of the kata's files is shown where the test begins. */
function placed(failure: PythonFailure, world: World, item: Value): PythonFailure {
  if (failure.frames.length > 0 || failure.kind !== "error") return failure;
  const [file, line, name] = toArray(callMethod(item, "place"));
  const frame = {
    file: toJs(str(file!)),
    line: Number(line),
    column: 1,
    function: toJs(str(name!)),
  };
  return {
    ...failure,
    frames: [frame],
    traceback: tracebackText(world, [frame], failure.traceback.trimEnd()),
  };
}

/** Exceptions by which a test says that it is not to count. */
const OUTCOMES = ["Skipped", "XFailed", "SkipTest"];

/** Whether such an exception is not the tests' own: a solution has no say in what is skipped. */
function isForeign(world: World, error: PyException, { frames }: PythonFailure): boolean {
  if (world.isSolution(frames.at(-1)?.file)) return true;
  return isOutcome(error, "SkipTest") && !world.testsMention(/skipTest|SkipTest/);
}

/** Whether something thrown is one of pytest's own exceptions of this name. */
export function isOutcome(error: unknown, name: string): error is PyException {
  return isException(error, "BaseException") && error.type.mro.some((type) => type.name === name);
}
