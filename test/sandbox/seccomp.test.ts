/** The filter, run by an interpreter of its instructions: what a kernel of either processor would answer. */
import { describe, expect, test } from "bun:test";
import { compileFilter, type FilterOptions } from "../../src/sandbox/seccomp.ts";
import { FREE, JUDGED, NETWORK, RUNNING, WRITING } from "../../src/sandbox/syscalls.ts";

const ALLOW = 0x7fff_0000;
const DENY = 0x0005_0001;
const UNKNOWN = 0x0005_0026;
const OWN = 4711;
const ARCH = { x64: 0xc000_003e, arm64: 0xc000_00b7 } as const;
const EXEC_PATH = 0x1234_5678_9000n;
const NOTHING: Omit<FilterOptions, "arch"> = {
  write: false,
  net: false,
  run: false,
  gpu: false,
  scoped: true,
  execPath: EXEC_PATH,
};

/** What the filter answers to a call with these arguments. */
function answer(
  options: FilterOptions,
  number: number,
  args: readonly (number | bigint)[] = [],
  arch: number = ARCH[options.arch],
): number {
  const { instructions, ownNumber } = compileFilter(options);
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, arch, true);
  for (const [at, value] of args.entries())
    data.setBigUint64(16 + 8 * at, BigInt.asUintN(64, BigInt(value)), true);
  let accumulator = 0;
  for (let at = 0; at < instructions.length; at++) {
    const [code, jt, jf, written] = instructions[at] ?? [0, 0, 0, 0];
    const k = ownNumber.includes(at) ? OWN : written;
    if (code === 0x20) accumulator = data.getUint32(k, true);
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0;
    else if (code === 0x15) at += accumulator === k >>> 0 ? jt : jf;
    else if (code === 0x35) at += accumulator >= k >>> 0 ? jt : jf;
    else if (code === 0x45) at += (accumulator & k) !== 0 ? jt : jf;
    else if (code === 0x06) return k >>> 0;
    else throw new Error(`Unknown instruction ${code}`);
  }
  throw new Error("The filter ends without a verdict");
}

describe.each([
  ["x64", 0],
  ["arm64", 1],
] as const)("compileFilter() for %s", (arch, column) => {
  const options = { ...NOTHING, arch };
  const of = (table: typeof FREE, name: string): number => table[name]?.[column] ?? -1;
  const judged = (
    name: string,
    args: readonly (number | bigint)[],
    more: Partial<FilterOptions> = {},
  ): number => answer({ ...options, ...more }, of(JUDGED, name), args);

  test("allows what is free, and writing, network and running only where granted", () => {
    for (const [number] of Object.values(FREE).map((pair) => [pair[column]] as const))
      if (number >= 0) expect(answer(options, number)).toBe(ALLOW);
    for (const [table, grant] of [
      [WRITING, { write: true }],
      [RUNNING, { run: true }],
    ] as const)
      for (const pair of Object.values(table)) {
        if (pair[column] < 0) continue;
        expect(answer(options, pair[column])).toBe(DENY);
        expect(answer({ ...options, ...grant }, pair[column])).toBe(ALLOW);
      }
    for (const name of ["socket", "connect", "bind", "listen", "sendmsg", "recvmsg", "socketpair"])
      expect(answer(options, of(NETWORK, name), [1])).toBe(DENY);
  });

  test("kills the calls of another architecture, and does not know what came later", () => {
    expect(answer(options, 0, [], 0x4000_0003)).toBe(0x8000_0000);
    expect(answer(options, 463)).toBe(UNKNOWN);
    expect(answer(options, 0x4000_0000)).toBe(DENY);
    expect(judged("clone3", [])).toBe(UNKNOWN);
    expect(judged("openat2", [])).toBe(UNKNOWN);
  });

  test("denies memory that the process's size does not show", () => {
    expect(judged("mmap", [0, 4096, 3, 0x22])).toBe(ALLOW);
    expect(judged("mmap", [0, 4096, 1, 0x1])).toBe(ALLOW);
    expect(judged("mmap", [0, 4096, 3, 0x21])).toBe(DENY);
    expect(judged("mmap", [0, 4096, 3, 0x23])).toBe(DENY);
    expect(judged("mmap", [0, 4096, 3, 0x4_0022])).toBe(DENY);
  });

  test("lets threads be made, and processes only where granted, in no namespace", () => {
    const thread = 0x3d_0f00;
    expect(judged("clone", [thread])).toBe(ALLOW);
    expect(judged("clone", [17])).toBe(DENY);
    expect(judged("clone", [17], { run: true })).toBe(ALLOW);
    for (const flag of [0x1000_0000, 0x2_0000, 0x4000_0000, 0x8000])
      expect(judged("clone", [thread | flag], { run: true })).toBe(DENY);
  });

  test("keeps signals inside", () => {
    for (const name of ["kill", "tgkill"]) {
      expect(judged(name, [OWN, 9, 9])).toBe(ALLOW);
      expect(judged(name, [-1, 9, 9])).toBe(DENY);
      expect(judged(name, [1, 9, 9], { run: true })).toBe(ALLOW);
      expect(judged(name, [1, 9, 9], { run: true, scoped: false })).toBe(DENY);
    }
    for (const command of [8, 10, 15]) expect(judged("fcntl", [3, command, 1])).toBe(DENY);
    expect(judged("fcntl", [3, 2, 1])).toBe(ALLOW);
    expect(judged("prctl", [1, 9])).toBe(ALLOW);
    expect(judged("prctl", [1, 0])).toBe(DENY);
    expect(judged("prctl", [22, 2])).toBe(DENY);
  });

  test("lets the launcher execute once, by a path whose place nobody else knows", () => {
    expect(judged("execveat", [1000, EXEC_PATH, 0, 0, 0x1000])).toBe(ALLOW);
    expect(judged("execveat", [1000, EXEC_PATH + 1n, 0, 0, 0x1000])).toBe(DENY);
    expect(judged("execveat", [1000, EXEC_PATH + (1n << 32n), 0, 0, 0x1000])).toBe(DENY);
    expect(judged("execveat", [5, EXEC_PATH, 0, 0, 0x1000])).toBe(DENY);
    expect(judged("execveat", [1000, EXEC_PATH, 0, 0, 0])).toBe(DENY);
    expect(judged("execveat", [5, 0, 0, 0, 0], { run: true })).toBe(ALLOW);
  });

  test("lets limits be read and not set, of itself alone", () => {
    expect(judged("prlimit64", [0, 7, 0, 1])).toBe(ALLOW);
    expect(judged("prlimit64", [OWN, 7, 0, 1])).toBe(ALLOW);
    expect(judged("prlimit64", [1, 7, 0, 1])).toBe(DENY);
    expect(judged("prlimit64", [0, 7, 0x1_0000_0000n, 1])).toBe(DENY);
    expect(judged("sched_setaffinity", [1])).toBe(DENY);
  });

  test("does not let a file be truncated by opening it for reading", () => {
    expect(judged("openat", [-100, 1, 0o1000])).toBe(DENY);
    expect(judged("openat", [-100, 1, 0o1001])).toBe(ALLOW);
    expect(judged("openat", [-100, 1, 0o2000000])).toBe(ALLOW);
  });

  test("writes to the pipe to its parent, and to no address", () => {
    expect(answer(options, of(NETWORK, "sendto"), [1, 1, 1, 0, 0, 0])).toBe(ALLOW);
    expect(answer(options, of(NETWORK, "sendto"), [1, 1, 1, 0, 8, 16])).toBe(DENY);
    const net = { ...options, net: true };
    for (const [family, verdict] of [
      [2, ALLOW],
      [10, ALLOW],
      [16, ALLOW],
      [1, DENY],
      [17, DENY],
      [40, DENY],
    ] as const)
      expect(answer(net, of(NETWORK, "socket"), [family])).toBe(verdict);
  });

  test("drives a graphics card only where there is one, and never a terminal", () => {
    const ioctl = (request: number, gpu: boolean): number => judged("ioctl", [3, request], { gpu });
    expect(ioctl(0x5401, false)).toBe(ALLOW);
    expect(ioctl(0xc0c8_6440, false)).toBe(DENY);
    expect(ioctl(0xc0c8_6440, true)).toBe(ALLOW);
    for (const request of [0x5412, 0x4008_6602, 0x8901, 0x4020_581f])
      expect(ioctl(request, true)).toBe(DENY);
  });
});
