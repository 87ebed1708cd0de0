/** Faults as plain errors, whatever else in this process has made of them. */
import { afterEach, beforeEach } from "bun:test";
import { type FaultMaker, setFaultMaker } from "../../../src/python/fault.ts";

/** Faults of this file's tests are errors with the type's name and the arguments as message. */
export function usePlainFaults(): void {
  let before: FaultMaker;
  beforeEach(() => {
    before = setFaultMaker((name, args) => new Error(`${name}: ${args.map(String).join(", ")}`));
  });
  afterEach(() => {
    setFaultMaker(before);
  });
}
