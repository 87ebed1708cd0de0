/** Failures of the host as exceptions of the program. */
import { ERRNO, type Failure } from "../host/failure.ts";
import { exceptionType, exceptionTypes, raising } from "../objects/exception.ts";
import { None, type Value } from "../objects/object.ts";
import { call } from "./call.ts";

/** The exception that a failure stands for, made as the program would make it. */
export function hostException(failure: Failure): unknown {
  const { kind, message, errno, path, path2 } = failure;
  if (errno === undefined) {
    const type = exceptionTypes().get(kind) ?? exceptionType("RuntimeError");
    return raising(call(type, [message]) as never);
  }
  const args: Value[] = [ERRNO[errno][0], message];
  if (path !== undefined) args.push(path);
  if (path2 !== undefined) args.push(None, path2);
  return raising(call(exceptionType(SUBCLASSES[errno] ?? "OSError"), args) as never);
}

/** Which class of OSError a number of the system means (PEP 3151). */
const SUBCLASSES: Readonly<Partial<Record<keyof typeof ERRNO, string>>> = {
  EACCES: "PermissionError",
  EEXIST: "FileExistsError",
  EISDIR: "IsADirectoryError",
  ENOENT: "FileNotFoundError",
  ENOTDIR: "NotADirectoryError",
  EPERM: "PermissionError",
};
