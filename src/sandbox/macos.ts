/**
 * The walls on macOS: a profile for `sandbox-exec`, deny by default.
 *
 * Written after Apple's own profiles (`/System/Library/Sandbox/Profiles`) and
 * not tested on a machine yet; kata says so wherever it names this layer.
 */
import type { Permissions } from "./permissions.ts";
import type { OwnFiles } from "./walls.ts";

/** Libraries, and what the engine asks of the machine. */
const SYSTEM = [
  "/usr/lib",
  "/usr/share",
  "/System/Library",
  "/System/Volumes/Preboot/Cryptexes",
  "/private/var/db/dyld",
  "/private/var/db/timezone",
  "/dev/urandom",
  "/dev/random",
  "/dev/null",
];

/** The profile's text: Scheme, one rule a line; of two that fit the later one counts. */
export function seatbeltProfile(
  program: string,
  own: OwnFiles,
  { read, write, net, run }: Permissions,
): string {
  const files = (paths: readonly string[]): string =>
    paths.map((path) => `(subpath ${quoted(path)})`).join(" ");
  const rule = (what: string, grant: "all" | readonly string[]): string[] => {
    if (grant === "all") return [`(allow ${what})`];
    return grant.length === 0 ? [] : [`(allow ${what} ${files(grant)})`];
  };
  return [
    "(version 1)",
    "(deny default)",
    "(allow process-codesigning-status* (target self))",
    "(allow process-info* (target self))",
    "(allow signal (target self))",
    "(allow sysctl-read)",
    "(allow file-read-metadata)",
    `(allow process-exec* (literal ${quoted(program)}))`,
    ...rule("file-read*", [program, ...SYSTEM, ...own.read, ...own.list]),
    '(allow file-write-data (literal "/dev/null"))',
    ...(own.gpu
      ? ["(allow iokit-open)", '(allow mach-lookup (global-name-prefix "com.apple."))']
      : []),
    ...rule("file-read*", read),
    ...rule("file-read* file-write*", write),
    ...(net ? ["(allow network*)", "(allow system-socket)"] : []),
    ...(run ? ["(allow process-fork)", "(allow process-exec*)"] : []),
  ].join("\n");
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&")}"`;
}
