/** So many times the same value. An array that grows stays dense, where `new Array` of a large size is sparse in the engine. */
export function filled<T>(count: number, value: T): T[] {
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(value);
  return items;
}
