/** Lets pytest's Python make the messages of failed `assert`s, and keeps what it compared. */
import { isException } from "../../python/objects/exception.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { PyList } from "../../python/objects/list.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import type { Explainer } from "../../python/operations/asserts.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { str, textOf } from "../../python/operations/repr.ts";
import { toJs } from "../../python/text/wide.ts";
import type { Sides } from "./failure.ts";
import { toPython, type World } from "./world.ts";

/** Says how the run explains, and gives the last comparison that failed, since it was last asked. */
export function explainIn(world: World): () => Sides | undefined {
  let last: Sides | undefined;
  const explain: Explainer = (values, shape, message) => {
    const absent = getAttribute(world.run.load("_pytest.explain"), "ABSENT");
    const own = new PyList(Array.from(values, (value) => value ?? absent));
    try {
      const told = world.ask("explain", "explain", own, toPython(shape), message ?? absent);
      const [text, sides] = (told as PyTuple).items as [Value, Value];
      last = sides === None ? undefined : sidesOf(sides as PyTuple, text);
      return text;
    } catch (error) {
      // What cannot be told has failed all the same.
      if (!isException(error, "Exception")) throw error;
      return message ?? "assertion failed, and its values cannot be shown";
    }
  };
  world.run.explainer = explain;
  return () => {
    const sides = last;
    last = undefined;
    return sides;
  };
}

function sidesOf(sides: PyTuple, text: Value): Sides {
  const [expected, received, diff] = sides.items.map((one) => toJs(str(one)));
  return {
    message: toJs(textOf(text) ?? ""),
    expected: expected!,
    received: received!,
    ...(diff === "" ? {} : { diff: diff! }),
  };
}
