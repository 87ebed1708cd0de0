/**
 * Memory by stretches of code: what is made inside `tidy` goes when it ends,
 * but for what is returned, what gradients and optimisers hold, and what is
 * kept by name. The garbage collector frees the rest, later.
 */

import { nodeOf, type Node } from "./autograd/graph.ts";
import type { Storage } from "./device.ts";
import { closeScope, inScope, letGo, openScope } from "./scope.ts";
import { describe } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/**
 * Runs `body` and frees every tensor that was made inside, but for those in what
 * it returns (in lists, records, maps and modules too), what their gradients
 * need, gradients of leaves, and what `keep` was given. When `body` throws,
 * all is freed. May be nested; must not be async.
 * @throws TypeError when `body` returns a promise
 */
export function tidy<T>(body: () => T): T {
  const scope = openScope();
  let survivors: ReadonlySet<Storage> = new Set();
  try {
    const result = body();
    if (result instanceof Promise) {
      throw new TypeError("tidy: the function must not be async: it frees tensors when it returns");
    }
    survivors = storagesIn(result);
    return result;
  } finally {
    closeScope(scope, survivors);
  }
}

/** Keeps a tensor, and what its gradient needs, past the end of every `tidy` around; returns it. */
export function keep<T extends Tensor>(x: T): T {
  if (!(x instanceof Tensor)) {
    throw new TypeError(`keep: needs a tensor, got ${describe(x)}`);
  }
  if (inScope()) for (const storage of storagesIn(x)) letGo(storage);
  return x;
}

/** The storages of all tensors that a value leads to, by its own fields and by the graph of its gradients. */
function storagesIn(value: unknown): Set<Storage> {
  const found = new Set<Storage>();
  // Sets are walked to their end even as they grow.
  const values = new Set<unknown>([value]);
  const nodes = new Set<Node>();
  const reach = (one: unknown): void => {
    if (typeof one === "object" && one !== null && !ArrayBuffer.isView(one)) values.add(one);
  };
  const follow = (): void => {
    for (const one of values) {
      if (!(one instanceof Tensor)) {
        const parts = one instanceof Map || one instanceof Set ? [...one].flat() : [];
        if (typeof one === "object" && one !== null) {
          for (const part of [...parts, ...Object.values(one)]) reach(part);
        }
        continue;
      }
      found.add(one.storage);
      const node = nodeOf(one);
      if (node !== undefined) nodes.add(node);
      reach(one.autograd?.grad);
      reach(one.autograd?.base);
    }
  };
  follow();
  for (let seen = 0; seen < nodes.size;) {
    seen = nodes.size;
    for (const node of nodes) {
      reach(node.leaf);
      for (const flow of node.flows ?? []) {
        if (flow === undefined) continue;
        nodes.add(flow.to);
        for (const saved of flow.saved) reach(saved.value);
      }
    }
    follow();
  }
  return found;
}
