/** Where tests find WebGPU on the CPU: a folder with dawn.node and, beside it, a Vulkan driver in software. */

import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const ROOT = join(import.meta.dir, "..", "..");
const HOST_SCRIPT = join(ROOT, "src/tensor/webgpu/host.ts");

export interface Webgpu {
  hostScript: string;
  addon: string;
}

/** The paths that `configureDevice` wants, or why there are none here. */
export function softwareDriver(): Webgpu | { missing: string } {
  const staged = process.env["KATA_NATIVE"];
  if (staged !== undefined) {
    const addon = join(staged, "software", "dawn.node");
    if (existsSync(addon)) return { hostScript: HOST_SCRIPT, addon };
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { missing: `no software driver is packed for ${process.platform}-${process.arch}` };
  }
  return { hostScript: HOST_SCRIPT, addon: join(unpack(), "dawn.node") };
}

/** Unpacked once a machine, under a name that changes with the packages' sizes. */
function unpack(): string {
  const packed = join(ROOT, "node_modules/@sparticuz/chromium/bin/swiftshader.tar.br");
  const dawn = join(ROOT, "node_modules/webgpu/dist/linux-x64/dawn.node");
  const version = Bun.hash.wyhash(`${Bun.file(packed).size}/${Bun.file(dawn).size}`).toString(16);
  const folder = join(tmpdir(), `kata-software-driver-${process.getuid?.() ?? 0}-${version}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const tar = brotliDecompressSync(readFileSync(packed));
  writeFileSync(join(fresh, "libvulkan.so.1"), untar(tar, "libvk_swiftshader.so"));
  try {
    linkSync(dawn, join(fresh, "dawn.node"));
  } catch {
    copyFileSync(dawn, join(fresh, "dawn.node"));
  }
  try {
    renameSync(fresh, folder);
  } catch {
    // Another process was first.
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** One file of a tar archive: headers of 512 bytes, the name first, the size in octal at 124. */
function untar(archive: Uint8Array, wanted: string): Uint8Array {
  const text = (from: number, length: number): string =>
    new TextDecoder().decode(archive.subarray(from, from + length)).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= archive.length;) {
    const size = Number.parseInt(text(at + 124, 12).trim() || "0", 8);
    if (text(at, 100).replace(/^\.\//, "") === wanted) {
      return archive.subarray(at + 512, at + 512 + size);
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`${wanted} is not in the archive`);
}
