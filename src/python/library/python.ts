/** Small modules that are written in Python throughout. */
import type { PyModule } from "../objects/module.ts";
import graphlib from "./graphlib.py" with { type: "file" };
import queue from "./queue.py" with { type: "file" };
import reprlib from "./reprlib.py" with { type: "file" };
import { written } from "./written.ts";

export const fillGraphlib: (module: PyModule) => void = written("graphlib.py", graphlib);
export const fillQueue: (module: PyModule) => void = written("queue.py", queue);
export const fillReprlib: (module: PyModule) => void = written("reprlib.py", reprlib);
