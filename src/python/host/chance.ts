/** The effects of clocks and of chance: what differs from one run to the next by nature. */
import { KataError } from "../../errors.ts";
import { failWith } from "./failure.ts";
import type { Clock } from "./grants.ts";
import type { Effect } from "./host.ts";
import type { Plain } from "./plain.ts";

/** How far the fine clock may stray from the system's before it is set again, in milliseconds. */
const STRAY = 50;

/** How long one wait of a sleep is at most, in milliseconds. */
const NAP_MS = 50;

function systemClock(sleepMs: () => number): Clock {
  let base = Date.now() - performance.now();
  return {
    time: () => {
      const coarse = Date.now();
      const fine = base + performance.now();
      if (Math.abs(coarse - fine) > STRAY) base = coarse - performance.now();
      return (base + performance.now()) / 1000;
    },
    monotonic: () => performance.now() / 1000,
    sleep: (seconds) => {
      const end = performance.now() + Math.min(seconds * 1000, Math.max(sleepMs(), 0));
      // In parts: between two, whoever runs this may end it.
      for (let left; (left = end - performance.now()) > 0;) Bun.sleepSync(Math.min(left, NAP_MS));
    },
  };
}

/** `clock.time`, `clock.monotonic`, `clock.sleep`; the system's sleeps no longer than `sleepMs` gives. */
export function clockEffects(
  granted: "system" | Clock,
  sleepMs: () => number,
): Record<string, Effect> {
  const clock = granted === "system" ? systemClock(sleepMs) : granted;
  // Another process's monotonic clock starts anywhere: it goes on from where the log left it.
  let last: number | undefined;
  let shift = 0;
  return {
    "clock.time": { run: () => clock.time() },
    "clock.monotonic": {
      run: () => {
        const now = clock.monotonic();
        if (last !== undefined) shift = last - now;
        last = undefined;
        return now + shift;
      },
      replay: (_args, _at, result) => {
        if (typeof result === "number") last = result;
      },
    },
    "clock.sleep": {
      run: ([seconds]) => {
        if (typeof seconds !== "number" || !(seconds >= 0)) {
          return failWith("ValueError", "sleep length must be non-negative");
        }
        return clock.sleep(seconds);
      },
    },
  };
}

/** Bytes that one call gives at most; `crypto.getRandomValues` gives no more. */
const MOST = 1 << 16;

/** `random.seed`, `random.bytes`. */
export function randomEffects(granted: "system" | number): Record<string, Effect> {
  const fill = granted === "system" ? entropy : seeded(granted);
  const bytes = ([count]: readonly Plain[]): Uint8Array => {
    if (typeof count !== "number" || !Number.isInteger(count) || count < 0 || count > MOST) {
      return failWith("ValueError", `expected a number of bytes from 0 to ${MOST}`);
    }
    return fill(new Uint8Array(count));
  };
  return {
    "random.seed": {
      run: () => BigInt(`0x${fill(new Uint8Array(32)).toHex()}`),
      replay: () => fill(new Uint8Array(32)),
    },
    "random.bytes": { run: bytes, replay: bytes },
  };
}

function entropy(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  return crypto.getRandomValues(bytes);
}

/**
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). Reproducible, and
 * no secret.
 */
function seeded(seed: number): (bytes: Uint8Array<ArrayBuffer>) => Uint8Array {
  if (!Number.isSafeInteger(seed)) {
    throw new KataError("random-seed", `Cannot seed with ${seed}: expected a whole number`);
  }
  let state = BigInt.asUintN(64, BigInt(seed));
  return (bytes) => {
    const view = new DataView(new ArrayBuffer(8));
    for (let start = 0; start < bytes.length; start += 8) {
      state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
      let word = state;
      word = BigInt.asUintN(64, (word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n);
      word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d049bb133111ebn);
      view.setBigUint64(0, word ^ (word >> 31n), true);
      bytes.set(new Uint8Array(view.buffer, 0, Math.min(8, bytes.length - start)), start);
    }
    return bytes;
  };
}
