/** Tracebacks and frames, as a program sees them. */
import type { Place } from "../syntax/tree.ts";
import type { Code } from "./function.ts";
import type { PyModule } from "./module.ts";
import { PyObject } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** A call that was going on; what its variables were is not known. */
export class PyFrame extends PyObject {
  readonly code: Code;
  readonly line: number;
  readonly globals: PyModule | undefined;
  /** The program's text, where tracebacks show its lines. */
  readonly source: string | undefined;
  /** Names of variables that it may have. */
  readonly names: readonly string[];
  back: PyFrame | undefined = undefined;

  constructor(
    code: Code,
    line: number,
    globals: PyModule | undefined,
    source: string | undefined,
    names: readonly string[],
  ) {
    super();
    this.source = source;
    this.names = names;
    this.code = code;
    this.line = line;
    this.globals = globals;
  }
}

/** One entry of a traceback: a frame, and the entries further in. */
export class PyTraceback extends PyObject {
  readonly frame: PyFrame;
  /** The whole expression or statement, where it is known. */
  readonly place: Place | undefined;
  line: number;
  next: PyTraceback | undefined;

  constructor(
    frame: PyFrame,
    line: number,
    place: Place | undefined,
    next: PyTraceback | undefined,
  ) {
    super();
    this.frame = frame;
    this.line = line;
    this.place = place;
    this.next = next;
  }
}

export const frameType: PyType = builtinType("frame", PyFrame, { final: true });
export const tracebackType: PyType = builtinType("traceback", PyTraceback, { final: true });
