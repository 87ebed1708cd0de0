/** The functions that compiled code calls, by the names it calls them. */
import { meter, watcher } from "./budget.ts";
import * as asynchronous from "./operations/asynchronous.ts";
import * as asserts from "./operations/asserts.ts";
import * as attributes from "./operations/attributes.ts";
import * as binary from "./operations/binary.ts";
import * as calls from "./operations/call.ts";
import * as classes from "./operations/classes.ts";
import * as compare from "./operations/compare.ts";
import { display } from "./operations/display.ts";
import * as displays from "./operations/displays.ts";
import * as format from "./operations/format.ts";
import * as frames from "./operations/frames.ts";
import * as groups from "./operations/groups.ts";
import * as handlers from "./operations/handlers.ts";
import * as imports from "./operations/imports.ts";
import * as iterate from "./operations/iterate.ts";
import * as names from "./operations/names.ts";
import * as patterns from "./operations/patterns.ts";
import * as subscript from "./operations/subscript.ts";
import { truth } from "./operations/truth.ts";
import * as unary from "./operations/unary.ts";
import { PyAsyncGenerator, PyCoroutine } from "./objects/coroutine.ts";
import { PyDict } from "./objects/dict.ts";
import { PyFloat } from "./objects/float.ts";
import { PyFunction } from "./objects/function.ts";
import { PyGenerator } from "./objects/generator.ts";
import { PyList } from "./objects/list.ts";
import { Ellipsis, None } from "./objects/object.ts";
import { PySet } from "./objects/set.ts";
import { PySlice } from "./objects/slice.ts";
import { strType } from "./objects/scalars.ts";
import { state } from "./objects/state.ts";
import { PyTuple } from "./objects/tuple.ts";
import * as typing from "./operations/typing.ts";

/** A step, a call in depth or the room of an item too many: somebody has to look. */
const S = (): void => watcher.steps(1);
const E = (): void => watcher.depth();
const Y = (): void => watcher.bytes(8);

export const table: Readonly<Record<string, unknown>> = {
  ...asserts,
  ...asynchronous,
  ...attributes,
  ...binary,
  ...calls,
  ...classes,
  ...compare,
  ...displays,
  ...format,
  ...frames,
  ...groups,
  ...handlers,
  ...imports,
  ...iterate,
  ...names,
  ...patterns,
  ...subscript,
  ...typing,
  ...unary,
  E,
  Ellipsis,
  M: meter,
  None,
  PyAsyncGenerator,
  PyCoroutine,
  PyDict,
  PyFloat,
  PyFunction,
  PyGenerator,
  PyList,
  PySet,
  PySlice,
  PyTuple,
  S,
  /** The attributes of `str`, which strings themselves do not have. */
  T: strType.proto,
  Y,
  display,
  state,
  truth,
};
