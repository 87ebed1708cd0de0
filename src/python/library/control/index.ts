/** Modules about the course of a program: tracebacks, contexts, tasks, warnings. */
import type { PyModule } from "../../objects/module.ts";
import { written } from "../written.ts";
import contextlib from "./contextlib.py" with { type: "text" };
import contextvars from "./contextvars.py" with { type: "text" };
import gc from "./gc.py" with { type: "text" };
import linecache from "./linecache.py" with { type: "text" };
import { fillNativeTraceback } from "./native-traceback.ts";
import traceback from "./traceback.py" with { type: "text" };

export const CONTROL: Readonly<Record<string, (module: PyModule) => void>> = {
  _traceback: fillNativeTraceback,
  contextlib: written("contextlib.py", contextlib),
  contextvars: written("contextvars.py", contextvars),
  gc: written("gc.py", gc),
  linecache: written("linecache.py", linecache),
  traceback: written("traceback.py", traceback),
};
