/** `datetime`. */
import { PyList } from "../../objects/list.ts";
import type { PyModule } from "../../objects/module.ts";
import type { Value } from "../../objects/object.ts";
import { makeDate } from "./date.ts";
import { makeDatetime } from "./datetime.ts";
import { makeTime } from "./time.ts";
import { makeTimedelta } from "./timedelta.ts";
import { makeTimezone, makeTzinfo } from "./zones.ts";

let names: Readonly<Record<string, Value>> | undefined;

function makeNames(): Readonly<Record<string, Value>> {
  const timedelta = makeTimedelta();
  const tzinfo = makeTzinfo();
  const { type: timezone, utc } = makeTimezone(tzinfo);
  const date = makeDate();
  const time = makeTime(utc);
  const datetime = makeDatetime(date, utc);
  return { timedelta, tzinfo, timezone, date, time, datetime, UTC: utc, MINYEAR: 1, MAXYEAR: 9999 };
}

export function fillDatetime(module: PyModule): void {
  names ??= makeNames();
  module.set(
    "__all__",
    new PyList("date datetime time timedelta timezone tzinfo MINYEAR MAXYEAR UTC".split(" ")),
  );
  for (const name in names) module.set(name, names[name]!);
}
