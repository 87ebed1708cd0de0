/**
 * A confined process's walls on Linux, as the steps that the launcher takes.
 * Their order matters: descriptors and files are opened before the walls
 * stand, the user changes before Landlock is enforced, and the filter of
 * system calls, which allows one last execution, comes at the end.
 */
import { readdirSync } from "node:fs";
import { CONFINED_USER, type Walls } from "./layers.ts";
import type { Limits, Permissions } from "./permissions.ts";
import { compileFilter } from "./seccomp.ts";

/** What a program needs to be itself; never told to whoever grants permissions. */
export interface OwnFiles {
  /** Files and folders that it reads. */
  read: readonly string[];
  /** Folders in which it looks for names, and no more. */
  list: readonly string[];
  /** It drives a graphics card. */
  gpu: boolean;
}

// linux/landlock.h
const EXECUTE = 0x1;
const WRITE_FILE = 0x2;
const READ_FILE = 0x4;
const READ_DIR = 0x8;
const REFER = 0x2000;
const TRUNCATE = 0x4000;
const IOCTL_DEV = 0x8000;
/** Every right of the first version: the twelve above `READ_DIR` are about making and removing. */
const FIRST_RIGHTS = 0x1fff;
/** Devices, sockets and FIFOs are made for nobody. */
const MAKING = 0x1fff & ~0xf & ~(0x40 | 0x200 | 0x400 | 0x800);
const TCP = 0x3;
const SCOPES = 0x3;

const READ = READ_FILE | READ_DIR;

/** asm-generic/resource.h */
const RLIMIT = { cpu: 0, fileSize: 1, core: 4, processes: 6, files: 7, addressSpace: 9 } as const;
/** Bytes that one file may grow to, where something may be written. */
const FILE_SIZE = 2 ** 30;
const OPEN_FILES = 256;
const PROCESSES = 4096;
/** The launcher needs a number for the program's file that lies above `OPEN_FILES`. */
const LAUNCHER_FILES = 1024;
/**
 * The address space is a backstop behind the look at the memory that is used, and
 * most of it is only reserved: below 4 GB the engine silently runs without its
 * compiler, and below 11 GB WebAssembly checks each access, up to 7 times slower.
 */
const ADDRESS_SPACE = 12 * 2 ** 30;

/** Libraries, the time, and what the engine asks of the machine. None of it is private. */
const SYSTEM = [
  "/lib",
  "/lib32",
  "/lib64",
  "/usr/lib",
  "/usr/lib32",
  "/usr/lib64",
  "/usr/local/lib",
  "/nix/store",
  "/gnu/store",
  "/etc/ld.so.cache",
  "/etc/localtime",
  "/usr/share/zoneinfo",
  "/proc/self",
  "/proc/cpuinfo",
  "/proc/meminfo",
  "/proc/sys/vm/mmap_min_addr",
  "/proc/sys/vm/overcommit_memory",
  "/sys/devices/system/cpu",
  "/sys/devices/system/node",
  "/sys/kernel/mm/transparent_hugepage",
  "/dev/urandom",
  "/dev/random",
];
const NETWORK = [
  "/etc/resolv.conf",
  "/etc/hosts",
  "/etc/host.conf",
  "/etc/nsswitch.conf",
  "/etc/gai.conf",
  "/etc/services",
  "/etc/protocols",
  "/etc/ssl",
  "/etc/pki",
  "/usr/share/ca-certificates",
  "/run/systemd/resolve",
];
const GPU = [
  "/sys/devices",
  "/sys/class/drm",
  "/sys/bus/pci",
  "/sys/dev/char",
  "/sys/module",
  "/usr/share/vulkan",
  "/etc/vulkan",
  "/usr/share/glvnd",
  "/usr/share/drirc.d",
  "/usr/share/nvidia",
  "/usr/share/libdrm",
  "/proc/driver/nvidia",
  "/proc/devices",
];
const PROGRAMS = [
  "/bin",
  "/sbin",
  "/usr",
  "/lib",
  "/lib64",
  "/opt",
  "/nix/store",
  "/gnu/store",
  "/etc",
];
/** The first program of a dynamic executable is its loader. */
const LOADERS = {
  x64: ["/lib64/ld-linux-x86-64.so.2"],
  arm64: ["/lib/ld-linux-aarch64.so.1"],
} as const;

/** The launcher's arguments up to the program's own; the first of `command` is an absolute path. */
export function launcherSteps(
  program: string,
  walls: Walls,
  own: OwnFiles,
  permissions: Permissions,
  limits: Limits,
): string[] {
  const arch = process.arch === "arm64" ? "arm64" : "x64";
  const writes = permissions.write === "all" || permissions.write.length > 0;
  const { fs, net, scope } = handled(walls.landlock);
  // A page at an address of its own; 2^34 of them lie between 64 GB and where libraries begin.
  const execPath =
    0x10_0000_0000n + BigInt(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) * 4096n;
  const filter = compileFilter({
    arch,
    write: writes,
    net: permissions.net,
    run: permissions.run,
    gpu: own.gpu,
    scoped: walls.landlock >= 6,
    execPath,
  });
  return [
    step("l", RLIMIT.files, LAUNCHER_FILES),
    `x${program}`,
    // 0 to 2, and 3 for a channel.
    step("c", 4),
    "n",
    step("h", fs, permissions.net ? 0 : net, scope),
    ...rules(program, arch, own, permissions, fs),
    walls.otherUser ? step("u", CONFINED_USER, keptCapability(walls, own.gpu || writes)) : "d",
    step("p", process.pid),
    ...(permissions.run ? ["o"] : []),
    step("l", RLIMIT.core, 0),
    step("l", RLIMIT.fileSize, FILE_SIZE),
    step("l", RLIMIT.files, OPEN_FILES),
    step("l", RLIMIT.addressSpace, ADDRESS_SPACE + (limits.memory ?? 0)),
    // Processes are counted for a user as a whole: only nobody's are few.
    ...(walls.otherUser ? [step("l", RLIMIT.processes, PROCESSES)] : []),
    ...(limits.cpu === undefined ? [] : [step("l", RLIMIT.cpu, Math.ceil(limits.cpu) + 1)]),
    "e",
    `s${execPath.toString(16)}`,
    `f${[filter.ownNumber.length, ...filter.ownNumber, ...filter.instructions.flat()].map((number) => number.toString(16)).join(" ")}`,
    "--",
  ];
}

/** Everything that a version of Landlock can deny is denied unless a rule grants it. */
function handled(version: number): { fs: number; net: number; scope: number } {
  let fs = FIRST_RIGHTS;
  if (version >= 2) fs |= REFER;
  if (version >= 3) fs |= TRUNCATE;
  if (version >= 5) fs |= IOCTL_DEV;
  return { fs, net: version >= 4 ? TCP : 0, scope: version >= 6 ? SCOPES : 0 };
}

function rules(
  program: string,
  arch: keyof typeof LOADERS,
  own: OwnFiles,
  { read, write, net, run }: Permissions,
  known: number,
): string[] {
  const grant = (rights: number, paths: readonly string[]): string[] =>
    paths.map((path) => `${step("r", rights & known)},${path}`);
  const change = READ | WRITE_FILE | TRUNCATE | REFER | MAKING;
  return [
    ...grant(READ | EXECUTE, [program, ...LOADERS[arch]]),
    ...grant(READ, [...SYSTEM, ...own.read]),
    ...grant(READ_DIR, own.list),
    ...grant(READ | WRITE_FILE, ["/dev/null"]),
    ...(own.gpu
      ? [...grant(READ, GPU), ...grant(READ | WRITE_FILE | IOCTL_DEV, deviceNodes())]
      : []),
    ...(net ? grant(READ, NETWORK) : []),
    ...(run ? grant(READ | EXECUTE, PROGRAMS) : []),
    ...grant(READ, read === "all" ? ["/"] : read),
    ...grant(change | (run ? EXECUTE : 0), write === "all" ? ["/"] : write),
  ];
}

/** A user without rights reads what root gave it; Landlock says what that is. */
function keptCapability({ capabilities }: Walls, writes: boolean): number {
  const override = 1 << 1;
  const readSearch = 1 << 2;
  return !writes && (capabilities & readSearch) !== 0 ? readSearch : capabilities & override;
}

function deviceNodes(): string[] {
  const nodes = ["/dev/dri", "/dev/kfd", "/dev/dxg", "/dev/udmabuf"];
  try {
    nodes.push(
      ...readdirSync("/dev")
        .filter((name) => name.startsWith("nvidia"))
        .map((name) => `/dev/${name}`),
    );
  } catch {
    // No /dev that can be read: no devices.
  }
  return nodes;
}

function step(letter: string, ...numbers: number[]): string {
  return letter + numbers.map((number) => number.toString(16)).join(",");
}
