/**
 * Hostile programs: one list, and long because they are many. Each does its harm within bounds of its own, so that its
 * control may run unconfined, and returns true when it was done. They travel as
 * text into a process of their own and may use nothing but what they are handed.
 */

/** What a program is told about its victims. */
export interface Target {
  /** A folder that everybody may write to; holds `key`, `file` and `tool`. */
  dir: string;
  /** Holds the word `SECRET`. */
  key: string;
  /** A process of the same user, and the one that started the program. */
  victim: number;
  parent: number;
  tcp: number;
  udp: number;
  unix: string;
  abstract: string;
  /** Calls a function of the C library, or a system call by its number on x86-64. */
  c: (name: string, ...args: (number | bigint | string | Uint8Array)[]) => number;
  call: (number: number, ...args: (number | bigint | string | Uint8Array)[]) => number;
  errno: () => number;
}

export interface HostileProgram {
  name: string;
  run: (target: Target) => unknown;
  /** `root`: what the control does needs a capability. `x64`: it names system calls by number. */
  needs?: readonly ("root" | "x64")[];
  /**
   * Its harm, where it cannot say so itself: it is not gone when it is ended; it became
   * another program, which runs on; a packet came out.
   */
  harm?: "never ends" | "runs on" | "is heard";
  /** Cannot be contained by the means there are; the reason is printed. */
  uncontained?: string;
}

const hang: HostileProgram[] = [
  {
    name: "synchronous loop",
    harm: "never ends",
    run: () => {
      for (;;);
    },
  },
  {
    name: "microtask loop",
    harm: "never ends",
    run: async () => {
      for (;;) await Promise.resolve();
    },
  },
  {
    name: "trapped signals and a loop",
    harm: "never ends",
    run: () => {
      for (const name of ["SIGTERM", "SIGINT", "SIGHUP", "SIGXCPU"]) process.on(name, () => {});
      for (;;);
    },
  },
  {
    name: "SIGSTOP to itself",
    harm: "never ends",
    run: () => process.kill(process.pid, "SIGSTOP"),
  },
  { name: "blocking FFI call", harm: "never ends", run: ({ c }) => c("sleep", 1000) },
];

/** Each takes 768 MiB where it can; confined it has 400. */
const memory: HostileProgram[] = [
  {
    name: "10 GB buffer, filled as far as it goes",
    run: () => {
      const buffers = [];
      for (let i = 0; i < 12; i++) buffers.push(Buffer.alloc(64 * 2 ** 20, 1));
      return buffers.length === 12;
    },
  },
  {
    name: "growing objects",
    run: () => {
      const kept: unknown[] = [];
      while (process.memoryUsage.rss() < 768 * 2 ** 20)
        for (let i = 0; i < 100_000; i++) kept.push({ i, list: [i, i, i, i] });
      return kept.length > 0;
    },
  },
  {
    name: "growing strings",
    run: () => {
      const kept: string[] = [];
      for (let i = 0; i < 768; i++)
        kept.push(Buffer.alloc(2 ** 20, 97 + (i % 26)).toString("latin1"));
      return kept.length === 768;
    },
  },
  {
    name: "WASM memory",
    run: () => {
      const wasm = new WebAssembly.Memory({ initial: 1, maximum: 16_384 });
      for (let i = 0; i < 12; i++) {
        wasm.grow(1024);
        new Uint8Array(wasm.buffer).fill(1, i * 64 * 2 ** 20);
      }
      return true;
    },
  },
  {
    name: "shared anonymous mmap",
    needs: ["x64"],
    run: ({ call }) => {
      for (let i = 0; i < 12; i++)
        if (call(9, 0, 64 * 2 ** 20, 3, 0x8021, -1, 0) === -1) return false;
      return true;
    },
  },
  {
    name: "memfd",
    needs: ["x64"],
    run: ({ call }) => {
      const fd = call(319, "m", 0);
      return fd >= 0 && call(285, fd, 0, 0, 768 * 2 ** 20) === 0;
    },
  },
  {
    name: "/dev/zero shared",
    needs: ["x64"],
    run: ({ c, call }) => {
      const fd = c("open", "/dev/zero", 2);
      return fd >= 0 && call(9, 0, 768 * 2 ** 20, 3, 0x8001, fd, 0) !== -1;
    },
  },
  {
    name: "System V shared memory",
    needs: ["x64"],
    run: ({ call }) => {
      const id = call(29, 0, 64 * 2 ** 20, 0o1600);
      if (id >= 0) call(31, id, 0, 0);
      return id >= 0;
    },
  },
  {
    name: "huge pages",
    needs: ["x64"],
    // Unconfined the kernel refuses for want of pages (ENOMEM) or gives them; it is asked either way.
    run: ({ call, errno }) => call(9, 0, 2 ** 21, 3, 0x40022, -1, 0) !== -1 || errno() === 12,
  },
];

const output: HostileProgram[] = [
  {
    name: "1 GB of stdout",
    run: () => {
      const { writeSync } = process.getBuiltinModule("node:fs");
      const text = Buffer.alloc(2 ** 20, 120);
      for (let i = 0; i < 64; i++)
        for (let at = 0; at < text.length;) {
          try {
            at += writeSync(1, text, at);
          } catch (error) {
            if ((error as { code?: string }).code !== "EAGAIN") throw error;
          }
        }
      return true;
    },
  },
  {
    name: "flood on the channel",
    run: () => {
      const { writeSync } = process.getBuiltinModule("node:fs");
      const text = Buffer.alloc(2 ** 20, 120);
      for (let i = 0; i < 64; i++)
        for (let at = 0; at < text.length;) {
          try {
            at += writeSync(3, text, at);
          } catch (error) {
            if ((error as { code?: string }).code !== "EAGAIN") throw error;
          }
        }
      return true;
    },
  },
];

const processes: HostileProgram[] = [
  {
    name: "fork bomb in JavaScript",
    run: () => {
      let count = 0;
      for (let i = 0; i < 5; i++) count += Bun.spawn(["/bin/sleep", "31"]).pid > 0 ? 1 : 0;
      return count === 5;
    },
  },
  {
    name: "FFI fork",
    run: ({ c }) => {
      const pid = c("fork");
      if (pid === 0) {
        c("sleep", 31);
        c("_exit", 0);
      }
      return pid > 0;
    },
  },
  {
    name: "FFI fork and daemon",
    run: ({ c }) => {
      const pid = c("fork");
      if (pid === 0) {
        c("setsid");
        if (c("fork") === 0) c("sleep", 31);
        c("_exit", 0);
      }
      return pid > 0;
    },
  },
  {
    name: "vfork",
    needs: ["x64"],
    run: ({ call }) => {
      const pid = call(57);
      if (pid === 0) call(231, 0);
      return pid > 0;
    },
  },
  {
    name: "Worker bomb",
    run: async () => {
      const { Worker } = process.getBuiltinModule("node:worker_threads");
      let up = 0;
      for (let i = 0; i < 60; i++) {
        const worker = new Worker(
          "setInterval(() => {}, 1000); require('node:worker_threads').parentPort.postMessage(1)",
          { eval: true },
        );
        await new Promise((resolve) => {
          worker.once("message", resolve);
          worker.once("error", resolve);
          setTimeout(resolve, 300);
        });
        up++;
      }
      return up === 60;
    },
  },
  {
    name: "thread bomb",
    run: async ({ c }) => {
      const { dlopen, ptr } = await import("bun:ffi");
      const { symbols } = dlopen("libc.so.6", { pause: { args: [], returns: "i32" } });
      const thread = new BigUint64Array(1);
      for (let i = 0; i < 700; i++)
        if (
          c(
            "pthread_create",
            ptr(thread),
            0,
            Number((symbols.pause as { ptr?: unknown }).ptr),
            0,
          ) !== 0
        )
          return false;
      await Bun.sleep(200);
      return true;
    },
  },
  {
    name: "a shell",
    run: () => Bun.spawnSync(["/bin/sh", "-c", "echo hi"]).stdout.toString() === "hi\n",
  },
  {
    name: "itself",
    run: () =>
      Bun.spawnSync([process.execPath, "--version"], { env: { BUN_BE_BUN: "1" } }).exitCode === 0,
  },
  {
    name: "execve of ld.so in its own place",
    harm: "runs on",
    run: async ({ c }) => {
      const { ptr } = await import("bun:ffi");
      const args = ["ld.so", "/bin/sleep", "31"].map((text) => Buffer.from(`${text}\0`));
      const argv = new BigUint64Array([...args.map((text) => BigInt(ptr(text))), 0n]);
      c("execve", "/lib64/ld-linux-x86-64.so.2", ptr(argv), ptr(new BigUint64Array(1)));
    },
  },
  {
    name: "execveat through a descriptor of its own",
    needs: ["x64"],
    harm: "runs on",
    run: async ({ c, call }) => {
      const { ptr } = await import("bun:ffi");
      const args = ["sleep", "31"].map((text) => Buffer.from(`${text}\0`));
      const argv = new BigUint64Array([...args.map((text) => BigInt(ptr(text))), 0n]);
      const fd = c("open", "/bin/sleep", 0);
      c("dup2", fd, 1000);
      call(322, fd, "", ptr(argv), ptr(new BigUint64Array(1)), 0x1000);
      call(322, 1000, "", ptr(argv), ptr(new BigUint64Array(1)), 0x1000);
    },
  },
];

const files: HostileProgram[] = [
  {
    name: "writing to HOME",
    run: () => {
      process.getBuiltinModule("node:fs").writeFileSync(`${process.env["HOME"]}/written`, "x");
      return true;
    },
  },
  {
    name: "writing to its own file",
    run: () => {
      process.getBuiltinModule("node:fs").appendFileSync(process.argv[1] ?? "", "\n//");
      return true;
    },
  },
  {
    name: "writing to the executable",
    run: ({ dir }) => {
      process.getBuiltinModule("node:fs").appendFileSync(`${dir}/tool`, "x");
      return true;
    },
  },
  {
    name: "a key through fs",
    run: ({ key }) =>
      process.getBuiltinModule("node:fs").readFileSync(key, "utf8").includes("SECRET"),
  },
  {
    name: "a key through Bun.file",
    run: async ({ key }) => (await Bun.file(key).text()).includes("SECRET"),
  },
  {
    name: "a key through import",
    run: async ({ key }) =>
      (await import(key, { with: { type: "text" } })).default.includes("SECRET"),
  },
  {
    name: "a key through FFI",
    run: ({ c, key }) => {
      const bytes = new Uint8Array(64);
      const fd = c("open", key, 0);
      return (
        fd >= 0 && c("read", fd, bytes, 64) > 0 && Buffer.from(bytes).toString().includes("SECRET")
      );
    },
  },
  {
    name: "a key through a Worker",
    run: async ({ key }) => {
      const { Worker } = process.getBuiltinModule("node:worker_threads");
      const worker = new Worker(
        `let t = ""; try { t = require("fs").readFileSync(${JSON.stringify(key)}, "utf8") } catch {} process.getBuiltinModule("node:worker_threads").parentPort.postMessage(t)`,
        { eval: true },
      );
      const text = await new Promise<string>((resolve) => {
        worker.once("message", resolve);
        worker.once("error", () => resolve(""));
      });
      await worker.terminate();
      return text.includes("SECRET");
    },
  },
  {
    name: "a key through its file handle",
    needs: ["x64", "root"],
    run: ({ call, c, key, dir }) => {
      const handle = Buffer.alloc(136);
      handle.writeUInt32LE(128, 0);
      const mount = Buffer.alloc(4);
      if (call(303, -100, key, handle, mount, 0) !== 0) return false;
      return call(304, c("open", dir, 0o200000), handle, 0) >= 0;
    },
  },
  {
    name: "a key through /proc/self/root",
    run: ({ key }) =>
      process
        .getBuiltinModule("node:fs")
        .readFileSync(`/proc/self/root${key}`, "utf8")
        .includes("SECRET"),
  },
  {
    name: "a key through a symlink",
    run: ({ key, dir }) => {
      const fs = process.getBuiltinModule("node:fs");
      fs.symlinkSync(key, `${dir}/link-${process.pid}`);
      return fs.readFileSync(`${dir}/link-${process.pid}`, "utf8").includes("SECRET");
    },
  },
  {
    name: "a hard link",
    run: ({ dir }) => {
      process.getBuiltinModule("node:fs").linkSync(`${dir}/file`, `${dir}/hard-${process.pid}`);
      return true;
    },
  },
  {
    name: "rename",
    run: ({ dir }) => {
      const fs = process.getBuiltinModule("node:fs");
      fs.renameSync(`${dir}/file`, `${dir}/moved`);
      fs.renameSync(`${dir}/moved`, `${dir}/file`);
      return true;
    },
  },
  {
    name: "unlink",
    run: ({ dir }) => {
      process.getBuiltinModule("node:fs").unlinkSync(`${dir}/spare`);
      return true;
    },
  },
  {
    name: "mkdir",
    run: ({ dir }) => {
      process.getBuiltinModule("node:fs").mkdirSync(`${dir}/made-${process.pid}`);
      return true;
    },
  },
  {
    name: "chmod",
    run: ({ dir }) => {
      process.getBuiltinModule("node:fs").chmodSync(`${dir}/file`, 0o777);
      return true;
    },
  },
  {
    name: "chmod of a file it may read",
    run: () => {
      process.getBuiltinModule("node:fs").chmodSync(process.argv[1] ?? "", 0o777);
      return true;
    },
  },
  {
    name: "utime",
    run: ({ dir }) => {
      process.getBuiltinModule("node:fs").utimesSync(`${dir}/file`, 1, 1);
      return true;
    },
  },
  {
    name: "truncate",
    run: ({ dir }) => {
      process.getBuiltinModule("node:fs").truncateSync(`${dir}/file`, 1);
      return true;
    },
  },
  {
    name: "truncate by opening for reading",
    run: ({ c }) => c("open", process.argv[1] ?? "", 0o1000) >= 0,
  },
  {
    name: "an extended attribute",
    run: ({ c }) => c("setxattr", process.argv[1] ?? "", "user.k", "v", 1, 0) === 0,
  },
  {
    name: "listing a folder",
    run: ({ dir }) => process.getBuiltinModule("node:fs").readdirSync(dir).length > 0,
  },
  {
    name: "watching a folder",
    run: ({ c, dir }) => {
      const fd = c("inotify_init1", 0);
      return fd >= 0 && c("inotify_add_watch", fd, dir, 0xfff) >= 0;
    },
  },
  {
    name: "mknod of a FIFO",
    run: ({ c, dir }) => c("mknod", `${dir}/fifo-${process.pid}`, 0o10644, 0) === 0,
  },
  {
    name: "stat of a file that it may not read",
    run: ({ key }) => process.getBuiltinModule("node:fs").statSync(key).size > 0,
    uncontained: "sizes and times of any path answer to stat: hiding them needs a mount namespace",
  },
];

const network: HostileProgram[] = [
  {
    name: "TCP",
    run: ({ tcp }) =>
      new Promise((resolve) => {
        const socket = process.getBuiltinModule("node:net").connect(tcp, "127.0.0.1", () => {
          socket.destroy();
          resolve(true);
        });
        socket.on("error", () => resolve(false));
      }),
  },
  { name: "fetch", run: async ({ tcp }) => (await fetch(`http://127.0.0.1:${tcp}/`)).ok },
  {
    name: "UDP",
    harm: "is heard",
    run: ({ udp }) =>
      new Promise((resolve) => {
        const socket = process.getBuiltinModule("node:dgram").createSocket("udp4");
        socket.on("error", () => resolve(false));
        socket.send("x", udp, "127.0.0.1", (error: unknown) => {
          socket.close();
          resolve(!error);
        });
      }),
  },
  {
    name: "DNS",
    harm: "is heard",
    run: async ({ udp }) => {
      const { Resolver } = process.getBuiltinModule("node:dns/promises");
      const resolver = new Resolver({ timeout: 300, tries: 1 });
      resolver.setServers([`127.0.0.1:${udp}`]);
      await resolver.resolve4("leak.example");
    },
  },
  { name: "MPTCP", run: ({ c }) => c("socket", 2, 1, 262) >= 0 },
  {
    name: "listen",
    run: () => {
      const server = Bun.serve({ port: 0, fetch: () => new Response("x") });
      const ok = (server.port ?? 0) > 0;
      void server.stop(true);
      return ok;
    },
  },
  {
    name: "a unix socket by path",
    run: ({ unix }) =>
      new Promise((resolve) => {
        const socket = process.getBuiltinModule("node:net").connect(unix, () => {
          socket.destroy();
          resolve(true);
        });
        socket.on("error", () => resolve(false));
      }),
  },
  {
    name: "an abstract unix socket",
    run: ({ c, abstract }) => {
      const address = Buffer.concat([Buffer.from([1, 0, 0]), Buffer.from(abstract)]);
      const fd = c("socket", 1, 1, 0);
      return fd >= 0 && c("connect", fd, address, address.length) === 0;
    },
  },
  { name: "netlink", run: ({ c }) => c("socket", 16, 3, 0) >= 0 },
  {
    name: "a pair of sockets",
    needs: ["x64"],
    run: ({ call }) => call(53, 1, 1, 0, new Uint8Array(8)) === 0,
  },
];

const others: HostileProgram[] = [
  { name: "a signal to its parent", run: ({ parent }) => process.kill(parent, "SIGWINCH") },
  { name: "a signal to everybody", run: ({ c }) => c("kill", -1, 0) === 0 },
  { name: "a signal to a victim", run: ({ c, victim }) => c("kill", victim, 28) === 0 },
  {
    name: "a signal to a victim's thread",
    needs: ["x64"],
    run: ({ call, victim }) => call(234, victim, victim, 28) === 0 || call(200, victim, 28) === 0,
  },
  {
    name: "a queued signal",
    needs: ["x64"],
    run: ({ c, victim }) => c("sigqueue", victim, 28, 0) === 0,
  },
  {
    name: "a signal by a descriptor's owner",
    needs: ["x64"],
    run: ({ c, victim }) => {
      const pipe = new Int32Array(2);
      return (
        c("pipe", new Uint8Array(pipe.buffer)) === 0 && c("fcntl", pipe[0] ?? 0, 8, victim) === 0
      );
    },
  },
  {
    name: "ptrace",
    needs: ["x64"],
    run: ({ call, victim }) => call(101, 0x4206, victim, 0, 0) === 0,
  },
  {
    name: "process_vm_readv",
    needs: ["x64"],
    run: async ({ call, victim }) => {
      const { ptr } = await import("bun:ffi");
      const maps = (await import("node:fs")).readFileSync(`/proc/${victim}/maps`, "utf8");
      const from = BigInt(`0x${/^([0-9a-f]+)-/m.exec(maps)?.[1] ?? "0"}`);
      const bytes = new Uint8Array(8);
      const local = new BigUint64Array([BigInt(ptr(bytes)), 8n]);
      const remote = new BigUint64Array([from, 8n]);
      return call(310, victim, ptr(local), 1, ptr(remote), 1, 0) === 8;
    },
  },
  {
    name: "/proc of a victim",
    run: ({ victim }) =>
      process.getBuiltinModule("node:fs").readFileSync(`/proc/${victim}/environ`).length >= 0,
  },
  {
    name: "/proc of its parent",
    run: ({ parent }) =>
      process.getBuiltinModule("node:fs").readFileSync(`/proc/${parent}/cmdline`).length > 0,
  },
  { name: "pidfd", needs: ["x64"], run: ({ call, victim }) => call(434, victim, 0) >= 0 },
  {
    name: "limits of a victim",
    needs: ["x64"],
    run: ({ call, victim }) => call(302, victim, 4, new Uint8Array(16), 0) === 0,
  },
  { name: "priority of a victim", run: ({ c, victim }) => c("setpriority", 0, victim, 19) === 0 },
  {
    name: "processors of a victim",
    needs: ["x64"],
    run: ({ call, victim }) =>
      call(203, victim, 8, new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0])) === 0,
  },
  { name: "outliving its parent", run: ({ c }) => c("prctl", 1, 0, 0, 0, 0) === 0 },
  {
    name: "secrets in the environment",
    run: () => Object.values(process.env).some((value) => value === "SECRET"),
  },
  {
    name: "an inherited descriptor",
    run: () => {
      const bytes = Buffer.alloc(6);
      for (let fd = 4; fd < 256; fd++) {
        try {
          process.getBuiltinModule("node:fs").readSync(fd, bytes, 0, 6, 0);
        } catch {
          continue;
        }
        if (bytes.toString() === "SECRET") return true;
      }
      return false;
    },
  },
];

/** Whether the kernel was reached: a filter answers EPERM or ENOSYS before it looks. */
const kernel: HostileProgram[] = [
  {
    name: "io_uring",
    needs: ["x64"],
    run: ({ call, errno }) => call(425, 4, new Uint8Array(120)) >= 0 || ![1, 38].includes(errno()),
  },
  {
    name: "user namespace",
    needs: ["x64"],
    run: ({ call, errno }) => call(272, 0x1000_0000) === 0 || ![1, 38].includes(errno()),
  },
  {
    name: "keyctl",
    needs: ["x64"],
    run: ({ call, errno }) => call(250, 0, -3, 0) >= 0 || ![1, 38].includes(errno()),
  },
  {
    name: "add_key",
    needs: ["x64"],
    run: ({ call, errno }) => call(248, "user", "k", "v", 1, -3) >= 0 || ![1, 38].includes(errno()),
  },
  {
    name: "mount",
    needs: ["x64", "root"],
    run: ({ call, errno }) => call(165, 1, 1, 1, 0, 0) === 0 || ![1, 38].includes(errno()),
  },
  {
    name: "bpf",
    needs: ["x64", "root"],
    run: ({ call, errno }) => call(321, 0, 1, 0) >= 0 || ![1, 38].includes(errno()),
  },
  {
    name: "perf_event_open",
    needs: ["x64", "root"],
    run: ({ call, errno }) => call(298, 1, 0, -1, -1, 0) >= 0 || ![1, 38].includes(errno()),
  },
  {
    name: "userfaultfd",
    needs: ["x64", "root"],
    run: ({ call, errno }) => call(323, 0) >= 0 || ![1, 38].includes(errno()),
  },
  { name: "personality", needs: ["x64"], run: ({ call }) => call(135, 0x0040000) !== -1 },
  {
    name: "chroot",
    needs: ["x64", "root"],
    run: ({ call, errno }) => call(161, 1) === 0 || ![1, 38].includes(errno()),
  },
  {
    name: "another filter",
    needs: ["x64"],
    run: ({ call, errno }) => call(317, 1, 0, 0) === 0 || ![1, 38].includes(errno()),
  },
];

export const PROGRAMS: readonly HostileProgram[] = [
  ...hang,
  ...memory,
  ...output,
  ...processes,
  ...files,
  ...network,
  ...others,
  ...kernel,
];
