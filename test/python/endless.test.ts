/** Whatever walks over an iterator without end is counted, and so comes to its end. */
import { expect, test } from "bun:test";
import { run } from "../../src/python/index.ts";

test.each([
  "sum(range(10 ** 13))",
  "sum(repeat(1))",
  "max(range(10 ** 13))",
  "min(repeat(1))",
  "any(repeat(0))",
  "all(repeat(1))",
  "-1 in count()",
  "-1 in iter(range(10 ** 13))",
  "dict.fromkeys(repeat(1))",
  "set(repeat(1))",
  "next(filter(None, repeat(0)))",
  "list(islice(count(), 10 ** 12, None))",
  "next(dropwhile(bool, repeat(1)))",
  "''.join(repeat(''))",
  "bytes(repeat(1))",
  "bytearray().join(repeat(b''))",
  "math.prod(repeat(1))",
  "math.fsum(repeat(1))",
  "reduce(max, repeat(1))",
  "deque(repeat(1), maxlen=0)",
  "Counter(repeat(1))",
  "operator.countOf(repeat(1), 2)",
  "operator.indexOf(repeat(1), 2)",
  "{}.update(zip(repeat(1), repeat(2)))",
  "print(*zip(repeat(1), count()))",
  "set().isdisjoint(repeat(1))",
  "set().union(repeat(1))",
  "[].extend(repeat(1))",
  "sorted(repeat(1))",
  "a, *b = repeat(1)",
])("%s is stopped", (source) => {
  const imports = `import math, operator
from collections import Counter, deque
from functools import reduce
from itertools import count, dropwhile, islice, repeat
`;
  const result = run(imports + source, { maxSteps: 300_000, maxTimeMs: 3000, maxMemory: 2 ** 26 });
  expect(result).toMatchObject({ ok: false, error: { kind: "limit" } });
});
