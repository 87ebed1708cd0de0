/**
 * A real browser for tests of pages: the Chromium that a package of the lock
 * file carries for Linux x64, else one that is installed.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { chromium, type Browser } from "playwright-core";

const PACKED = join(import.meta.dir, "../../node_modules/@sparticuz/chromium/bin");
const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** How a browser is started. */
export interface Found {
  path: string;
  env: Record<string, string>;
}

/** The browser of this machine, or why there is none. */
export function findBrowser(): Found | { missing: string } {
  const { PATH = "", HOME = tmpdir() } = process.env;
  const env = { PATH, HOME, LANG: "C.UTF-8" };
  if (process.platform === "linux" && process.arch === "x64") {
    const folder = unpack();
    return {
      path: join(folder, "chromium"),
      env: { ...env, LD_LIBRARY_PATH: join(folder, "lib") },
    };
  }
  const path = INSTALLED.find((candidate) => existsSync(candidate));
  if (path !== undefined) return { path, env };
  return { missing: `no browser is packed for ${process.platform}-${process.arch}` };
}

/** Starts the browser with nothing but the page to talk to. */
export async function openBrowser({ path, env }: Found): Promise<Browser> {
  return await chromium.launch({
    executablePath: path,
    env,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Unpacked once a machine, under a name that changes with the package's size. */
function unpack(): string {
  const size = Bun.file(join(PACKED, "chromium.br")).size;
  const folder = join(tmpdir(), `kata-test-browser-${process.getuid?.() ?? 0}-${size}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const read = (name: string): Uint8Array => brotliDecompressSync(readFileSync(join(PACKED, name)));
  writeFileSync(join(fresh, "chromium"), read("chromium.br"), { mode: 0o755 });
  untar(read("al2023.tar.br"), fresh);
  try {
    renameSync(fresh, folder);
  } catch {
    // Another process was first.
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** The files of a tar archive: headers of 512 bytes, the name first, the size in octal at 124. */
function untar(archive: Uint8Array, to: string): void {
  const text = (from: number, length: number): string =>
    new TextDecoder().decode(archive.subarray(from, from + length)).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= archive.length;) {
    const size = Number.parseInt(text(at + 124, 12).trim() || "0", 8);
    const name = text(at, 100);
    if (name !== "" && !name.endsWith("/")) {
      mkdirSync(dirname(join(to, name)), { recursive: true });
      writeFileSync(join(to, name), archive.subarray(at + 512, at + 512 + size));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
