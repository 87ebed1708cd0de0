/** How an effect fails: as data, which the program sees as an exception. */

/** Names of the system's errors. */
export type Errno =
  | "EPERM"
  | "ENOENT"
  | "EIO"
  | "EBADF"
  | "EACCES"
  | "EBUSY"
  | "EEXIST"
  | "EXDEV"
  | "ENOTDIR"
  | "EISDIR"
  | "EINVAL"
  | "EMFILE"
  | "EFBIG"
  | "ENOSPC"
  | "EROFS"
  | "ENAMETOOLONG"
  | "ENOTEMPTY"
  | "ELOOP"
  | "EILSEQ"
  | "ESTALE";

/** The errors of the system that the host knows: Linux's number, and its words as CPython prints them. */
export const ERRNO: Readonly<Record<Errno, readonly [number: number, message: string]>> = {
  EPERM: [1, "Operation not permitted"],
  ENOENT: [2, "No such file or directory"],
  EIO: [5, "Input/output error"],
  EBADF: [9, "Bad file descriptor"],
  EACCES: [13, "Permission denied"],
  EBUSY: [16, "Device or resource busy"],
  EEXIST: [17, "File exists"],
  EXDEV: [18, "Invalid cross-device link"],
  ENOTDIR: [20, "Not a directory"],
  EISDIR: [21, "Is a directory"],
  EINVAL: [22, "Invalid argument"],
  EMFILE: [24, "Too many open files"],
  EFBIG: [27, "File too large"],
  ENOSPC: [28, "No space left on device"],
  EROFS: [30, "Read-only file system"],
  ENAMETOOLONG: [36, "File name too long"],
  ENOTEMPTY: [39, "Directory not empty"],
  ELOOP: [40, "Too many levels of symbolic links"],
  EILSEQ: [84, "Invalid or incomplete multibyte or wide character"],
  ESTALE: [116, "Stale file handle"],
};

/** A failure as it stands in a log. */
export interface Failure {
  /** Name of the Python exception; `OSError` with an `errno` means the subclass that fits it. */
  readonly kind: string;
  readonly message: string;
  readonly errno?: Errno;
  /** What the exception's `filename` and `filename2` say. */
  readonly path?: string;
  readonly path2?: string;
  /** The callback whose exception went through the host's function: its number among those of this effect. */
  readonly callback?: string;
}

/** Thrown by effects. The one error that becomes a Python exception; any other ends the run. */
export class HostFailure extends Error {
  override readonly name = "HostFailure";
  readonly failure: Failure;
  /** The program's own exception, where a callback raised it. */
  readonly raised: CallbackError | undefined;

  constructor(failure: Failure, raised?: CallbackError) {
    super(failure.message);
    this.failure = failure;
    this.raised = raised;
  }
}

/**
 * A program's exception as a host's function sees it that called back. When the function lets it through,
 * the program gets its exception back.
 */
export class CallbackError extends Error {
  override readonly name = "CallbackError";
  /** The name of the exception's class. */
  readonly kind: string;
  /** The exception, which only the program understands. */
  readonly exception: unknown;

  constructor(kind: string, message: string, exception: unknown) {
    super(message);
    this.kind = kind;
    this.exception = exception;
  }
}

/** Fails as a system call does. */
export function failAs(errno: Errno, path?: string, path2?: string): never {
  throw new HostFailure({
    kind: "OSError",
    message: ERRNO[errno][1],
    errno,
    ...(path === undefined ? {} : { path }),
    ...(path2 === undefined ? {} : { path2 }),
  });
}

/** Fails with the Python exception of that name. */
export function failWith(kind: string, message: string): never {
  throw new HostFailure({ kind, message });
}

/** Whether `error` comes from the system, with one of its codes. */
export function errnoOf(error: unknown): Errno | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  if (typeof code !== "string") return undefined;
  return Object.hasOwn(ERRNO, code) ? (code as Errno) : "syscall" in error ? "EIO" : undefined;
}
