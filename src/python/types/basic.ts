import { maker } from "../objects/define.ts";
import type { Value } from "../objects/object.ts";
import { intType, strType } from "../objects/scalars.ts";
import { signed } from "../objects/signature.ts";
import { repr } from "../operations/repr.ts";

maker(
  strType,
  signed("cls, x='', /", (_cls: Value, x?: Value) => (x === undefined ? "" : String(repr(x)))),
);
maker(
  intType,
  signed("cls, x=0, /", (_cls: Value, x?: Value) => Number(x)),
);
