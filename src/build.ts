/**
 * The build: bundles the worker, stages what the executable carries, compiles.
 *
 *   bun src/build.ts            dist/kata for this machine
 *   bun src/build.ts --all      dist/kata-<os>-<arch> for every target, and SHA256SUMS
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { packKatas } from "./catalog/bundle.ts";
import { discover } from "./catalog/discover.ts";
import { checkGraph } from "./catalog/graph.ts";
import { packProgram } from "./python/compiler/packed.ts";
import { compileLibrary, librarySources } from "./python/library/written.ts";
import "./python/index.ts";
import "./pymodules/index.ts";

interface Target {
  os: "linux" | "darwin" | "windows";
  arch: "x64" | "arm64";
}

const ROOT = join(import.meta.dir, "..");
const DIST = join(ROOT, "dist");
const STAGE = join(DIST, "stage");
const TARGETS: Target[] = (["linux", "darwin", "windows"] as const).flatMap((os) =>
  (["x64", "arm64"] as const).map((arch) => ({ os, arch })),
);
/** Without a C library: what it is linked with is what stands in its source. */
const C_FLAGS =
  "-std=c11 -Os -Wall -Wextra -Werror -static -nostdlib -ffreestanding -fno-builtin " +
  "-fno-stack-protector -fno-pie -no-pie -s";
/** Loaded by child processes, which cannot see the executable's embedded files. */
const SCRIPTS = {
  "worker.js": "src/worker/preload.ts",
  "device.js": "src/tensor/webgpu/host.ts",
  "probe.js": "src/worker/probe.ts",
  "plugin.js": "src/guest/main.ts",
};
/** What a worker loads for katas in Python, with all that it takes to run one. */
const PYTHON = "python.js";

async function main(args: string[]): Promise<void> {
  const unknown = args.filter((arg) => arg !== "--all");
  if (unknown.length > 0) throw new Error(`Unknown argument ${unknown[0]}; expected --all or none`);
  rmSync(STAGE, { recursive: true, force: true });
  const core = join(STAGE, "core");
  await bundleScripts(core);
  await emitTypings(join(core, "typings"));
  cpSync(join(ROOT, "src/scaffolds"), join(core, "scaffolds"), { recursive: true });
  stageKatas(core);
  await stagePython(join(STAGE, "python"));
  if (!args.includes("--all")) {
    await compile(hostTarget(), join(DIST, "kata"));
    return;
  }
  const sums: string[] = [];
  for (const target of TARGETS) {
    const out = join(
      DIST,
      `kata-${target.os}-${target.arch}${target.os === "windows" ? ".exe" : ""}`,
    );
    await compile(target, out);
    sums.push(`${createHash("sha256").update(readFileSync(out)).digest("hex")}  ${basename(out)}`);
  }
  writeFileSync(join(DIST, "SHA256SUMS"), `${sums.join("\n")}\n`);
}

function hostTarget(): Target {
  const os =
    process.platform === "win32" ? "windows" : process.platform === "darwin" ? "darwin" : "linux";
  return { os, arch: process.arch === "arm64" ? "arm64" : "x64" };
}

/** The katas, and what their manifests say: read once here, and not at each start. */
function stageKatas(dir: string): void {
  const katas = join(ROOT, "katas");
  const found = discover(katas, { bundled: true });
  const problems = [...found.problems, ...checkGraph(found.katas)];
  if (problems.length > 0) {
    throw new Error(
      problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join("\n"),
    );
  }
  cpSync(katas, join(dir, "katas"), { recursive: true });
  writeFileSync(join(dir, "katas.json"), packKatas(found.katas, katas));
}

/** Python for workers, and its library, compiled: a program that imports it has only to run it. */
async function stagePython(dir: string): Promise<void> {
  await bundleScript(PYTHON, "src/worker/python/main.ts", dir, true);
  // The library's sources, which are there compiled.
  for (const name of readdirSync(dir)) if (name.endsWith(".py")) rmSync(join(dir, name));
  for (const [file, path] of librarySources()) {
    const packed = packProgram(compileLibrary(file, readFileSync(path, "utf8")));
    const target = join(dir, "library", `${file}.packed`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, packed);
  }
}

async function bundleScripts(dir: string): Promise<void> {
  for (const [name, entry] of Object.entries(SCRIPTS)) {
    await bundleScript(name, entry, dir, name === "worker.js");
  }
}

/** Bytecode saves the worker 4 ms of its start, and Python 20; it goes with CommonJS alone. */
async function bundleScript(
  name: string,
  entry: string,
  dir: string,
  bytecode: boolean,
): Promise<void> {
  await spawn([
    process.execPath,
    "build",
    "--target=bun",
    "--minify-whitespace",
    "--minify-syntax",
    ...(bytecode ? ["--format=cjs", "--bytecode"] : ["--format=esm"]),
    "--external=bun:test",
    join(ROOT, entry),
    "--outdir",
    dir,
    `--entry-naming=${name}`,
  ]);
}

/** What an editor reads in the place of node_modules: declarations, and schemas of what authors write. */
async function emitTypings(dir: string): Promise<void> {
  cpSync(join(ROOT, "src/typings"), dir, { recursive: true });
  for (const name of ["manifest.json", "config.json"]) {
    cpSync(join(ROOT, "src/help/schemas", name), join(dir, "schemas", name));
  }
  const config = join(STAGE, "typings.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, "tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        emitDeclarationOnly: true,
        rootDir: join(ROOT, "src"),
        outDir: dir,
        types: ["@types/bun", "@webgpu/types"].map((name) => join(ROOT, "node_modules", name)),
      },
      include: [],
      files: [
        "worker/kata.ts",
        "testing/index.ts",
        "deconvolution/index.ts",
        "plugins/reporter.ts",
      ].map((name) => join(ROOT, "src", name)),
    }),
  );
  await spawn([join(ROOT, "node_modules/.bin/tsc"), "--project", config]);
}

async function compile(target: Target, outfile: string): Promise<void> {
  const assets = join(STAGE, `${target.os}-${target.arch}`, "assets");
  rmSync(assets, { recursive: true, force: true });
  cpSync(join(STAGE, "core"), join(assets, "core"), { recursive: true });
  cpSync(join(STAGE, "python"), join(assets, "python"), { recursive: true });
  await stageLauncher(target, join(assets, "core", "launcher"));
  stageNative(target, join(assets, "native"));
  writeFileSync(join(assets, "index.json"), JSON.stringify(indexOf(assets)));
  await spawn([
    process.execPath,
    "build",
    "--compile",
    `--target=bun-${target.os}-${target.arch}`,
    "--bytecode",
    "--format=esm",
    "--minify",
    "--keep-names",
    "--splitting",
    "--sourcemap",
    "--no-compile-autoload-bunfig",
    "--no-compile-autoload-dotenv",
    "--compile-autoload-package-json",
    `--asset=${assets}`,
    join(ROOT, "src/cli.ts"),
    "--outfile",
    outfile,
  ]);
  for (const name of readdirSync(DIST)) {
    if (name.endsWith(".map")) rmSync(join(DIST, name));
  }
  console.error(
    `built ${relative(ROOT, outfile)} (${(statSync(outfile).size / 2 ** 20).toFixed(0)} MiB)`,
  );
}

/**
 * The program that builds walls around a process, by this machine's C compiler:
 * for the processor that it compiles for, and for no other.
 */
async function stageLauncher(target: Target, outfile: string): Promise<void> {
  if (target.os !== "linux") return;
  const name = `linux-${target.arch}`;
  const compiler = process.env["CC"] ?? Bun.which("cc") ?? Bun.which("gcc") ?? Bun.which("clang");
  if (compiler === null || process.platform !== "linux" || process.arch !== target.arch) {
    const why = compiler === null ? "there is no C compiler here" : "it takes such a machine";
    console.error(`warning: kata for ${name} cannot confine what it runs: ${why}`);
    return;
  }
  await spawn([
    compiler,
    ...C_FLAGS.split(" "),
    join(ROOT, "src/sandbox/launcher.c"),
    "-o",
    outfile,
  ]);
}

/** The WebGPU library and the software Vulkan driver, packed; unpacked at first use. */
function stageNative(target: Target, dir: string): void {
  const platform = target.os === "windows" ? "win32" : target.os;
  const arch = target.os === "darwin" ? "universal" : target.arch;
  const dawn = join(ROOT, "node_modules/webgpu/dist", `${platform}-${arch}`);
  mkdirSync(dir, { recursive: true });
  for (const name of readdirSync(dawn)) {
    if (/\.(node|dll)$/.test(name)) pack(readFileSync(join(dawn, name)), join(dir, name));
  }
  if (target.os !== "linux" || target.arch !== "x64") return;
  const chromium = join(ROOT, "node_modules/@sparticuz/chromium/bin/swiftshader.tar.br");
  const driver = untar(brotliDecompressSync(readFileSync(chromium)), "libvk_swiftshader.so");
  // Dawn looks for this name beside itself before it asks the system.
  pack(driver, join(dir, "software", "libvulkan.so.1"));
}

function pack(bytes: Uint8Array, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.zst`, Bun.zstdCompressSync(bytes, { level: 12 }));
}

/** One member of a tar archive. */
function untar(archive: Uint8Array, wanted: string): Uint8Array {
  const text = new TextDecoder();
  const field = (at: number, length: number): string =>
    text.decode(archive.subarray(at, at + length)).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= archive.length;) {
    const name = field(at, 100);
    const size = Number.parseInt(field(at + 124, 12) || "0", 8);
    if (basename(name) === wanted) return archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`Cannot find ${wanted} in the archive of the software driver`);
}

/**
 * Names each staged file, with a cheap hash that tells whether its extraction was
 * changed; the digest names the cache that they are extracted to.
 */
function indexOf(dir: string): {
  digest: string;
  files: { path: string; size: number; hash: string }[];
} {
  const hash = createHash("sha256");
  const files: { path: string; size: number; hash: string }[] = [];
  const paths = [...new Bun.Glob("**/*").scanSync({ cwd: dir, dot: true })].sort();
  for (const path of paths) {
    const bytes = readFileSync(join(dir, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
    files.push({
      path: path.replaceAll("\\", "/"),
      size: bytes.length,
      hash: Bun.hash(bytes).toString(36),
    });
  }
  return { digest: hash.digest("hex").slice(0, 16), files };
}

async function spawn(command: string[]): Promise<void> {
  const child = Bun.spawn(command, { cwd: ROOT, stdout: "pipe", stderr: "pipe", stdin: "ignore" });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (code !== 0) {
    throw new Error(`${basename(command[0] ?? "")} failed with ${code}\n${out}${err}`);
  }
}

await main(process.argv.slice(2));
