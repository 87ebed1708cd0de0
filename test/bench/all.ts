/**
 * The benchmarks, side by side in one run. Each prints milliseconds (minimum,
 * median, maximum) and ratios; none is part of the tests.
 *
 *   npm run bench [start | run | check | chain | reporters | sandbox | cpu | software | peers | deconvolution | regex | python | python-katas]
 */
const BENCHES: Record<string, () => Promise<{ bench: () => Promise<void> }>> = {
  start: () => import("./start.ts"),
  run: () => import("./run.ts"),
  check: () => import("./check.ts"),
  chain: () => import("./tensor/chain.ts"),
  reporters: () => import("./reporters.ts"),
  sandbox: () => import("./sandbox.ts"),
  cpu: () => import("./tensor/cpu.ts"),
  software: () => import("./tensor/software.ts"),
  peers: () => import("./tensor/peers.ts"),
  deconvolution: () => import("./deconvolution.ts"),
  regex: () => import("./python/regex.ts"),
  python: () => import("./python/peers.ts"),
  "python-katas": () => import("./python-katas.ts"),
};

const wanted = process.argv.slice(2);
for (const name of wanted.length === 0 ? Object.keys(BENCHES) : wanted) {
  const load = BENCHES[name];
  if (load === undefined)
    throw new Error(`Unknown benchmark ${name}; there are ${Object.keys(BENCHES).join(", ")}`);
  await (await load()).bench();
}

export {};
