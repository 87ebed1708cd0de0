/** What `await`, `async for` and asynchronous generators are made of. */
import { fault } from "../fault.ts";
import type { Value } from "../objects/object.ts";

export function awaiting(value: Value): Generator<Value, Value, Value> {
  void value;
  fault("SystemError", "await");
}
export function asyncIterate(value: Value): Value {
  return value;
}
export function asyncNext(value: Value): Generator<Value, Value, Value> {
  return awaiting(value);
}
export function asyncYield(value: Value): Value {
  return value;
}
