/** The built executable on a system that lacks one of the walls. */
import { launcherFile } from "../../src/assets.ts";
import { type Ended, EXECUTABLE, plainEnvironment } from "../e2e/kata.ts";

/** System calls of x64 that walls are made with. */
export const LANDLOCK = 444;
export const PRCTL = 157;

/** Runs kata where the kernel answers `call` with "no such call", as an old one does. */
export async function without(
  call: number,
  args: string[],
  cwd: string,
): Promise<Omit<Ended, "ms">> {
  const filter = [
    [0x20, 0, 0, 0],
    [0x15, 0, 1, call],
    [0x06, 0, 0, 0x0005_0000 | 38],
    [0x06, 0, 0, 0x7fff_0000],
  ];
  const text = [0, ...filter.flat()].map((number) => number.toString(16)).join(" ");
  const launcher = launcherFile() ?? "";
  const child = Bun.spawn(
    [launcher, `x${EXECUTABLE}`, "n", "s1000000000", `f${text}`, "--", EXECUTABLE, ...args],
    {
      cwd,
      env: plainEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 20_000,
      killSignal: "SIGKILL",
    },
  );
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, code };
}
