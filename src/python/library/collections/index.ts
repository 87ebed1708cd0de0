/** `collections`: https://docs.python.org/3/library/collections.html */
import { PyBuiltin } from "../../objects/function.ts";
import type { PyModule } from "../../objects/module.ts";
import { PyList } from "../../objects/list.ts";
import { values } from "../native.ts";
import { late } from "../late.ts";
import { written } from "../written.ts";
import abcSource from "./abc.py" with { type: "file" };
import { counterType, countElements } from "./counter.ts";
import { dequeType } from "./deque.ts";
import { dictTypes } from "./dicts.ts";
import { namedtuple } from "./named.ts";
import wrappersSource from "./wrappers.py" with { type: "file" };

/** What comes out of the part that is written in Python, which waits until it is asked for. */
const WRAPPERS = ["ChainMap", "UserDict", "UserList", "UserString"];

export function fillCollections(module: PyModule): void {
  const { ordered, default: defaults } = dictTypes();
  values(module, {
    Counter: counterType(),
    OrderedDict: ordered,
    defaultdict: defaults,
    deque: dequeType(),
    namedtuple: new PyBuiltin("namedtuple", namedtuple, module),
    _count_elements: new PyBuiltin("_count_elements", countElements, module),
    __all__: new PyList([
      "Counter",
      "OrderedDict",
      "defaultdict",
      "deque",
      "namedtuple",
      ...WRAPPERS,
    ]),
  });
  late(module, "_collections_wrappers", WRAPPERS, ["abc"]);
}

export const fillAbstractCollections: (module: PyModule) => void = written(
  "collections/abc.py",
  abcSource,
);
export const fillWrappers: (module: PyModule) => void = written(
  "collections/wrappers.py",
  wrappersSource,
);
