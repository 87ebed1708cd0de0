/** `datetime.tzinfo` and `datetime.timezone`. */
import { fault } from "../../fault.ts";
import { durationRepr, offsetText } from "../../numeric/date-text.ts";
import { constants, maker, methods } from "../../objects/define.ts";
import { None, NotImplemented, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { findAttribute, getAttribute } from "../../operations/attributes.ts";
import { add, sub } from "../../operations/binary.ts";
import { call0, call1 } from "../../operations/call.ts";
import { hash } from "../../operations/hash.ts";
import { derived } from "../../operations/numbers.ts";
import { repr, textOf } from "../../operations/repr.ts";
import { typeName } from "../../operations/typeof.ts";
import { PyDatetime, PyTimedelta, PyTimezone, PyTzinfo } from "./objects.ts";
import { named } from "./timedelta.ts";

const DAY = 86_400_000_000;

function abstract(name: string): (self: Value, dt: Value) => never {
  return (_self, _dt) => fault("NotImplementedError", `a tzinfo subclass must implement ${name}()`);
}

/** `tzinfo.fromutc`: local time by the zone's own offsets (https://docs.python.org/3/library/datetime.html#datetime.tzinfo.fromutc). */
function fromUtc(self: Value, moment: Value): Value {
  if (!(moment instanceof PyDatetime)) {
    fault("TypeError", "fromutc: argument must be a datetime");
  }
  if (moment.zone !== self) fault("ValueError", "fromutc: dt.tzinfo is not self");
  const ask = (name: string, of: Value, message: string): PyTimedelta => {
    const found = call1(getAttribute(self, name), of);
    return found instanceof PyTimedelta ? found : fault("ValueError", message);
  };
  const offset = ask("utcoffset", moment, "fromutc: non-None utcoffset() result required");
  const daylight = ask("dst", moment, "fromutc: non-None dst() result required");
  const standard = sub(offset, daylight);
  const shifted = add(moment, standard);
  const later = ask("dst", shifted, "fromutc: tz.dst() gave inconsistent results; cannot convert");
  return add(shifted, later);
}

export function makeTzinfo(): PyType {
  const type = builtinType("tzinfo", PyTzinfo, { module: "datetime" });
  maker(
    type,
    signed("cls, *args, **kwargs", (cls: PyType, _args: Value[], _kwargs: unknown) => derived(cls)),
  );
  methods(type, {
    utcoffset: abstract("utcoffset"),
    dst: abstract("dst"),
    tzname: abstract("tzname"),
    fromutc: fromUtc,
    __reduce__: (self: PyTzinfo) => {
      const arguments_ = findAttribute(self, "__getinitargs__");
      const given = arguments_ === undefined ? new PyTuple([]) : call0(arguments_);
      return new PyTuple([self.type, given, call0(getAttribute(self, "__getstate__"))]);
    },
  });
  return type;
}

function checkMoment(moment: Value, name: string): void {
  if (moment !== None && !(moment instanceof PyDatetime)) {
    fault(
      "TypeError",
      `${name}(dt) argument must be a datetime instance or None, not ${typeName(moment)}`,
    );
  }
}

function titled({ offset, title }: PyTimezone): string {
  if (title !== undefined) return title;
  return offset.duration === 0 ? "UTC" : `UTC${offsetText(Number(offset.duration), ":")}`;
}

/** Makes `timezone`; its constants are instances that `utc` gives too. */
export function makeTimezone(base: PyType): { type: PyType; utc: PyTimezone } {
  const type = builtinType("timezone", PyTimezone, { base, module: "datetime", final: true });
  const utc = new PyTimezone(new PyTimedelta(0));
  maker(
    type,
    signed("cls, offset, name=None", (_cls: PyType, offset: Value, name?: Value) => {
      if (!(offset instanceof PyTimedelta)) {
        fault(
          "TypeError",
          `timezone() argument 1 must be datetime.timedelta, not ${typeName(offset)}`,
        );
      }
      const title = name === undefined ? undefined : textOf(name);
      if (name !== undefined && title === undefined) {
        fault("TypeError", `timezone() argument 2 must be str, not ${typeName(name)}`);
      }
      const size = Number(offset.duration);
      if (size <= -DAY || size >= DAY) {
        fault(
          "ValueError",
          `offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${durationRepr(offset.duration)}.`,
        );
      }
      if (title === undefined && size === 0) return utc;
      return new PyTimezone(offset, title === undefined ? undefined : String(title));
    }),
  );
  methods(type, {
    utcoffset: (self: PyTimezone, moment: Value) => {
      checkMoment(moment, "utcoffset");
      return self.offset;
    },
    dst: (_self: PyTimezone, moment: Value) => {
      checkMoment(moment, "dst");
      return None;
    },
    tzname: (self: PyTimezone, moment: Value) => {
      checkMoment(moment, "tzname");
      return titled(self);
    },
    fromutc: (self: PyTimezone, moment: Value) => {
      if (!(moment instanceof PyDatetime)) {
        fault("TypeError", "fromutc: argument must be a datetime instance");
      }
      if (moment.zone !== self) fault("ValueError", "fromutc: dt.tzinfo is not self");
      return add(moment, self.offset);
    },
    __eq__: (self: PyTimezone, other: Value) =>
      other instanceof PyTimezone ? self.offset.duration === other.offset.duration : NotImplemented,
    __hash__: (self: PyTimezone) => hash(self.offset),
    __str__: titled,
    __repr__: (self: PyTimezone) => {
      if (self === utc) return "datetime.timezone.utc";
      const title = self.title === undefined ? "" : `, ${String(repr(self.title))}`;
      return `${named(self.type)}(${durationRepr(self.offset.duration)}${title})`;
    },
    __getinitargs__: (self: PyTimezone) =>
      new PyTuple(self.title === undefined ? [self.offset] : [self.offset, self.title]),
  });
  const limit = DAY - 60_000_000;
  constants(type, {
    utc,
    min: new PyTimezone(new PyTimedelta(-limit)),
    max: new PyTimezone(new PyTimedelta(limit)),
  });
  return { type, utc };
}
