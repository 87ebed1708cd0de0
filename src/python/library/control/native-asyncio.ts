/** `_asyncio`: the clock of the event loop. */
import { fault } from "../../fault.ts";
import type { PyModule } from "../../objects/module.ts";
import { PyFloat } from "../../objects/float.ts";
import { None, type Value } from "../../objects/object.ts";
import { runtime } from "../../objects/state.ts";
import { functions } from "../native.ts";

/** The family of effects that a clock is. */
const CLOCK = "clock";

export function fillNativeAsyncio(module: PyModule): void {
  // Without a clock that was granted, time is what loops wait for.
  let passed = 0;
  const isGranted = runtime().granted().includes(CLOCK);
  functions(module, {
    monotonic: () => new PyFloat(isGranted ? Number(runtime().perform("clock.monotonic")) : passed),
    sleep: (seconds: Value) => {
      const wait = seconds instanceof PyFloat ? seconds.v : Number(seconds);
      if (Number.isNaN(wait)) fault("ValueError", "Invalid delay: NaN (not a number)");
      if (!isGranted) passed += wait;
      else {
        runtime().flush();
        runtime().perform("clock.sleep", wait);
      }
      return None;
    },
  });
}
