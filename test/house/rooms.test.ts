/** The rooms of the house import one another only along these arrows. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const ROOT = join(import.meta.dir, "../..");

/** What each room may import: other rooms, and packages. `node:` and Bun are free. */
const ROOMS: Record<string, { rooms: string[]; packages?: string[] }> = {
  "src/errors.ts": { rooms: [] },
  "src/events": { rooms: [] },
  "src/tensor": { rooms: [], packages: ["@webgpu/types", "webgpu"] },
  "src/python": { rooms: [] },
  "src/syntax": { rooms: [], packages: ["@babel/parser", "@babel/types"] },
  "src/catalog": {
    rooms: ["src/events", "src/python", "src/syntax"],
    packages: ["smol-toml", "@babel/types"],
  },
  "src/testing": { rooms: ["src/tensor"] },
  "src/deconvolution": { rooms: ["src/tensor"] },
  "src/pymodules": { rooms: ["src/python", "src/tensor", "src/testing", "src/deconvolution"] },
  "src/worker": {
    rooms: [
      "src/events",
      "src/tensor",
      "src/testing",
      "src/deconvolution",
      "src/python",
      "src/pymodules",
    ],
    packages: ["bun:test"],
  },
  "src/assets.ts": { rooms: ["package.json"] },
  "src/sandbox": { rooms: ["src/assets.ts"] },
  "src/runner": { rooms: ["src/events", "src/catalog", "src/sandbox", "src/assets.ts"] },
  "src/plugins": { rooms: ["src/events", "src/sandbox", "src/assets.ts", "src/syntax"] },
  "src/guest": { rooms: ["src/plugins"] },
  "src/extensions": { rooms: ["src/events", "src/sandbox"] },
  reporters: { rooms: [], packages: ["kata/plugin"] },
  "src/session": {
    rooms: [
      "src/runner",
      "src/sandbox",
      "src/plugins",
      "src/extensions",
      "src/events",
      "src/catalog",
      "src/syntax",
      "src/assets.ts",
      "reporters",
    ],
  },
  "src/commands": {
    rooms: [
      "src/session",
      "src/catalog",
      "src/sandbox",
      "src/plugins",
      "src/extensions",
      "src/deconvolution",
      "src/python",
      "src/pymodules",
      "src/ui",
      "src/assets.ts",
      "src/events",
      "src/help",
    ],
  },
  "src/cli": {
    rooms: ["src/commands", "src/plugins", "src/ui", "package.json"],
    packages: ["citty"],
  },
  "src/cli.ts": { rooms: ["src/cli"] },
  "src/ui": { rooms: [], packages: ["consola/core"] },
  "src/help": { rooms: [] },
  "src/scaffolds": { rooms: [], packages: ["kata", "kata/testing", "bun:test"] },
  "src/typings": { rooms: [] },
  "src/build.ts": { rooms: ["src/catalog", "src/python", "src/pymodules"] },
  katas: { rooms: [], packages: ["kata", "kata/testing", "kata/deconvolution", "bun:test"] },
};

const files = ["src/**/*.ts", "reporters/**/*.ts", "katas/**/*.ts"].flatMap((glob) => [
  ...new Bun.Glob(glob).scanSync({ cwd: ROOT }),
]);

function roomOf(path: string): string | undefined {
  if (path in ROOMS) return path;
  return Object.keys(ROOMS)
    .filter((room) => path.startsWith(`${room}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** Every module that a file names, for values or for types. */
function importsOf(path: string): string[] {
  const source = readFileSync(join(ROOT, path), "utf8").replaceAll(/\/\*.*?\*\//gs, "");
  const statements =
    /^\s*(?:import|export)\b[^;"'`]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm;
  return [...source.matchAll(statements)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

test("every source file lies in a room", () => {
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  expect(files.length).toBeGreaterThan(80);
});

describe("imports keep to the arrows", () => {
  for (const [room, allowed] of Object.entries(ROOMS)) {
    test(room, () => {
      const own = files.filter((file) => roomOf(file) === room);
      expect(own.length).toBeGreaterThan(0);
      const wrong: string[] = [];
      for (const file of own) {
        for (const name of importsOf(file)) {
          if (name.startsWith("node:") || name === "bun") continue;
          if (!name.startsWith(".")) {
            if (!(allowed.packages ?? []).includes(name)) wrong.push(`${file} imports ${name}`);
            continue;
          }
          const target = normalize(join(dirname(file), name));
          const targetRoom = roomOf(target) ?? target;
          const free = targetRoom === room || targetRoom === "src/errors.ts";
          if (!free && !allowed.rooms.includes(targetRoom)) wrong.push(`${file} imports ${target}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  }
});
