/** `itertools`: https://docs.python.org/3/library/itertools.html */
import type { PyModule } from "../../objects/module.ts";
import type { Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import type { PyType } from "../../objects/type.ts";
import { functions, values } from "../native.ts";
import * as combining from "./combining.ts";
import * as endless from "./endless.ts";
import * as selecting from "./selecting.ts";

const makers: Readonly<Record<string, () => PyType>> = {
  accumulate: endless.accumulateType,
  batched: selecting.batchedType,
  chain: selecting.chainType,
  combinations: combining.combinationsType,
  combinations_with_replacement: combining.combinationsWithReplacementType,
  compress: selecting.compressType,
  count: endless.countType,
  cycle: endless.cycleType,
  dropwhile: selecting.dropwhileType,
  filterfalse: selecting.filterfalseType,
  groupby: selecting.groupbyType,
  islice: selecting.isliceType,
  pairwise: selecting.pairwiseType,
  permutations: combining.permutationsType,
  product: combining.productType,
  repeat: endless.repeatType,
  starmap: selecting.starmapType,
  takewhile: selecting.takewhileType,
  zip_longest: selecting.zipLongestType,
  _tee: combining.teeType,
};

/** The classes are the same for all runs; they are made when one first imports the module. */
let types: Readonly<Record<string, PyType>> | undefined;

export function fillItertools(module: PyModule): void {
  types ??= Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make()]));
  values(module, types);
  const teeType = types["_tee"]!;
  functions(module, {
    tee: signed("iterable, n=2, /", (iterable: Value, n?: Value) =>
      combining.tee(teeType, iterable, n),
    ),
  });
}
