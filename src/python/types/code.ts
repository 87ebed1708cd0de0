/** Code objects and cells. */
import { fault } from "../fault.ts";
import { cellType, codeType, PyCell, PyCode } from "../objects/code.ts";
import { computed, maker, members, methods } from "../objects/define.ts";
import { NotImplemented, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import { isEq, lt } from "../operations/compare.ts";
import { typeName } from "../operations/typeof.ts";
import { addressOf } from "./object.ts";

const OPTIMIZED = 0x3;
const VARARGS = 0x4;
const VARKEYWORDS = 0x8;
const NESTED = 0x10;
const FLAGS = { function: 0, generator: 0x20, coroutine: 0x80, "async generator": 0x200 } as const;

/** `co_varnames`: parameters as written, `*args` before `**kwargs`, then the other locals. */
function variables({ code }: PyCode): string[] {
  return [...code.parameters, ...code.locals];
}

/** What stands in the name of code within a function's or a comprehension's. */
const NESTING = /<locals>|<(?:listcomp|setcomp|dictcomp|genexpr)>\./;

members(codeType, {
  co_name: ({ code }: PyCode) => code.name,
  co_qualname: ({ code }: PyCode) => code.qualname,
  co_filename: ({ code }: PyCode) => code.filename,
  co_firstlineno: ({ code }: PyCode) => code.line,
  co_argcount: ({ code }: PyCode) => code.positional,
  co_posonlyargcount: ({ code }: PyCode) => code.positionalOnly,
  co_kwonlyargcount: ({ code }: PyCode) => code.keywordOnly,
  co_flags: ({ code }: PyCode) =>
    OPTIMIZED |
    (code.args ? VARARGS : 0) |
    (code.kwargs ? VARKEYWORDS : 0) |
    (NESTING.test(code.qualname) ? NESTED : 0) |
    FLAGS[code.kind],
});

computed(codeType, {
  co_varnames: (self: PyCode) => new PyTuple(variables(self)),
  co_nlocals: (self: PyCode) => variables(self).length,
  co_freevars: ({ code }: PyCode) => new PyTuple([...code.free]),
  co_cellvars: (_self: PyCode) => new PyTuple([]),
  co_consts: ({ code }: PyCode) => new PyTuple(code.doc === undefined ? [] : [code.doc]),
  co_names: (_self: PyCode) => new PyTuple([]),
});

methods(codeType, {
  __repr__: (self: PyCode) =>
    `<code object ${self.code.name} at ${addressOf(self)}, file "${self.code.filename}", line ${self.code.line}>`,
  __eq__: (self: PyCode, other: Value) =>
    other instanceof PyCode ? self.code === other.code : NotImplemented,
  __hash__: ({ code }: PyCode) => code.line * 31 + code.name.length,
});

maker(
  cellType,
  signed("cls, contents=None, /", (_cls: Value, contents?: Value) => {
    let held = contents;
    return new PyCell(
      () => held,
      (value) => {
        held = value;
      },
    );
  }),
);

computed(cellType, {
  cell_contents: [
    (self: PyCell) => self.get() ?? fault("ValueError", "Cell is empty"),
    (self: PyCell, value) => self.set(value),
  ],
});

methods(cellType, {
  __repr__: (self: PyCell) => {
    const value = self.get();
    if (value === undefined) return `<cell at ${addressOf(self)}: empty>`;
    return `<cell at ${addressOf(self)}: ${typeName(value)} object at ${addressOf(value)}>`;
  },
  __eq__: (self: PyCell, other: Value) => {
    if (!(other instanceof PyCell)) return NotImplemented;
    const a = self.get();
    const b = other.get();
    return a === undefined || b === undefined ? a === b : isEq(a, b);
  },
  __lt__: (self: PyCell, other: Value) => {
    if (!(other instanceof PyCell)) return NotImplemented;
    const a = self.get();
    const b = other.get();
    return a === undefined || b === undefined ? a === undefined && b !== undefined : lt(a, b);
  },
});
