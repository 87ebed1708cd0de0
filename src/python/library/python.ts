/** Small modules that are written in Python throughout. */
import type { PyModule } from "../objects/module.ts";
import graphlib from "./graphlib.py" with { type: "text" };
import queue from "./queue.py" with { type: "text" };
import reprlib from "./reprlib.py" with { type: "text" };
import { fromSource } from "./source.ts";

export const fillGraphlib: (module: PyModule) => void = fromSource("graphlib.py", graphlib);
export const fillQueue: (module: PyModule) => void = fromSource("queue.py", queue);
export const fillReprlib: (module: PyModule) => void = fromSource("reprlib.py", reprlib);
