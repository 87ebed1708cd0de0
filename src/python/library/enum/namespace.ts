/** The namespace of an enumeration's body: it tells members from all else. */
import { fault } from "../../fault.ts";
import { PyDict } from "../../objects/dict.ts";
import { PyObject, type Value } from "../../objects/object.ts";
import { PyList } from "../../objects/list.ts";
import { builtinType } from "../../objects/root.ts";
import { lookup, type PyType } from "../../objects/type.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { PyFunction, PyStaticMethod } from "../../objects/function.ts";
import { computed, maker, methods } from "../../objects/define.ts";
import { signed } from "../../objects/signature.ts";
import { call } from "../../operations/call.ts";
import { toArray } from "../../operations/iterate.ts";
import { repr } from "../../operations/repr.ts";

/** `auto()`. */
export class PyAuto extends PyObject {
  value: Value | undefined = undefined;
}

/** `member(x)` and `nonmember(x)`. */
class PyMarked extends PyObject {
  readonly value: Value;
  constructor(value: Value) {
    super();
    this.value = value;
  }
}
class PyNonmember extends PyMarked {}

interface Markers {
  auto: PyType;
  member: PyType;
  nonmember: PyType;
}
let markers: Markers | undefined;

/** The classes of these; the same for all runs. */
export function markerTypes(): Markers {
  if (markers !== undefined) return markers;
  const auto = builtinType("auto", PyAuto, { module: "enum" });
  maker(
    auto,
    signed("cls, value=None, /", (cls: PyType, value?: Value) => {
      const one = new (cls.js as unknown as typeof PyAuto)();
      one.value = value;
      return one;
    }),
  );
  computed(auto, {
    value: [
      (self: PyAuto) => self.value,
      (self: PyAuto, value) => {
        self.value = value;
      },
    ],
  });
  methods(auto, {
    __repr__: (self: PyAuto) => `auto(${self.value === undefined ? "" : String(repr(self.value))})`,
  });
  const marked = (name: string, js: typeof PyMarked): PyType => {
    const type = builtinType(name, js, { module: "enum" });
    maker(
      type,
      signed(
        "cls, value, /",
        (cls: PyType, value: Value) => new (cls.js as unknown as typeof PyMarked)(value),
      ),
    );
    computed(type, { value: (self: PyMarked) => self.value });
    return type;
  };
  markers = {
    auto,
    member: marked("member", PyMarked),
    nonmember: marked("nonmember", PyNonmember),
  };
  return markers;
}

export const isDunder = (name: string): boolean =>
  name.length > 4 &&
  name.startsWith("__") &&
  name.endsWith("__") &&
  name[2] !== "_" &&
  name.at(-3) !== "_";

const isSunder = (name: string): boolean =>
  name.length > 2 &&
  name.startsWith("_") &&
  name.endsWith("_") &&
  name[1] !== "_" &&
  name.at(-2) !== "_";

const ALLOWED = new Set([
  "_order_",
  "_generate_next_value_",
  "_numeric_repr_",
  "_missing_",
  "_ignore_",
  "_iter_member_",
  "_iter_member_by_value_",
  "_iter_member_by_def_",
]);

function isDescriptor(value: Value): boolean {
  if (typeof value !== "object") return false;
  return ["__get__", "__set__", "__delete__"].some(
    (name) => lookup(value.type, name) !== undefined,
  );
}

export class EnumNamespace extends PyDict {
  readonly called: string;
  readonly members: string[] = [];
  readonly results: Value[] = [];
  ignored: string[] = [];
  generate: Value | undefined;
  private usedAuto = false;

  constructor(called: string, generate: Value | undefined) {
    super();
    this.called = called;
    this.generate = generate;
  }

  override set(key: Value, value: Value): void {
    if (typeof key !== "string") super.set(key, value);
    else super.set(key === "__order__" ? "_order_" : key, this.sort(key, value));
  }

  /** Notes a member; gives what is to be stored. */
  private sort(key: string, value: Value): Value {
    if (value instanceof PyNonmember) return value.value;
    if (this.isPrivate(key)) return value;
    if (isSunder(key)) {
      if (!ALLOWED.has(key)) {
        fault("ValueError", `_sunder_ names, such as '${key}', are reserved for future Enum use`);
      }
      if (key === "_generate_next_value_") {
        if (this.usedAuto)
          fault("TypeError", "_generate_next_value_ must be defined before members");
        this.generate = value instanceof PyStaticMethod ? value.func : value;
        return value instanceof PyFunction ? new PyStaticMethod(value) : value;
      }
      if (key === "_ignore_") {
        const names =
          typeof value === "string"
            ? value.replaceAll(",", " ").split(/\s+/).filter(Boolean)
            : toArray(value).map(String);
        const taken = names.filter((name) => this.members.includes(name));
        if (taken.length > 0) {
          fault(
            "ValueError",
            `_ignore_ cannot specify already set names: {${taken.map((n) => `'${n}'`).join(", ")}}`,
          );
        }
        this.ignored = names;
      }
      return value;
    }
    if (isDunder(key)) return value;
    if (this.members.includes(key)) {
      fault("TypeError", `'${key}' already defined as ${String(repr(this.get(key)!))}`);
    }
    if (this.ignored.includes(key)) return value;
    if (!(value instanceof PyMarked) && isDescriptor(value)) return value;
    if (this.has(key)) {
      fault("TypeError", `'${key}' already defined as ${String(repr(this.get(key)!))}`);
    }
    const real = this.resolve(key, value instanceof PyMarked ? value.value : value);
    this.members.push(key);
    this.results.push(real);
    return real;
  }

  private isPrivate(key: string): boolean {
    const prefix = `_${this.called}__`;
    return key.startsWith(prefix) && key.length > prefix.length && !key.endsWith("__");
  }

  /** The value of a member, with `auto()` replaced, also where it is one of several. */
  private resolve(key: string, value: Value): Value {
    if (value instanceof PyAuto) return this.next(key, value);
    if (value instanceof PyTuple && value.items.some((one) => one instanceof PyAuto)) {
      const items = value.items.map((one) => (one instanceof PyAuto ? this.next(key, one) : one));
      return value.type.open ? call(value.type, items) : new PyTuple(items);
    }
    return value;
  }

  private next(key: string, auto: PyAuto): Value {
    if (auto.value === undefined) {
      this.usedAuto = true;
      auto.value = call(this.generate!, [
        key,
        1,
        this.members.length,
        new PyList([...this.results]),
      ]);
    }
    return auto.value;
  }
}
