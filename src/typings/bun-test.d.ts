/**
 * What the tests of a kata import, for editors without node_modules. There is
 * more at run time: this is what tests of katas need.
 */
declare module "bun:test" {
  type Body = (() => unknown) | ((done: (error?: unknown) => void) => unknown);
  /** Milliseconds, or how often a test runs before it has failed or passed. */
  type Options = number | { timeout?: number; retry?: number; repeats?: number };
  type Each<Row extends readonly unknown[]> = (
    name: string,
    body: (...row: [...Row]) => unknown,
    options?: Options,
  ) => void;

  interface Register<B> {
    (name: string, body?: B, options?: Options): void;
    (name: string, options: Options, body: B): void;
    /** One for each row; `%s`, `%d`, `%j` and `$key` in the name are filled in. */
    each<Row extends readonly [unknown, ...unknown[]]>(rows: readonly Row[]): Each<Row>;
    each<Row extends readonly unknown[]>(rows: readonly Row[]): Each<Row>;
    each<Value>(rows: readonly Value[]): Each<[Value]>;
    readonly skip: Register<B>;
    readonly todo: Register<B>;
    readonly only: Register<B>;
    if(condition: unknown): Register<B>;
    skipIf(condition: unknown): Register<B>;
    todoIf(condition: unknown): Register<B>;
  }

  export const test: Register<Body> & { readonly failing: Register<Body> };
  export const it: typeof test;
  export const describe: Register<() => unknown>;
  export function beforeAll(body: Body, options?: Options): void;
  export function afterAll(body: Body, options?: Options): void;
  export function beforeEach(body: Body): void;
  export function afterEach(body: Body): void;
  export function setDefaultTimeout(ms: number): void;

  interface Matchers<R> {
    readonly not: Matchers<R>;
    readonly resolves: Matchers<Promise<void>>;
    readonly rejects: Matchers<Promise<void>>;
    /** The same value, as `Object.is` tells. */
    toBe(expected: unknown): R;
    /** Equal all the way down; members that are undefined do not count. */
    toEqual(expected: unknown): R;
    toStrictEqual(expected: unknown): R;
    toMatchObject(expected: object): R;
    /** A number at most `10 ** -digits / 2` away; two digits when left out. */
    toBeCloseTo(expected: number, digits?: number): R;
    toBeGreaterThan(expected: number | bigint): R;
    toBeGreaterThanOrEqual(expected: number | bigint): R;
    toBeLessThan(expected: number | bigint): R;
    toBeLessThanOrEqual(expected: number | bigint): R;
    /** From the first number up to, and not with, the second. */
    toBeWithin(from: number, to: number): R;
    toBeOneOf(expected: Iterable<unknown>): R;
    toBeTrue(): R;
    toBeFalse(): R;
    toBeTruthy(): R;
    toBeFalsy(): R;
    toBeNaN(): R;
    toBeFinite(): R;
    toBeInteger(): R;
    toBePositive(): R;
    toBeNegative(): R;
    toBeNull(): R;
    toBeUndefined(): R;
    toBeDefined(): R;
    toBeNumber(): R;
    toBeString(): R;
    toBeBoolean(): R;
    toBeFunction(): R;
    toBeArray(): R;
    toBeObject(): R;
    toBeEmpty(): R;
    toBeTypeOf(type: string): R;
    toBeInstanceOf(expected: unknown): R;
    toContain(expected: unknown): R;
    toContainEqual(expected: unknown): R;
    toHaveLength(length: number): R;
    toHaveProperty(path: string | readonly (string | number)[], value?: unknown): R;
    toMatch(expected: string | RegExp): R;
    toStartWith(expected: string): R;
    toEndWith(expected: string): R;
    toInclude(expected: string): R;
    /** A call that throws; with a text or a pattern, an error whose message has it. */
    toThrow(expected?: unknown): R;
    toSatisfy(predicate: (value: never) => boolean): R;
  }

  /** Stands for a value inside of the expected one. */
  interface Placeholders {
    any(constructor: unknown): unknown;
    anything(): unknown;
    closeTo(expected: number, digits?: number): unknown;
    arrayContaining(expected: readonly unknown[]): unknown;
    objectContaining(expected: object): unknown;
    stringContaining(expected: string): unknown;
    stringMatching(expected: string | RegExp): unknown;
  }

  export const expect: Placeholders & {
    (value: unknown, message?: string): Matchers<void>;
    /** Fails the test unless it makes just as many assertions. */
    assertions(count: number): void;
    hasAssertions(): void;
    /** Fails the test where it is reached. */
    unreachable(message?: string): never;
  };
}
