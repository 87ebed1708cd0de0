/** `decimal`. */
import { runtime } from "../../objects/state.ts";
import { getAttribute } from "../../operations/attributes.ts";
import { call1 } from "../../operations/call.ts";
import type { PyModule } from "../../objects/module.ts";
import type { PyType } from "../../objects/type.ts";
import { functions } from "../native.ts";
import { CONTEXT_FUNCTIONS, makeContext, makeManager, makeSignals } from "./context.ts";
import { makeDecimal, makeTuple } from "./decimal.ts";
import { contexts, ROUNDINGS, signalTypes } from "./objects.ts";

const MOST = 999_999_999_999_999_999n;

let types: readonly PyType[] | undefined;

function makeTypes(): readonly PyType[] {
  makeSignals();
  makeManager();
  return [makeDecimal(), makeContext(), makeTuple()];
}

export function fillDecimal(module: PyModule): void {
  types ??= makeTypes();
  for (const type of types) module.set(type.name, type);
  for (const [name, type] of signalTypes()) module.set(name, type);
  for (const name of ROUNDINGS) module.set(name, name);
  module.set("MAX_PREC", MOST);
  module.set("MAX_EMAX", MOST);
  module.set("MIN_EMIN", -MOST);
  module.set("MIN_ETINY", -1_999_999_999_999_999_997n);
  module.set("HAVE_THREADS", true);
  module.set("HAVE_CONTEXTVAR", true);
  module.set("__version__", "1.70");
  module.set("__libmpdec_version__", "2.5.1");
  const { standard, basic, extended } = contexts();
  module.set("DefaultContext", standard);
  module.set("BasicContext", basic);
  module.set("ExtendedContext", extended);
  functions(module, CONTEXT_FUNCTIONS);
  const numbers = runtime().modules.get("numbers");
  if (numbers !== undefined) {
    call1(getAttribute(numbers.get("Number")!, "register"), module.get("Decimal")!);
  }
}
