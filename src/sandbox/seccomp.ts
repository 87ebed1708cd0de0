/**
 * The filter of system calls, as the kernel's classic BPF. It allows what it
 * names and denies the rest, and holds in every thread that comes after.
 *
 * What it adds to Landlock: no process is started and no file executed; no
 * signal leaves the process; nothing that Landlock does not see is changed
 * (modes, owners, times); and no memory is had that a look at the process's
 * size does not see.
 */
import { FREE, JUDGED, NETWORK, type Numbers, RUNNING, WRITING } from "./syscalls.ts";

export interface FilterOptions {
  arch: "x64" | "arm64";
  /** Files may be written somewhere. */
  write: boolean;
  net: boolean;
  run: boolean;
  /** Device nodes of a GPU may be driven. */
  gpu: boolean;
  /** Landlock keeps signals inside, so those to other processes need not be denied here. */
  scoped: boolean;
  /** Where the path that the launcher executes lies: an address that the program does not know. */
  execPath: bigint;
}

export interface Filter {
  /** Four numbers an instruction: code, jump if true, jump if false, operand. */
  instructions: readonly (readonly [code: number, jt: number, jf: number, k: number])[];
  /** Places whose operand becomes the number of the process. */
  ownNumber: readonly number[];
}

// linux/bpf_common.h
const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_EQUAL = 0x35;
const JUMP_ANY_BIT = 0x45;
const AND = 0x54;
const RETURN = 0x06;
// linux/seccomp.h
const ALLOW = 0x7fff_0000;
const KILL = 0x8000_0000;
const ERRNO = 0x0005_0000;
const DENY: number = ERRNO | 1;
/** A C library falls back on what it did before the call existed. */
const UNKNOWN: number = ERRNO | 38;
/** `seccomp_data`: the call's number, the architecture, then six arguments of 64 bits. */
const NUMBER = 0;
const ARCH = 4;
const low = (argument: number): number => 16 + 8 * argument;
const high = (argument: number): number => low(argument) + 4;

const AUDIT_ARCH = { x64: 0xc000_003e, arm64: 0xc000_00b7 } as const;
/** The calls of another ABI of x86-64; no other call has such a number. */
const X32_BIT = 0x4000_0000;
/** Calls that came after this list was written. */
const FIRST_UNLISTED = 463;

const CLONE_THREAD = 0x1_0000;
/** Namespaces, `CLONE_PTRACE`, and `CLONE_PARENT`, which makes a child another's. */
const CLONE_FOREIGN = 0x7e02_a000;
const O_TRUNC = 0x200;
const O_ACCMODE = 3;
const PROGRAM_FD = 1000;
const AT_EMPTY_PATH = 0x1000;
/** Shared memory with no file behind it, and huge pages: the process's size shows neither. */
const MAP_SHARED_ANONYMOUS = 0x21;
const MAP_HUGETLB = 0x4_0000;
/** Owners and signals of descriptors: they signal others in the kernel's name. */
const FCNTL_SIGNALS = [8, 10, 15];
/** TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX. */
const IOCTL_HARMLESS = [0x5401, 0x5413, 0x541b, 0x5421, 0x5451, 0x5450];
/** Kinds of requests that are no GPU's: block devices, terminals, file systems, sockets. */
const IOCTL_FOREIGN_KINDS = [0x12, 0x54, 0x58, 0x66, 0x89];
/** Set and get a thread's name, get the death signal and whether it can be dumped, name memory. */
const PRCTL_HARMLESS = [15, 16, 2, 3, 0x5356_4d41];
const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;
const AF_INET = 2;
const AF_INET6 = 10;
/** `getaddrinfo` asks it which addresses there are. */
const AF_NETLINK = 16;

/** Compiles the filter for what is permitted. */
export function compileFilter(options: FilterOptions): Filter {
  const program = new Program(options.arch);
  program.add(LOAD, 0, 0, ARCH);
  program.add(JUMP_EQUAL, 1, 0, AUDIT_ARCH[options.arch]);
  program.end(KILL);
  program.add(LOAD, 0, 0, NUMBER);
  program.add(JUMP_GREATER_EQUAL, 0, 1, X32_BIT);
  program.end(DENY);
  program.add(JUMP_GREATER_EQUAL, 0, 1, FIRST_UNLISTED);
  program.end(UNKNOWN);
  judge(program, options);
  program.allow(FREE);
  if (options.write) program.allow(WRITING);
  if (options.net) program.allow(NETWORK);
  if (options.run) program.allow(RUNNING);
  program.end(DENY);
  return program;
}

/** The calls whose arguments decide; first, because the rest is decided once by its number. */
function judge(program: Program, { net, run, gpu, scoped, execPath }: FilterOptions): void {
  program.on("mmap", () => {
    program.denyIfAll(3, MAP_SHARED_ANONYMOUS);
    program.denyIfAny(3, MAP_HUGETLB);
    program.end(ALLOW);
  });
  for (const [name, flags] of [
    ["open", 1],
    ["openat", 2],
  ] as const) {
    // Truncating a file that is opened for reading: older Landlocks do not see it.
    program.on(name, () => {
      program.load(low(flags));
      program.add(AND, 0, 0, O_ACCMODE);
      program.add(JUMP_EQUAL, 1, 0, 0);
      program.end(ALLOW);
      program.denyIfAny(flags, O_TRUNC);
      program.end(ALLOW);
    });
  }
  program.on("fcntl", () => program.unlessOneOf(low(1), FCNTL_SIGNALS));
  program.on("ioctl", () => {
    program.allowIfOneOf(low(1), IOCTL_HARMLESS);
    if (!gpu) return program.end(DENY);
    program.load(low(1));
    program.add(AND, 0, 0, 0xff00);
    for (const kind of IOCTL_FOREIGN_KINDS) program.endIfEqual(kind << 8, DENY);
    program.end(ALLOW);
  });
  program.on("clone", () => {
    program.denyIfAny(0, CLONE_FOREIGN);
    if (!run) {
      program.add(JUMP_ANY_BIT, 1, 0, CLONE_THREAD);
      program.end(DENY);
    }
    program.end(ALLOW);
  });
  // Their flags lie in memory, where a filter cannot look.
  for (const name of ["clone3", "openat2"] as const) program.on(name, () => program.end(UNKNOWN));
  program.on("prctl", () => {
    program.allowIfOneOf(low(0), PRCTL_HARMLESS);
    program.add(JUMP_EQUAL, 1, 0, PR_SET_PDEATHSIG);
    program.end(DENY);
    program.allowIfOneOf(low(1), [SIGKILL]);
    program.end(DENY);
  });
  program.on("prlimit64", () => {
    program.denyUnlessNull(2);
    program.allowIfOneOf(low(0), [0]);
    program.allowOwnNumber();
    program.end(DENY);
  });
  program.on("sched_setaffinity", () => {
    program.allowIfOneOf(low(0), [0]);
    program.end(DENY);
  });
  for (const name of ["kill", "tgkill"] as const) {
    program.on(name, () => {
      if (run && scoped) return program.end(ALLOW);
      program.load(low(0));
      program.allowOwnNumber();
      program.end(DENY);
    });
  }
  program.on("execveat", () => {
    if (run) return program.end(ALLOW);
    for (const [place, wanted] of [
      [low(0), PROGRAM_FD],
      [low(4), AT_EMPTY_PATH],
      [low(1), Number(execPath & 0xffff_ffffn)],
      [high(1), Number(execPath >> 32n)],
    ] as const) {
      program.load(place);
      program.add(JUMP_EQUAL, 1, 0, wanted);
      program.end(DENY);
    }
    program.end(ALLOW);
  });
  if (net) {
    // Not AF_UNIX: the sockets of services on this machine are no network.
    program.on("socket", () => {
      program.allowIfOneOf(low(0), [AF_INET, AF_INET6, AF_NETLINK]);
      program.end(DENY);
    });
  } else {
    // The pipes to its parent are sockets: it writes to them, and to no address.
    program.on("sendto", () => {
      program.denyUnlessNull(4);
      program.end(ALLOW);
    });
    for (const name of ["recvfrom", "shutdown", ...(run ? ["socketpair"] : [])])
      program.on(name, () => program.end(ALLOW));
  }
}

class Program implements Filter {
  readonly instructions: [number, number, number, number][] = [];
  readonly ownNumber: number[] = [];
  readonly #column: 0 | 1;

  constructor(arch: FilterOptions["arch"]) {
    this.#column = arch === "x64" ? 0 : 1;
  }

  add(code: number, jt: number, jf: number, k: number): void {
    this.instructions.push([code, jt, jf, k]);
  }

  load(place: number): void {
    this.add(LOAD, 0, 0, place);
  }

  end(verdict: number): void {
    this.add(RETURN, 0, 0, verdict);
  }

  /** Allows every call of the list. */
  allow(calls: Numbers): void {
    for (const numbers of Object.values(calls)) {
      if (numbers[this.#column] >= 0) this.endIfEqual(numbers[this.#column], ALLOW);
    }
  }

  /** What happens on one call; `body` has to end in a verdict. */
  on(name: string, body: () => void): void {
    const number = (JUDGED[name] ?? NETWORK[name])?.[this.#column];
    if (number === undefined) throw new RangeError(`The call ${name} has no number`);
    if (number < 0) return;
    const at = this.instructions.length;
    this.add(JUMP_EQUAL, 0, 0, number);
    body();
    const length = this.instructions.length - at - 1;
    if (length > 255) throw new RangeError(`The filter of ${name} is too long to be jumped over`);
    this.instructions[at] = [JUMP_EQUAL, 0, length, number];
  }

  endIfEqual(value: number, verdict: number): void {
    this.add(JUMP_EQUAL, 0, 1, value);
    this.end(verdict);
  }

  allowIfOneOf(place: number, values: readonly number[]): void {
    this.load(place);
    for (const value of values) this.endIfEqual(value, ALLOW);
  }

  unlessOneOf(place: number, values: readonly number[]): void {
    this.load(place);
    for (const value of values) this.endIfEqual(value, DENY);
    this.end(ALLOW);
  }

  denyIfAny(argument: number, bits: number): void {
    this.load(low(argument));
    this.add(JUMP_ANY_BIT, 0, 1, bits);
    this.end(DENY);
  }

  denyIfAll(argument: number, bits: number): void {
    this.load(low(argument));
    this.add(AND, 0, 0, bits);
    this.endIfEqual(bits, DENY);
  }

  /** Denies when the argument points anywhere. */
  denyUnlessNull(argument: number): void {
    for (const place of [low(argument), high(argument)]) {
      this.load(place);
      this.add(JUMP_EQUAL, 1, 0, 0);
      this.end(DENY);
    }
  }

  /** Allows when what was loaded is the process's own number. */
  allowOwnNumber(): void {
    this.ownNumber.push(this.instructions.length);
    this.endIfEqual(0, ALLOW);
  }
}
