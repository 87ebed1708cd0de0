/** What `assert` does in programs that are compiled to tell its parts. */
import { exceptionType, makeException, raising } from "../objects/exception.ts";
import type { Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";

/** What a part of an asserted expression is; numbers are places in the array of values, which has holes for what was not reached. */
export type AssertShape =
  | readonly [kind: "constant", value: Value]
  | readonly [kind: "value", place: number]
  | readonly [kind: "name", place: number, id: string, local: boolean]
  | readonly [
      kind: "call",
      place: number,
      callee: AssertShape,
      args: readonly (readonly [prefix: string, shape: AssertShape])[],
    ]
  | readonly [kind: "attribute", place: number, of: AssertShape, name: string]
  | readonly [kind: "starred", of: AssertShape]
  | readonly [kind: "unary", sign: string, of: AssertShape]
  | readonly [kind: "binary", place: number, sign: string, left: AssertShape, right: AssertShape]
  | readonly [
      kind: "choice",
      or: boolean,
      operands: readonly AssertShape[],
      places: readonly number[],
    ]
  | readonly [
      kind: "compare",
      signs: readonly string[],
      operands: readonly AssertShape[],
      bracketed: readonly boolean[],
      places: readonly number[],
      results: readonly number[],
    ];

/** Makes the message of a failed `assert` of its parts, and of the message that it was given. */
export type Explainer = (
  values: readonly (Value | undefined)[],
  shape: AssertShape,
  message: Value | undefined,
) => Value;

/** How often such programs asserted something. */
export const assertions: { count: number } = { count: 0 };

/** `assert` that failed. */
export function explainFailed(
  values: readonly (Value | undefined)[],
  shape: AssertShape,
  message?: Value,
): never {
  const told = runtime().explainer?.(values, shape, message) ?? message;
  const args = told === undefined ? [] : [told];
  throw raising(makeException(exceptionType("AssertionError"), args));
}
