/** Tuples whose items have names too, as `sys.version_info` and `os.stat()` give them. */
import { computed, constants, methods } from "../objects/define.ts";
import type { Value } from "../objects/object.ts";
import { builtinType } from "../objects/root.ts";
import { PyTuple, tupleType } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { repr } from "../operations/repr.ts";

/** A class of such tuples; the names are those of the items in front. */
export interface StructSequence {
  readonly type: PyType;
  readonly make: (items: readonly Value[]) => Value;
}

/** Makes one; `shown` items are the tuple's, those behind them have a name alone. */
export function structSequence(
  module: string,
  name: string,
  fields: readonly string[],
  shown: number = fields.length,
): StructSequence {
  class Sequence extends PyTuple {
    readonly more: readonly Value[];
    constructor(items: readonly Value[]) {
      super(items.slice(0, shown));
      this.more = items.slice(shown);
    }
  }
  const type = builtinType(name, Sequence, { base: tupleType, module, final: true });
  for (const [i, field] of fields.entries()) {
    computed(type, {
      [field]: (self: Sequence) => (i < shown ? self.items[i]! : self.more[i - shown]!),
    });
  }
  constants(type, { n_fields: fields.length, n_sequence_fields: shown, n_unnamed_fields: 0 });
  methods(type, {
    __repr__: (self: Sequence) => {
      const parts = self.items.map((item, i) => `${fields[i]}=${String(repr(item))}`);
      return `${module}.${name}(${parts.join(", ")})`;
    },
  });
  return { type, make: (items) => new Sequence(items) };
}
