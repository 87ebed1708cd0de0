/** How iterator classes of library modules are made: each from the step that it takes. */
import { DEPTH, meter } from "../../budget.ts";
import { maker } from "../../objects/define.ts";
import { iteratorType, PyIterator } from "../../objects/iterator.ts";
import { ending } from "../../objects/iterator-tools.ts";
import type { Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import type { PyType } from "../../objects/type.ts";
import { iteration } from "../../types/iterators.ts";

/** The next value, or `undefined` at the end. */
export type Step = () => Value | undefined;

/** An iterator that is nothing but its step. */
export class StepIterator extends PyIterator {
  readonly step: Step;
  constructor(step: Step) {
    super();
    this.step = step;
  }
  next(): Value | undefined {
    const depth = meter[DEPTH]!;
    try {
      return this.step();
    } catch (error) {
      return ending(this, error, depth);
    }
  }
}

/** Makes the JavaScript object of an iterator's class. */
export function instance<A extends unknown[]>(cls: PyType, ...args: A): Value {
  return new (cls.js as unknown as new (...args: A) => PyIterator)(...args);
}

/** A class of iterators that are nothing but their steps. The signature is that of the constructor, without its class. */
export function tool(
  name: string,
  module: string,
  signature: string,
  steps: (...args: never[]) => Step,
): PyType {
  const type = iteration(iteratorType(name, class extends StepIterator {}, module));
  const make = steps as (...args: unknown[]) => Step;
  maker(
    type,
    signed(`cls, ${signature}`, (cls: PyType, ...args: unknown[]) => instance(cls, make(...args))),
  );
  return type;
}
