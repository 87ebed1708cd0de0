/** What `bool` does otherwise than `int`. */
import { maker, methods } from "../objects/define.ts";
import { NotImplemented, type Value } from "../objects/object.ts";
import { boolType } from "../objects/scalars.ts";
import { type Native, signed } from "../objects/signature.ts";
import type { PyType } from "../objects/type.ts";
import * as integers from "../numeric/integers.ts";
import { intOf } from "../operations/numbers.ts";
import { truth } from "../operations/truth.ts";

function logical(
  both: (a: boolean, b: boolean) => boolean,
  otherwise: (a: number, b: number | bigint) => Value,
): Native {
  return (self: boolean, other: Value) => {
    if (typeof other === "boolean") return both(self, other);
    const b = intOf(other);
    return b === undefined ? NotImplemented : otherwise(self ? 1 : 0, b);
  };
}

const and = logical((a, b) => a && b, integers.and);
const or = logical((a, b) => a || b, integers.or);
const xor = logical((a, b) => a !== b, integers.xor);

methods(boolType, {
  __and__: and,
  __rand__: and,
  __or__: or,
  __ror__: or,
  __xor__: xor,
  __rxor__: xor,
  __repr__: (self: boolean) => (self ? "True" : "False"),
});

maker(
  boolType,
  signed("cls, x=False, /", (_cls: PyType, x?: Value) => x !== undefined && truth(x)),
);
boolType.c1 = truth as (x?: Value) => Value;
