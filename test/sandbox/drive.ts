/**
 * Runs hostile programs, each in a process of its own, and prints a line of
 * JSON for each: whether it did its harm, and whether anything was left running.
 *
 *   bun drive.ts confined|control|root-control [landlock version]
 */
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { launcherFile } from "../../src/assets.ts";
import { confine, type ConfinedProcess } from "../../src/sandbox/confine.ts";
import { CONFINED_USER, requireWalls } from "../../src/sandbox/layers.ts";
import { NO_PERMISSIONS } from "../../src/sandbox/permissions.ts";
import { launcherSteps } from "../../src/sandbox/walls.ts";
import { type HostileProgram, PROGRAMS, type Target } from "./programs.ts";

/** What happened. */
export interface Outcome {
  name: string;
  harm: boolean;
  left: number;
  detail: string;
  ms: number;
}

/** A loop, a sleep or a stop is given this long before it is ended. */
const HANG_MS = 600;
const LIMIT_MS = 12_000;
const MEMORY = 400 * 2 ** 20;
const LIMITS = { memory: MEMORY, threads: 64, output: 16 * 2 ** 20, cpu: 20 };
const SIDE_BY_SIDE = 2;

const [mode = "confined", version = "0"] = process.argv.slice(2);
const root = process.getuid?.() === 0;
const walls = mode === "confined" ? await requireWalls() : undefined;
// An older kernel's Landlock, as far as a newer one can be asked for less.
if (walls !== undefined && Number(version) > 0) walls.landlock = Number(version);

/** Makes `target` what a program is told, runs it, and says whether it did harm. */
const HEAD = `
const target = JSON.parse(process.env.KATA_TARGET);
const keep = [];
let error = 0;
const value = (arg) => {
  if (typeof arg === "string") arg = Buffer.from(arg + "\\0");
  if (arg instanceof Uint8Array) { keep.push(arg); return BigInt(require("bun:ffi").ptr(arg)); }
  return BigInt(arg);
};
target.c = (name, ...args) => {
  const { dlopen, read } = require("bun:ffi");
  const { symbols } = dlopen("libc.so.6", {
    [name]: { args: args.map(() => "i64"), returns: "i64" },
    __errno_location: { args: [], returns: "ptr" },
  });
  const place = symbols.__errno_location();
  const result = symbols[name](...args.map(value));
  error = read.i32(place);
  return name === "mmap" ? Number(result) : Number(BigInt.asIntN(32, BigInt(result)));
};
target.call = (number, ...args) => target.c("syscall", number, ...args, ...Array(6 - args.length).fill(0));
target.errno = () => error;
`;

interface Stage {
  target: Omit<Target, "c" | "call" | "errno">;
  script: string;
  home: string;
  heard: () => boolean;
  close: () => void;
}

async function stage({ run }: HostileProgram): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), "kata-hostile-"));
  const [own, home] = [join(dir, "own"), join(dir, "home")];
  mkdirSync(own);
  mkdirSync(home);
  const script = join(own, "program.js");
  const texts = {
    [join(dir, "key")]: "SECRET",
    [join(dir, "file")]: "file",
    [join(dir, "spare")]: "spare",
    [join(dir, "tool")]: "#!/bin/sh\n",
    [script]: `${HEAD}
const run = ${run
      .toString()
      .replace(/^run\(/, "function run(")
      .replace(/^async run\(/, "async function run(")};
let harm = false;
try { harm = (await run(target)) === true; } catch (error) { console.error(String(error)); }
require("node:fs").writeSync(2, harm ? "\\nHARM" : "\\nnone");
process.exit(0);
`,
  };
  for (const [path, text] of Object.entries(texts)) writeFileSync(path, text);
  for (const path of [dir, own, home, ...Object.keys(texts)]) {
    if (root && mode === "confined") chownSync(path, CONFINED_USER, CONFINED_USER);
    chmodSync(path, 0o777);
  }
  const unix = join(dir, "socket");
  const abstract = `kata-${crypto.randomUUID()}`;
  const servers = await Promise.all(
    [0, unix, `\0${abstract}`].map(async (place) => {
      const server = createServer((socket) => {
        socket.on("error", () => {});
        socket.end("HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\nx");
      });
      await new Promise<void>((resolve) =>
        typeof place === "number"
          ? server.listen(place, "127.0.0.1", resolve)
          : server.listen(place, resolve),
      );
      return server;
    }),
  );
  chmodSync(unix, 0o777);
  let packets = 0;
  const udp = createSocket("udp4", () => packets++);
  await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
  const address = servers[0]?.address();
  return {
    target: {
      dir,
      key: join(dir, "key"),
      victim: victim.pid,
      parent: process.pid,
      tcp: typeof address === "object" && address !== null ? address.port : 0,
      udp: udp.address().port,
      unix,
      abstract,
    },
    script,
    home,
    heard: () => packets > 0,
    close: () => {
      for (const server of servers) server.close();
      udp.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function attempt(program: HostileProgram): Promise<Outcome> {
  const started = performance.now();
  const scene = await stage(program);
  const mark = crypto.randomUUID();
  const command = [process.execPath, "--config=/dev/null", "--no-env-file", scene.script];
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: scene.home,
    BUN_BE_BUN: "1",
    KATA_MARK: mark,
    KATA_TARGET: JSON.stringify(scene.target),
    BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0",
  };
  const own = { read: [scene.script], list: [dirname(scene.script)], gpu: false };
  let child: Pick<ConfinedProcess, "stderr" | "stdout" | "channel" | "ended" | "kill" | "excess">;
  if (program.name === "an inherited descriptor") {
    const steps =
      walls === undefined
        ? []
        : [
            launcherFile() ?? "",
            ...launcherSteps(process.execPath, walls, own, NO_PERMISSIONS, LIMITS),
          ];
    child = inherited([...steps, ...command], env, scene.target.key);
  } else {
    child = confine(
      command,
      walls === undefined
        ? { permissions: { ...NO_PERMISSIONS, env: "all" }, limits: {} }
        : { permissions: NO_PERMISSIONS, limits: LIMITS, walls },
      { cwd: dirname(scene.script), env, own },
    );
  }
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      child.kill();
    },
    program.harm === "never ends" || program.harm === "runs on" ? HANG_MS : LIMIT_MS,
  );
  const texts = Promise.all([
    new Response(child.stderr).text(),
    drain(child.stdout),
    drain(child.channel),
  ]);
  await child.ended;
  clearTimeout(timer);
  // Before the pipes are read to their ends: what is left may hold them open.
  const running = marked(mark);
  const before = running.length;
  for (const pid of running) process.kill(pid, "SIGKILL");
  const [said] = (await Promise.race([
    texts,
    Bun.sleep(2000).then(() => ["the pipes stay open"]),
  ])) as [string];
  const harm = {
    "never ends": mode === "confined" ? before > 0 : timedOut,
    "runs on": timedOut,
    "is heard": scene.heard(),
    said: said.includes("\nHARM"),
  }[program.harm ?? "said"];
  scene.close();
  const detail = [
    child.excess?.limit,
    timedOut ? "ended from outside" : "",
    said.trim().split("\n").slice(0, 2).join(" "),
  ];
  return {
    name: program.name,
    harm,
    left: before,
    detail: detail.filter(Boolean).join("; ").slice(0, 200),
    ms: Math.round(performance.now() - started),
  };
}

/** The same with a descriptor that its parent forgot to close. */
function inherited(command: string[], env: Record<string, string>, key: string) {
  const child = Bun.spawn(["/bin/sh", "-c", 'exec "$@" 9<"$0"', key, ...command], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    channel: new Response("").body ?? new ReadableStream<Uint8Array>(),
    excess: undefined,
    ended: child.exited.then((code) => ({ code, signal: null })),
    kill: () => child.kill("SIGKILL"),
  };
}

async function drain(stream: ReadableStream<Uint8Array>): Promise<void> {
  for await (const _ of stream);
}

/** The processes that carry a program's mark: it and whatever came of it. */
function marked(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const gone = /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
        return !gone && readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark);
      } catch {
        return false;
      }
    });
}

process.env["KATA_SECRET"] = "SECRET";
process.on("SIGWINCH", () => {});
const asNobody = [
  "setpriv",
  "--reuid",
  String(CONFINED_USER),
  "--regid",
  String(CONFINED_USER),
  "--clear-groups",
];
const victim = Bun.spawn([...(root && mode === "confined" ? asNobody : []), "sleep", "300"], {
  env: {},
});
const queue = PROGRAMS.filter(({ needs = [] }) => {
  if (needs.includes("x64") && process.arch !== "x64") return false;
  if (mode === "confined") return true;
  return needs.includes("root") === (mode === "root-control");
});
const work = async (): Promise<void> => {
  for (let program = queue.shift(); program !== undefined; program = queue.shift())
    console.log(JSON.stringify(await attempt(program)));
};
try {
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
} finally {
  victim.kill("SIGKILL");
}
process.exit(0);
