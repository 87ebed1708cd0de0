/** `__future__`: https://docs.python.org/3/library/__future__.html */
import { computed, methods } from "../objects/define.ts";
import type { PyModule } from "../objects/module.ts";
import { None, PyObject, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { PyTuple } from "../objects/tuple.ts";
import { repr } from "../operations/repr.ts";
import { runClass } from "./native.ts";

/** Each feature: since when it can be asked for, since when it is there, its flag for compilers. */
const FEATURES: Readonly<Record<string, readonly [since: string, always: string, flag: number]>> = {
  nested_scopes: ["2 1 0 beta 1", "2 2 0 alpha 0", 0x10],
  generators: ["2 2 0 alpha 1", "2 3 0 final 0", 0],
  division: ["2 2 0 alpha 2", "3 0 0 alpha 0", 0x20000],
  absolute_import: ["2 5 0 alpha 1", "3 0 0 alpha 0", 0x40000],
  with_statement: ["2 5 0 alpha 1", "2 6 0 alpha 0", 0x80000],
  print_function: ["2 6 0 alpha 2", "3 0 0 alpha 0", 0x100000],
  unicode_literals: ["2 6 0 alpha 2", "3 0 0 alpha 0", 0x200000],
  barry_as_FLUFL: ["3 1 0 alpha 2", "4 0 0 alpha 0", 0x400000],
  generator_stop: ["3 5 0 beta 1", "3 7 0 alpha 0", 0x800000],
  annotations: ["3 7 0 beta 1", "", 0x1000000],
};

class Feature extends PyObject {
  optional: Value = None;
  mandatory: Value = None;
  flag = 0;
}

function release(text: string): Value {
  if (text === "") return None;
  return new PyTuple(text.split(" ").map((part) => (/^\d+$/.test(part) ? Number(part) : part)));
}

export function fillFuture(module: PyModule): void {
  const type = runClass(module, "_Feature", []);
  methods(type, {
    __repr__: (self: Feature) =>
      `_Feature(${[self.optional, self.mandatory, self.flag].map((one) => String(repr(one))).join(", ")})`,
    getOptionalRelease: (self: Feature) => self.optional,
    getMandatoryRelease: (self: Feature) => self.mandatory,
  });
  computed(type, {
    optional: (self: Feature) => self.optional,
    mandatory: (self: Feature) => self.mandatory,
    compiler_flag: (self: Feature) => self.flag,
  });
  for (const [name, [since, always, flag]] of Object.entries(FEATURES)) {
    const feature = new (type.js as unknown as new () => Feature)();
    feature.optional = release(since);
    feature.mandatory = release(always);
    feature.flag = flag;
    module.set(name, feature);
  }
  module.set("all_feature_names", new PyList(Object.keys(FEATURES)));
}
