/** Monty, with its limits on; it has no clock of its own. */
import { Monty } from "@pydantic/monty";
import { serve } from "./serve.ts";

const limits = { maxDurationSecs: 60, maxMemory: 2 ** 30, maxRecursionDepth: 1000 };

await serve((source) => {
  let output = "";
  new Monty(source.replace("from time import perf_counter\n", "")).run({
    limits,
    externalFunctions: { perf_counter: () => performance.now() / 1000 },
    printCallback: (_stream, text) => {
      output += text;
    },
  });
  return output;
});
