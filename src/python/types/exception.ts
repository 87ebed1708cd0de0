/** The methods of exceptions: what all of them have, and the fields that some of them keep. */
import { fault } from "../fault.ts";
import { computed, maker, methods } from "../objects/define.ts";
import { PyDict, storeAttribute } from "../objects/dict.ts";
import {
  dropField,
  exceptionType,
  fieldOf,
  makeException,
  PyException,
  setField,
} from "../objects/exception.ts";
import { type Keywords, None, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import { ownAttribute, type PyType } from "../objects/type.ts";
import { dictOf, setAttribute, setAttributeDict } from "../operations/attributes.ts";
import { mappingEntries } from "../operations/displays.ts";
import { toArray } from "../operations/iterate.ts";
import { repr, str, textOf } from "../operations/repr.ts";
import { setTraceback, tracebackOf } from "../operations/traceback.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { concatAll } from "../text/wide.ts";

const base = exceptionType("BaseException");

/**
 * Fields beside `args`. What the runtime itself raises was made without the
 * constructor: there a field is what `otherwise` says.
 */
export function fields(
  type: string,
  names: readonly string[],
  otherwise: (self: PyException, at: number) => Value | undefined = () => undefined,
): void {
  computed(
    exceptionType(type),
    Object.fromEntries(
      names.map((name, at) => [
        name,
        [
          (self: PyException) => fieldOf(self, name) ?? otherwise(self, at) ?? None,
          (self: PyException, value: Value | undefined) => setField(self, name, value ?? None),
        ],
      ]),
    ) as never,
  );
}

/** Refuses keyword arguments. */
export function positionalOnly(self: PyException, keywords: Keywords): void {
  if (keywords.size > 0) fault("TypeError", `${self.type.name}() takes no keyword arguments`);
}

/** `args` alone, as most constructors do it. */
export function setArgs(self: PyException, args: readonly Value[]): void {
  self.args = new PyTuple([...args]);
}

/** Keyword arguments that a constructor keeps as fields; any other is refused. */
function namedFields(self: PyException, keywords: Keywords, names: readonly string[]): void {
  for (const [name, value] of keywords) {
    if (!names.includes(name)) {
      fault("TypeError", `'${name}' is an invalid keyword argument for ${self.type.name}()`);
    }
    setField(self, name, value);
  }
}

maker(
  base,
  signed("cls, /, *args, **kwargs", (cls: PyType, args: Value[], _kwargs: Keywords) =>
    makeException(cls, args),
  ),
);

methods(base, {
  __init__: signed("*args, **kwargs", (self: PyException, args: Value[], kwargs: Keywords) => {
    positionalOnly(self, kwargs);
    setArgs(self, args);
    return None;
  }),
  __str__: (self: PyException) => {
    const { items } = self.args;
    if (items.length === 0) return "";
    return (items.length === 1 ? str(items[0]!) : repr(self.args)) as Value;
  },
  __repr__: (self: PyException) => {
    const { items } = self.args;
    const inner = items.length === 1 ? ["(", repr(items[0]!), ")"] : [repr(self.args)];
    return concatAll([self.type.name, ...inner]) as Value;
  },
  __reduce__: (self: PyException) => {
    const dict = dictOf(self);
    const parts: Value[] = [self.type, self.args];
    if (dict !== undefined && dict.size > 0) parts.push(dict);
    return new PyTuple(parts);
  },
  __setstate__: (self: PyException, state: Value) => {
    if (state === None) return None;
    if (!(state instanceof PyDict)) fault("TypeError", "state is not a dictionary");
    for (const [name, value] of mappingEntries(state)) setAttribute(self, String(name), value);
    return None;
  },
  with_traceback: (self: PyException, traceback: Value) => {
    setTraceback(self, traceback);
    return self;
  },
  add_note: (self: PyException, note: Value) => {
    if (textOf(note) === undefined) {
      fault("TypeError", `note must be a str, not '${typeName(note)}'`);
    }
    const notes = ownAttribute(self, "__notes__");
    if (notes === undefined) storeAttribute(self, "__notes__", new PyList([note]));
    else if (notes instanceof PyList) notes.items.push(note);
    else fault("TypeError", "Cannot add note: __notes__ is not a list");
    return None;
  },
});

/** `__cause__` and `__context__`: an exception or None. */
function chained(value: Value | undefined, what: string): PyException | undefined {
  if (value === undefined) fault("TypeError", `${what} may not be deleted`);
  if (value === None) return undefined;
  if (value instanceof PyException) return value;
  fault(
    "TypeError",
    `exception ${what === "__cause__" ? "cause" : "context"} must be None or derive from BaseException`,
  );
}

computed(base, {
  __dict__: [dictOf, setAttributeDict],
  args: [
    (self: PyException) => self.args,
    (self: PyException, value) => {
      if (value === undefined) fault("TypeError", "args may not be deleted");
      self.args = new PyTuple(toArray(value));
    },
  ],
  __cause__: [
    (self: PyException) => self.cause ?? None,
    (self: PyException, value) => {
      self.cause = chained(value, "__cause__");
      self.suppress = true;
    },
  ],
  __context__: [
    (self: PyException) => self.context ?? None,
    (self: PyException, value) => {
      self.context = chained(value, "__context__");
    },
  ],
  __suppress_context__: [
    (self: PyException) => self.suppress,
    (self: PyException, value) => {
      if (value === undefined) fault("TypeError", "can't delete numeric/char attribute");
      self.suppress = truth(value);
    },
  ],
  __traceback__: [(self: PyException) => tracebackOf(self), setTraceback],
});

/** Classes that keep their first argument, under a name, beside `args`. */
function keepsArgument(type: string, field: string, of: (args: Value[]) => Value): void {
  fields(type, [field], (self) => of(self.args.items));
  methods(exceptionType(type), {
    __init__: signed("*args, **kwargs", (self: PyException, args: Value[], kwargs: Keywords) => {
      positionalOnly(self, kwargs);
      setArgs(self, args);
      setField(self, field, of(args));
      return None;
    }),
  });
}
keepsArgument("StopIteration", "value", (args) => args[0] ?? None);
keepsArgument("SystemExit", "code", (args) =>
  args.length > 1 ? new PyTuple([...args]) : (args[0] ?? None),
);

function keepsNames(
  type: string,
  names: readonly string[],
  also?: (self: PyException) => void,
): void {
  methods(exceptionType(type), {
    __init__: signed("*args, **kwargs", (self: PyException, args: Value[], kwargs: Keywords) => {
      setArgs(self, args);
      for (const name of names) dropField(self, name);
      namedFields(self, kwargs, names);
      also?.(self);
      return None;
    }),
  });
}
fields("NameError", ["name"]);
keepsNames("NameError", ["name"]);
fields("AttributeError", ["name", "obj"]);
keepsNames("AttributeError", ["name", "obj"]);
fields("ImportError", ["msg", "name", "path"], (self, at) =>
  at === 0 ? onlyArgument(self) : undefined,
);
keepsNames("ImportError", ["name", "path"], (self) => {
  setField(self, "msg", onlyArgument(self) ?? None);
});
methods(exceptionType("ImportError"), {
  __reduce__: (self: PyException) => {
    const dict = new PyDict();
    for (const name of ["name", "path"]) {
      const value = fieldOf(self, name);
      if (value !== undefined && value !== None) dict.set(name, value);
    }
    const own = dictOf(self);
    if (own !== undefined) for (const [name, value] of mappingEntries(own)) dict.set(name, value);
    return new PyTuple([self.type, self.args, ...(dict.size > 0 ? [dict] : [])]);
  },
  __str__: (self: PyException) => {
    const message = fieldOf(self, "msg") ?? onlyArgument(self);
    return (
      message !== undefined && textOf(message) !== undefined ? str(message) : plainText(self)
    ) as Value;
  },
});

function onlyArgument({ args: { items } }: PyException): Value | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** What `BaseException.__str__` says. */
export function plainText(self: PyException): ReturnType<typeof str> {
  const { items } = self.args;
  if (items.length === 0) return "";
  return items.length === 1 ? str(items[0]!) : repr(self.args);
}

methods(exceptionType("KeyError"), {
  __str__: (self: PyException) => {
    const { items } = self.args;
    return (items.length === 1 ? repr(items[0]!) : plainText(self)) as Value;
  },
});
