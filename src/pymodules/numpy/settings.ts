/** How arrays are printed and what NumPy says of floating-point trouble, as far as programs may set it. */
import { fault } from "../../python/fault.ts";
import { PyDict } from "../../python/objects/dict.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { intOf, given } from "./failure.ts";
import { elementText, positional, scientific } from "./digits.ts";
import { FLOAT64 } from "./dtype.ts";
import { arrayRepr, arrayText, arrayToString } from "./print.ts";
import { asArray, numberOf } from "./read.ts";
import type { Table } from "./register.ts";
import { numpyState, type PrintOptions } from "./state.ts";
import { truth } from "../../python/operations/truth.ts";

const NAMES =
  "precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None";

function changed(from: PrintOptions, values: readonly (Value | undefined)[]): PrintOptions {
  const [
    precision,
    threshold,
    edgeitems,
    linewidth,
    suppress,
    nanstr,
    infstr,
    formatter,
    sign,
    floatmode,
  ] = values.map(given);
  const next = { ...from } as { -readonly [K in keyof PrintOptions]: PrintOptions[K] };
  if (precision !== undefined) next.precision = intOf(precision);
  if (threshold !== undefined) {
    const number = numberOf(threshold);
    if (number === undefined) fault("TypeError", "threshold must be numeric");
    if (Number.isNaN(Number(number.value)))
      fault(
        "ValueError",
        "threshold must be non-NAN, try sys.maxsize for untruncated representation",
      );
    next.threshold = Number(number.value);
  }
  if (edgeitems !== undefined) next.edgeitems = intOf(edgeitems);
  if (linewidth !== undefined) next.linewidth = Number(numberOf(linewidth)?.value ?? 75);
  if (suppress !== undefined) next.suppress = truth(suppress);
  if (nanstr !== undefined) next.nanstr = String(nanstr);
  if (infstr !== undefined) next.infstr = String(infstr);
  if (sign !== undefined) {
    if (sign !== "-" && sign !== "+" && sign !== " ")
      fault("ValueError", "sign option must be one of ' ', '+', or '-'");
    next.sign = sign;
  }
  if (floatmode !== undefined) {
    const modes = ["fixed", "unique", "maxprec", "maxprec_equal"];
    if (!modes.includes(String(floatmode)))
      fault(
        "ValueError",
        `floatmode option must be one of ${modes.map((one) => `"${one}"`).join(", ")}`,
      );
    next.floatmode = String(floatmode);
  }
  next.formatter = formatter;
  return next;
}

function optionsDict(): PyDict {
  const { print } = numpyState();
  const dict = new PyDict();
  for (const name of [
    "edgeitems",
    "threshold",
    "floatmode",
    "precision",
    "suppress",
    "linewidth",
    "nanstr",
    "infstr",
    "sign",
  ] as const) {
    dict.set(name, print[name]);
  }
  dict.set("formatter", print.formatter ?? None);
  dict.set("legacy", false);
  return dict;
}

/** A number with its point or its exponent, as `format_float_positional` and its kind write it. */
function floatText(
  x: Value,
  precision: Value | undefined,
  unique: boolean,
  trim: string,
  exponents: boolean,
  digits: number,
  sign: boolean,
): string {
  const number = numberOf(x);
  if (number === undefined) fault("TypeError", "format_float_positional: x must be a number");
  const dtype = number.dtype.kind === "f" ? number.dtype : FLOAT64;
  const value = Number(number.value);
  if (!Number.isFinite(value)) return elementText(value, dtype);
  const mark = value < 0 || Object.is(value, -0) ? "-" : sign ? "+" : "";
  const places = given(precision) === undefined ? undefined : intOf(precision!);
  const finish = (whole: string, rest: string): string => {
    const bare =
      trim === "k" && places !== undefined && !unique
        ? rest.padEnd(places, "0")
        : trim === "k"
          ? rest
          : rest.replace(/0+$/, "");
    if (bare !== "") return `${whole}.${bare}`;
    return trim === "0" ? `${whole}.0` : trim === "-" ? whole : `${whole}.`;
  };
  if (exponents) {
    const { lead, rest, exponent } = scientific(Math.abs(value), dtype, places ?? 400);
    return `${mark}${finish(lead, rest)}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(Math.max(digits, 2), "0")}`;
  }
  const [whole, rest] = positional(Math.abs(value), dtype, places ?? 400, unique);
  return mark + finish(whole, rest);
}

const KINDS = ["divide", "over", "under", "invalid"] as const;
const ACTIONS = ["ignore", "warn", "raise", "call", "print", "log"];

export const SETTINGS: Table = {
  set_printoptions: [
    NAMES,
    (...values: (Value | undefined)[]) => {
      const state = numpyState();
      state.print = changed(state.print, values);
      return None;
    },
  ],
  get_printoptions: ["", () => optionsDict()],
  array2string: [
    "a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', style=None, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='', *, legacy=None",
    (
      a: Value,
      width?: Value,
      precision?: Value,
      suppress?: Value,
      separator?: Value,
      prefix?: Value,
      _style?: Value,
      formatter?: Value,
      threshold?: Value,
      edgeitems?: Value,
      sign?: Value,
      floatmode?: Value,
      suffix?: Value,
    ) => {
      const x = asArray(a);
      const options = changed(numpyState().print, [
        precision,
        threshold,
        edgeitems,
        width,
        suppress,
        undefined,
        undefined,
        formatter ?? numpyState().print.formatter,
        sign,
        floatmode,
      ]);
      return arrayToString(
        x,
        separator === undefined ? " " : String(separator),
        String(prefix ?? "").length,
        String(suffix ?? "").length,
        options,
      );
    },
  ],
  array_repr: [
    "arr, max_line_width=None, precision=None, suppress_small=None",
    (arr: Value) => arrayRepr(asArray(arr)),
  ],
  array_str: [
    "a, max_line_width=None, precision=None, suppress_small=None",
    (a: Value, width?: Value, precision?: Value, suppress?: Value) => {
      const x = asArray(a);
      if (x.ndim === 0) return arrayText(x);
      return arrayToString(
        x,
        " ",
        0,
        0,
        changed(numpyState().print, [
          precision,
          undefined,
          undefined,
          width,
          suppress,
          undefined,
          undefined,
          numpyState().print.formatter,
        ]),
      );
    },
  ],
  format_float_positional: [
    "x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None, pad_right=None, min_digits=None",
    (
      x: Value,
      precision?: Value,
      unique?: Value,
      _fractional?: Value,
      trim?: Value,
      sign?: Value,
      left?: Value,
      right?: Value,
    ) => {
      const text = floatText(
        x,
        precision,
        unique !== false,
        String(trim ?? "k"),
        false,
        0,
        sign === true,
      );
      const [whole = "", rest] = text.split(".");
      const padded = given(left) === undefined ? whole : whole.padStart(intOf(left!));
      return rest === undefined
        ? padded
        : `${padded}.${given(right) === undefined ? rest : rest.padEnd(intOf(right!))}`;
    },
  ],
  format_float_scientific: [
    "x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None, min_digits=None",
    (
      x: Value,
      precision?: Value,
      unique?: Value,
      trim?: Value,
      sign?: Value,
      _left?: Value,
      digits?: Value,
    ) =>
      floatText(
        x,
        precision,
        unique !== false,
        String(trim ?? "k"),
        true,
        given(digits) === undefined ? 2 : intOf(digits!),
        sign === true,
      ),
  ],
  geterr: [
    "",
    () => {
      const dict = new PyDict();
      for (const name of KINDS) dict.set(name, numpyState().errors[name]!);
      return dict;
    },
  ],
  seterr: [
    "all=None, divide=None, over=None, under=None, invalid=None",
    (all?: Value, ...own: (Value | undefined)[]) => {
      const state = numpyState();
      const before = new PyDict();
      for (const name of KINDS) before.set(name, state.errors[name]!);
      KINDS.forEach((name, i) => {
        const action = given(own[i]) ?? given(all);
        if (action === undefined) return;
        if (!ACTIONS.includes(String(action)))
          fault("ValueError", `invalid error mode '${String(action)}'`);
        if (action !== "ignore" && action !== "warn") {
          fault(
            "NotImplementedError",
            `numpy.seterr(${name}='${String(action)}') is not here, as results are not watched; nearest: numpy.isfinite(result).all()`,
          );
        }
        state.errors[name] = String(action);
      });
      return before;
    },
  ],
};
