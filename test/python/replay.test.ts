/** Runs that are cut off anywhere, and go on from their logs. */
import { describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KataError } from "../../src/errors.ts";
import {
  type InjectedModule,
  resume,
  run,
  type RunOptions,
  snapshot,
} from "../../src/python/index.ts";

/** Everything that differs from run to run: clock, chance, input, files, a host with a state of its own. */
const PROGRAM = `
import host, os, io
log = []
def note(*parts):
    log.append(parts)
    print(*parts)

def numbers():
    n = 0
    while True:
        n = host.next(n)
        yield n

stream = numbers()
file = open("notes.txt", "w+")
os.mkdir("out")
text = io.StringIO()
for step in range(ROUNDS):
    number = next(stream)
    note("step", step, number, host.clock())
    file.write(f"{step}:{number}\\n")
    if step % 3 == 0:
        file.flush()
        with open(f"out/{step}.txt", "w") as one:
            one.write("é" * number)
    if step % 4 == 1:
        note("each", host.each([1, 2, step], lambda x: host.next(x) + number))
    if step % 5 == 2:
        try:
            host.fails(step)
        except ValueError as error:
            note("error", error)
    text.write(str(number))
    note(input("? ") if step % 7 == 3 else os.urandom(2).hex())
file.seek(0)
note(file.read())
note(sorted(os.listdir("out")), [os.stat("out/" + name).st_size for name in sorted(os.listdir("out"))])
note(text.getvalue(), len(log))
`;

/** A host whose answers depend on how often it was asked; each question counts. */
function host(): { modules: Record<string, InjectedModule>; asked: () => number } {
  let asked = 0;
  const modules = {
    host: {
      next: (n: number) => n + 1 + (asked++ % 3),
      clock: () => 1000 + asked++ + 0.25,
      each: (list: number[], call: (x: number) => number) => list.map((one) => call(one)),
      fails: (step: number) => {
        asked++;
        throw Object.assign(new Error(`no ${step}`), {});
      },
    },
  };
  return { modules, asked: () => asked };
}

function options(): RunOptions & { asked: () => number } {
  const { modules, asked } = host();
  return {
    modules,
    asked,
    files: [{ at: "/", memory: {} }],
    stdin: "first\nsecond\nthird\nfourth\nfifth\nsixth\n",
    random: 7,
    clock: { time: () => 5, monotonic: () => 5, sleep: () => {} },
    maxTimeMs: 20_000,
  };
}

const source = (rounds: number): string =>
  PROGRAM.replace("ROUNDS", String(rounds)).replaceAll("except ValueError", "except RuntimeError");

/** Ends of the log's lines, where a process may have been killed. */
function cuts(log: string): number[] {
  const found: number[] = [];
  for (let at = 0; (at = log.indexOf("\n", at) + 1) > 0;) found.push(at);
  return found;
}

/** How many replays; many when asked for. */
const REPLAYS = Number(process.env["REPLAYS"] ?? 60);

describe("replay", () => {
  const program = source(24);
  const whole = run(program, options());

  test("of a whole log gives the same, and asks nobody", () => {
    expect(whole.ok ? undefined : whole.error.text).toBeUndefined();
    const again = options();
    const result = run(program, { ...again, replay: whole.log });
    expect(result.output).toBe(whole.output);
    expect(result.log).toBe(whole.log);
    expect(again.asked()).toBe(0);
    expect(result.used.steps).toBe(whole.used.steps);
    const bare = run(program, { replay: whole.log, random: false, clock: false });
    expect(bare.output).toBe(whole.output);
  });

  test("of a log that was cut off anywhere gives the same output, byte for byte", () => {
    // A host with a state of its own answers otherwise in the second half: one with none is asked here.
    const pure = (): RunOptions => {
      const { asked: _, ...rest } = options();
      return {
        ...rest,
        modules: {
          host: {
            next: (n: number) => n + 2,
            clock: () => 0.25,
            each: (list: number[], call: (x: number) => number) => list.map((one) => call(one)),
            fails: (step: number) => {
              throw new Error(`no ${step}`);
            },
          },
        },
      };
    };
    const first = run(program, pure());
    expect(first.ok).toBe(true);
    const places = cuts(first.log);
    let state = 12345;
    for (let i = 0; i < REPLAYS; i++) {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      const place = places[state % places.length]!;
      // Half of them are cut inside of a line.
      const end = i % 2 === 0 ? place : Math.max(31, place - (state % 40));
      const result = run(program, { ...pure(), replay: first.log.slice(0, end) });
      expect(result.output).toBe(first.output);
      expect(result.used.steps).toBe(first.used.steps);
    }
  });

  test("of another program's log is refused", () => {
    expect(() => run(`import host\nhost.clock()`, { ...options(), replay: whole.log })).toThrow(
      KataError,
    );
  });
});

describe("resume()", () => {
  test("is charged no time for what had been done", () => {
    const busy = "import host\nn = 0\nwhile n < 300000: n += 1\nprint(host.ask())\n";
    const modules = { host: { ask: () => new Promise<never>(() => {}) } };
    const first = run(busy, { modules, maxTimeMs: 60_000 });
    expect(first).toMatchObject({ ok: false, error: { kind: "suspended" } });
    const stored = snapshot(busy, { maxSteps: 310_000 }, first);
    const second = resume(stored, {}, { ok: "answer" });
    expect(second).toMatchObject({ ok: true, output: "answer\n" });
    expect(second.used.steps).toBeGreaterThan(300_000);
    // All of the time had been used: what was done already does not count again.
    const short = resume(stored, { maxTimeMs: first.used.timeMs + 1000 }, { ok: "answer" });
    expect(short.ok).toBe(true);
  });

  test("goes on in another process, where the first was killed", async () => {
    const directory = mkdtempSync(join(tmpdir(), "kata-replay-"));
    try {
      const effects = join(directory, "effects.txt");
      const log = join(directory, "log.ndjson");
      writeFileSync(effects, "");
      const script = (die: number): string => `
        import { appendFileSync, existsSync, readFileSync } from "node:fs";
        import { run } from ${JSON.stringify(join(import.meta.dir, "../../src/python/index.ts"))};
        const result = run(${JSON.stringify(
          "import host\ng = (host.step(i) for i in range(6))\nfor x in g: print(x)\nprint('end')",
        )}, {
          modules: { host: { step: (n) => {
            if (n === ${die}) process.kill(process.pid, "SIGKILL");
            appendFileSync(${JSON.stringify(effects)}, n + "\\n");
            return n * n;
          } } },
          replay: existsSync(${JSON.stringify(log)}) ? readFileSync(${JSON.stringify(log)}, "utf8") : "",
          record: (line) => appendFileSync(${JSON.stringify(log)}, line),
        });
        process.stdout.write(result.output);`;
      const execute = async (die: number): Promise<{ output: string; code: number }> => {
        const child = Bun.spawn([process.execPath, "-e", script(die)], {
          stdout: "pipe",
          stderr: "inherit",
        });
        const output = await new Response(child.stdout).text();
        return { output, code: await child.exited };
      };
      expect((await execute(3)).code).not.toBe(0);
      expect(existsSync(log)).toBe(true);
      expect(await execute(-1)).toEqual({ output: "0\n1\n4\n9\n16\n25\nend\n", code: 0 });
      expect(readFileSync(effects, "utf8")).toBe("0\n1\n2\n3\n4\n5\n");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
