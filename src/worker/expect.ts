/**
 * `expect`, counted: `expect.assertions` and `expect.hasAssertions` are kept
 * here, because the wrapped tests, not Bun's, decide what passed.
 */
import { WorkerError } from "./failure.ts";

// Bound before any other code is loaded: a solution that replaces them changes nothing.
const { apply, get: read } = Reflect;
const { assign, create, getOwnPropertyDescriptors, getPrototypeOf } = Object;

// Bun's matchers are called through, never inspected: unknown members and results.
type Matchers = Record<string | symbol, unknown>;
type Expect = ((value: unknown, message?: string) => Matchers) & Record<string, unknown>;

type Members = Readonly<Record<string | symbol, PropertyDescriptor | undefined>>;

/** An object's own members as they are now; nothing is inherited. */
function membersOf(object: object): Members {
  return assign(create(null) as object, getOwnPropertyDescriptors(object)) as Members;
}

/** What one run of a test has asserted. */
export class AssertionLog {
  #made = 0;
  #wanted: number | "some" | undefined;

  /** How many assertions the test says it makes. */
  want(count: number | "some"): void {
    this.#wanted = count;
  }

  made(count: number = 1): void {
    this.#made += count;
  }

  get count(): number {
    return this.#made;
  }

  /** Throws when the test has not made the assertions that it announced. */
  check(): void {
    if (this.#wanted === "some" && this.#made === 0) {
      throw new WorkerError("assertion", "Expected at least one assertion, and none was made");
    }
    if (typeof this.#wanted === "number" && this.#wanted !== this.#made) {
      throw new WorkerError(
        "assertion",
        `Expected ${this.#wanted} assertions, and ${this.#made} were made`,
      );
    }
  }
}

/**
 * Wraps Bun's `expect`; `log` is that of the test that is running, `guard`
 * throws where the caller may not change what matchers do.
 */
export function watchExpect(
  original: Expect,
  log: () => AssertionLog | undefined,
  guard: () => void,
): Expect {
  // As Bun made them: whoever reaches the prototype of matchers could set others.
  const matchers = membersOf(getPrototypeOf(original(undefined)) as object);
  const statics = membersOf(original);
  return new Proxy(original, {
    apply: (target, _self, args: [unknown, string?]) => {
      const current = log();
      const made = target(...args);
      return current === undefined ? made : watchMatchers(made, matchers, current);
    },
    get: (target, name) => {
      if (name === "assertions") return (count: number) => log()?.want(count);
      if (name === "extend") guard();
      if (name === "hasAssertions") return () => log()?.want("some");
      return statics[name]?.value ?? (read(target, name) as unknown);
    },
  });
}

function watchMatchers(made: Matchers, known: Members, log: AssertionLog): Matchers {
  return new Proxy(made, {
    get: (target, name) => {
      const own = known[name];
      let member: unknown;
      if (own === undefined) member = read(target, name, target);
      // oxlint-disable-next-line typescript/unbound-method -- called through `apply`
      else member = own.get === undefined ? own.value : apply(own.get, target, []);
      if (name === "resolves" || name === "rejects" || name === "not") {
        return watchMatchers(member as Matchers, known, log);
      }
      if (typeof member !== "function") return member;
      return (...args: unknown[]): unknown => {
        log.made();
        return apply(member, target, args) as unknown;
      };
    },
  });
}
