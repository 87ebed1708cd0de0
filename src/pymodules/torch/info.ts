/** `torch.finfo` and `torch.iinfo`. */
import { fault } from "../../python/fault.ts";
import { computed, maker, methods } from "../../python/objects/define.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { signed } from "../../python/objects/signature.ts";
import type { PyType } from "../../python/objects/type.ts";
import { canonical } from "../../python/text/integers.ts";
import { type DType, finfo, iinfo, isFloat } from "../../tensor/dtype.ts";
import { dtypeArgument } from "./dtype.ts";

class PyInfo extends PyObject {
  readonly dtype: DType;
  constructor(dtype: DType) {
    super();
    this.dtype = dtype;
  }
}
export const finfoType: PyType = builtinType("finfo", class extends PyInfo {}, { module: "torch" });
export const iinfoType: PyType = builtinType("iinfo", class extends PyInfo {}, { module: "torch" });

for (const type of [finfoType, iinfoType]) {
  maker(
    type,
    signed("cls, type=None", (cls: PyType, given?: Value) => {
      const dtype = dtypeArgument(type.name, given) ?? "float32";
      if (type === finfoType && !isFloat(dtype)) {
        fault(
          "TypeError",
          `torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'`,
        );
      }
      if (type === iinfoType && (isFloat(dtype) || dtype === "bool")) {
        fault(
          "TypeError",
          `torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'`,
        );
      }
      return new (cls.js as unknown as new (dtype: DType) => PyInfo)(dtype);
    }),
  );
}

const float = (read: (info: ReturnType<typeof finfo>) => number) => (self: PyInfo) =>
  new PyFloat(read(finfo(self.dtype)));
computed(finfoType, {
  bits: (self: PyInfo) => finfo(self.dtype).bits,
  eps: float((info) => info.eps),
  max: float((info) => info.max),
  min: float((info) => info.min),
  tiny: float((info) => info.smallestNormal),
  smallest_normal: float((info) => info.smallestNormal),
  resolution: float((info) => ({ 16: 1e-3, 32: 1e-6, 64: 1e-15 })[info.bits] ?? 0),
  dtype: (self: PyInfo) => self.dtype,
});
const whole = (value: number | bigint): Value =>
  typeof value === "bigint" ? canonical(value) : value;
computed(iinfoType, {
  bits: (self: PyInfo) => iinfo(self.dtype).bits,
  max: (self: PyInfo) => whole(iinfo(self.dtype).max),
  min: (self: PyInfo) => whole(iinfo(self.dtype).min),
  dtype: (self: PyInfo) => self.dtype,
});
/** As C's `%g` writes it. */
function short(value: number): string {
  const [digits = "", power = "0"] = value.toExponential(5).split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(Number(value.toPrecision(6)));
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${Number(digits)}e${exponent < 0 ? "-" : "+"}${size}`;
}
methods(finfoType, {
  __repr__: (self: PyInfo) => {
    const info = finfo(self.dtype);
    const resolution = { 16: 1e-3, 32: 1e-6, 64: 1e-15 }[info.bits] ?? 0;
    return `finfo(resolution=${short(resolution)}, min=${short(info.min)}, max=${short(info.max)}, eps=${short(info.eps)}, smallest_normal=${short(info.smallestNormal)}, tiny=${short(info.smallestNormal)}, dtype=${self.dtype})`;
  },
});
methods(iinfoType, {
  __repr__: (self: PyInfo) => {
    const { min, max } = iinfo(self.dtype);
    const [low, high] = [min, max].map((one) => short(Number(one)));
    return `iinfo(min=${low}, max=${high}, dtype=${self.dtype})`;
  },
});
