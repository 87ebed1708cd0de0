/** Modules about the course of a program: tracebacks, contexts, tasks, warnings. */
import type { PyModule } from "../../objects/module.ts";
import { written } from "../written.ts";
import linecache from "./linecache.py" with { type: "text" };
import { fillNativeTraceback } from "./native-traceback.ts";
import traceback from "./traceback.py" with { type: "text" };

export const CONTROL: Readonly<Record<string, (module: PyModule) => void>> = {
  _traceback: fillNativeTraceback,
  linecache: written("linecache.py", linecache),
  traceback: written("traceback.py", traceback),
};
