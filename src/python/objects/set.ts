import { Keyed } from "./keyed.ts";
import type { Value } from "./object.ts";
import { builtinType } from "./root.ts";
import { type Origin, placesFor, SetOrder } from "./set-order.ts";
import type { PyType } from "./type.ts";

/** What set and frozenset share; each key stands with `true`. */
export class PySetBase extends Keyed<true> {
  /** The order of its members; `undefined` while nobody asked, false where it is that of their coming. */
  private order: SetOrder | false | undefined = undefined;
  /** Where it is a copy: what that says of its order. */
  private origin: Origin | undefined = undefined;

  add(key: Value): void {
    this.set(key, true);
  }

  /** Its order; `undefined` where it is that of the map. */
  private ordered(): SetOrder | undefined {
    this.order ??= SetOrder.of(super.keys(), this.size, this.origin) ?? false;
    return this.order === false ? undefined : this.order;
  }

  override keys(): IterableIterator<Value> {
    return this.size < 2 ? super.keys() : (this.ordered()?.members() ?? super.keys());
  }

  protected override came(key: Value): void {
    super.came(key);
    if (this.order !== undefined && this.order !== false && !this.order.add(this.given(key)))
      this.order = false;
  }

  override delete(key: Value): true | undefined {
    // What was taken out leaves a trace in the order of the rest.
    const order = this.ordered();
    if (order === undefined) return super.delete(key);
    const at = this.find(key);
    if (at === undefined) return undefined;
    order.remove(this.given(at));
    return super.delete(at);
  }

  override clear(): void {
    super.clear();
    this.order = this.origin = undefined;
  }

  override copyFrom(other: Keyed<true>): void {
    if (!(other instanceof PySetBase)) {
      super.copyFrom(other);
      return;
    }
    const order = other.ordered();
    super.copyFrom(other);
    this.order = this.origin = undefined;
    if (order === undefined) return;
    const map = new Map<Value, true>();
    for (const key of order.members()) map.set(this.find(key)!, true);
    this.map = map;
    this.order = order.clone();
    this.origin = { copied: map.size, places: order.copyPlaces };
  }

  /** Takes over all that another set is, which nobody else has. */
  become(other: PySetBase): void {
    super.copyFrom(other);
    this.order = other.order;
    this.origin = other.origin;
  }

  /** Before so many members of a set or dict are added at once. */
  expect(more: number): void {
    if (this.size > 0) this.ordered()?.reserve(more);
    else if (more * 5 >= 21) this.origin = { copied: 0, places: placesFor(more * 2) };
  }

  /** After many members were taken out by a difference. */
  tidy(): void {
    if (this.order !== undefined && this.order !== false) this.order.tidy();
  }

  /** Takes out the member that an iteration would give first. */
  takeFirst(): Value | undefined {
    const order = this.size < 2 && this.order === undefined ? undefined : this.ordered();
    const first = order === undefined ? super.keys().next() : { value: order.first() };
    const key = first.value as Value | undefined;
    if (key !== undefined) this.delete(key);
    return key;
  }
}

export class PySet extends PySetBase {}
export const setType: PyType = builtinType("set", PySet);

export class PyFrozenSet extends PySetBase {}
export const frozensetType: PyType = builtinType("frozenset", PyFrozenSet);
