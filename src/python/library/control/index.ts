/** Modules about the course of a program: tracebacks, contexts, tasks, warnings. */
import type { PyModule } from "../../objects/module.ts";
import { written } from "../written.ts";
import asyncio from "./asyncio/__init__.py" with { type: "file" };
import asyncioExceptions from "./asyncio/exceptions.py" with { type: "file" };
import asyncioEvents from "./asyncio/events.py" with { type: "file" };
import asyncioFutures from "./asyncio/futures.py" with { type: "file" };
import asyncioTasks from "./asyncio/tasks.py" with { type: "file" };
import asyncioTimeouts from "./asyncio/timeouts.py" with { type: "file" };
import asyncioLocks from "./asyncio/locks.py" with { type: "file" };
import asyncioQueues from "./asyncio/queues.py" with { type: "file" };
import asyncioRunners from "./asyncio/runners.py" with { type: "file" };
import asyncioTaskgroups from "./asyncio/taskgroups.py" with { type: "file" };
import contextlib from "./contextlib.py" with { type: "file" };
import contextvars from "./contextvars.py" with { type: "file" };
import linecache from "./linecache.py" with { type: "file" };
import { fillNativeAsyncio } from "./native-asyncio.ts";
import { fillNativeTraceback } from "./native-traceback.ts";
import threading from "./threading.py" with { type: "file" };
import warnings from "./warnings.py" with { type: "file" };
import logging from "./logging.py" with { type: "file" };
import traceback from "./traceback.py" with { type: "file" };

export const CONTROL: Readonly<Record<string, (module: PyModule) => void>> = {
  _asyncio: fillNativeAsyncio,
  asyncio: written("asyncio/__init__.py", asyncio),
  "asyncio.exceptions": written("asyncio/exceptions.py", asyncioExceptions),
  "asyncio.events": written("asyncio/events.py", asyncioEvents),
  "asyncio.futures": written("asyncio/futures.py", asyncioFutures),
  "asyncio.tasks": written("asyncio/tasks.py", asyncioTasks),
  "asyncio.timeouts": written("asyncio/timeouts.py", asyncioTimeouts),
  "asyncio.locks": written("asyncio/locks.py", asyncioLocks),
  "asyncio.queues": written("asyncio/queues.py", asyncioQueues),
  "asyncio.runners": written("asyncio/runners.py", asyncioRunners),
  "asyncio.taskgroups": written("asyncio/taskgroups.py", asyncioTaskgroups),
  _traceback: fillNativeTraceback,
  contextlib: written("contextlib.py", contextlib),
  contextvars: written("contextvars.py", contextvars),
  linecache: written("linecache.py", linecache),
  threading: written("threading.py", threading),
  warnings: written("warnings.py", warnings),
  logging: written("logging.py", logging),
  traceback: written("traceback.py", traceback),
};
