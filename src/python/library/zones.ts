/** `_zones`: what the engine knows of time zones, for `zoneinfo`. Names are those of today; offsets are of any time. */
import { spend } from "../budget.ts";
import { PyList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { PyFloat } from "../objects/float.ts";
import { PyTuple } from "../objects/tuple.ts";
import { signed } from "../objects/signature.ts";
import { functions } from "./native.ts";
import { ZONE_NAMES } from "./zones-table.ts";

/** Steps that asking the engine once is worth. */
const COST = 100;

let zones: Map<string, string> | undefined;
const formats = new Map<string, Intl.DateTimeFormat>();

function known(): Map<string, string> {
  zones ??= new Map(
    Object.entries(ZONE_NAMES).flatMap(([names, keys]) =>
      keys.split(" ").map((key) => [key, names]),
    ),
  );
  return zones;
}

/** Seconds east of UTC at a time in seconds since 1970. */
function offsetAt(key: string, seconds: number): number {
  spend(COST);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: key, timeZoneName: "longOffset" });
    formats.set(key, format);
  }
  const text = format.format(new Date(seconds * 1000));
  const match = /GMT(?:([-+])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (match?.[1] === undefined) return 0;
  const size = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === "-" ? -size : size;
}

export function fillZones(module: PyModule): void {
  functions(module, {
    keys: () => new PyList([...known().keys()]),
    /** What a zone is called: one name, in winter and in summer, or () for numbers; None for no zone. */
    titles: (key: Value) => {
      const names = known().get(String(key));
      return names === undefined ? None : new PyTuple(names === "" ? [] : names.split(" "));
    },
    offset: signed("key, seconds", (key: Value, seconds: Value) =>
      offsetAt(String(key), seconds instanceof PyFloat ? seconds.v : Number(seconds)),
    ),
  });
}
