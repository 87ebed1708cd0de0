/**
 * What a kata is told about its run: bound by the worker before the tests are
 * loaded, and left at these values when a test file is run by hand.
 */

export interface Context {
  params: Readonly<Record<string, unknown>>;
  seed: number;
  device: "cpu" | "software" | "gpu";
}

/** The variation's parameters; `{}` without a variation. */
export let params: Readonly<Record<string, unknown>> = {};
/** The seed that random numbers are reset to before each test. */
export let seed = 0;
/** Where tensors live: `cpu`, `software` or `gpu`. */
export let device: Context["device"] = "cpu";

let listener: ((context: Context) => void) | undefined;

export function setContext(context: Context): void {
  ({ params, seed, device } = context);
  listener?.(context);
}

/** Calls `listen` with the context, now and whenever it changes. */
export function onContext(listen: (context: Context) => void): void {
  listener = listen;
  listen({ params, seed, device });
}
