/** Tracebacks and frames: what a program can ask of them. */
import { fault } from "../fault.ts";
import { PyCode } from "../objects/code.ts";
import { computed, maker, members, methods } from "../objects/define.ts";
import { PyDict } from "../objects/dict.ts";
import { None, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { frameType, PyFrame, PyTraceback, tracebackType } from "../objects/traceback.ts";
import type { PyType } from "../objects/type.ts";
import { dictOf } from "../operations/attributes.ts";
import { typeName } from "../operations/typeof.ts";
import { addressOf } from "./object.ts";

members(frameType, {
  f_lineno: (self: PyFrame) => self.line,
  f_back: (self: PyFrame) => self.back ?? None,
});

computed(frameType, {
  f_code: (self: PyFrame) => new PyCode(self.code),
  f_globals: (self: PyFrame) => globalsOf(self),
  f_builtins: (_self: PyFrame) => dictOf(runtime().builtins),
  // The variables of a function are gone, or no one's to see.
  f_locals: (self: PyFrame) => (self.code.name === "<module>" ? globalsOf(self) : new PyDict()),
  f_lasti: (_self: PyFrame) => 0,
  f_trace: (_self: PyFrame) => None,
});

function globalsOf({ globals }: PyFrame): Value {
  if (globals === undefined || runtime().seal?.conceals(globals) === true) return new PyDict();
  return dictOf(globals)!;
}

methods(frameType, {
  clear: (_self: PyFrame) => None,
  __repr__: (self: PyFrame) =>
    `<frame at ${addressOf(self)}, file '${self.code.filename}', line ${self.line}, code ${self.code.name}>`,
});

computed(tracebackType, {
  tb_frame: (self: PyTraceback) => self.frame,
  tb_lasti: (_self: PyTraceback) => 0,
  tb_lineno: (self: PyTraceback) => self.line,
  tb_next: [
    (self: PyTraceback) => self.next ?? None,
    (self: PyTraceback, value) => {
      self.next = nextOf(value);
      for (let at = self.next; at !== undefined; at = at.next) {
        if (at === self) fault("ValueError", "traceback loop detected");
      }
    },
  ],
});

function nextOf(value: Value | undefined): PyTraceback | undefined {
  if (value === undefined) fault("TypeError", "can't delete tb_next attribute");
  if (value === None) return undefined;
  if (value instanceof PyTraceback) return value;
  fault("TypeError", `expected traceback object or None, got '${typeName(value)}'`);
}

methods(tracebackType, {
  __dir__: (_self: PyTraceback) => new PyList(["tb_frame", "tb_next", "tb_lasti", "tb_lineno"]),
});

maker(
  tracebackType,
  signed(
    "cls, tb_next, tb_frame, tb_lasti, tb_lineno",
    (_cls: PyType, next: Value, frame: Value, _lasti: Value, line: Value) => {
      if (!(frame instanceof PyFrame)) {
        fault(
          "TypeError",
          `TracebackType() argument 'tb_frame' must be frame, not ${typeName(frame)}`,
        );
      }
      return new PyTraceback(frame, Number(line), undefined, nextOf(next));
    },
  ),
);
