/** `kata`: what a kata in Python is told about its run. */
import { fromPlain } from "../python/exchange.ts";
import type { Plain } from "../python/host/plain.ts";
import { PyDict } from "../python/objects/dict.ts";
import { PyList } from "../python/objects/list.ts";
import { PyMappingProxy } from "../python/objects/mapping-proxy.ts";
import type { PyModule } from "../python/objects/module.ts";
import type { Value } from "../python/objects/object.ts";
import { PyTuple } from "../python/objects/tuple.ts";

/** The variation's parameters, the seed, and where tensors live. */
export interface KataContext {
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly device: string;
}

/** Fills `kata`. Tests and solution share the parameters: neither can change them. */
export function fillKata(module: PyModule, { params, seed, device }: KataContext): void {
  module.set("params", frozen(fromPlain(params as Readonly<Record<string, Plain>>)));
  module.set("seed", seed);
  module.set("device", device);
}

/** Tables as read-only mappings, lists as tuples. */
function frozen(value: Value): Value {
  if (value instanceof PyList) return new PyTuple(value.items.map(frozen));
  if (!(value instanceof PyDict)) return value;
  const copy = new PyDict();
  for (const [key, item] of value.entries()) copy.set(key, frozen(item));
  return new PyMappingProxy(copy);
}
