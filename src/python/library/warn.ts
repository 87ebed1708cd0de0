/** Warnings that the library gives its callers. */
import { exceptionType } from "../objects/exception.ts";
import { runtime } from "../objects/state.ts";
import { getAttribute } from "../operations/attributes.ts";
import { call } from "../operations/call.ts";

/** `warnings.warn`; of level 1, the code that called into the library is what is warned of. */
export function warn(category: string, message: string, level = 1): void {
  const warnings = runtime().load("warnings");
  call(getAttribute(warnings, "warn"), [message, exceptionType(category), level]);
}
