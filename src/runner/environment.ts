/** What a child process may know of the environment: no more than it needs to start. */

const KEPT =
  /^(PATH|HOME|TMPDIR|TMP|TEMP|LANG|LC_ALL|TZ|SystemRoot|windir|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|XDG_RUNTIME_DIR|VK_.*|NVIDIA_.*|CUDA_VISIBLE_DEVICES|MESA_.*)$/i;

export function workerEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && KEPT.test(name)) kept[name] = value;
  }
  return {
    ...kept,
    // Started as itself, the executable is the plain `bun`.
    BUN_BE_BUN: "1",
    // A snapshot that is missing fails, and is not written from the solution's own result.
    CI: "1",
    NO_COLOR: "1",
    BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0",
    DO_NOT_TRACK: "1",
  };
}
