/** `torch.device`: there is the cpu, which is what the run computes on. */
import { fault } from "../../python/fault.ts";
import { computed, maker, methods } from "../../python/objects/define.ts";
import { None, PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { signed } from "../../python/objects/signature.ts";
import type { PyType } from "../../python/objects/type.ts";
import { typeName } from "../../python/operations/typeof.ts";

class PyDevice extends PyObject {}
export const deviceType: PyType = builtinType("device", PyDevice, { module: "torch", final: true });
export const CPU: PyObject = new PyDevice();

const KNOWN =
  /^(?:cpu|cuda|ipu|xpu|mkldnn|opengl|opencl|ideep|hip|ve|ort|mps|xla|lazy|vulkan|meta|hpu|privateuseone)(?::\d+)?$/;

/** A device argument: only the cpu is there. */
export function checkDevice(value: Value | undefined): PyObject {
  if (value === undefined || value === None || value instanceof PyDevice) return CPU;
  if (typeof value !== "string") {
    fault("TypeError", `argument 'device' must be torch.device, not ${typeName(value)}`);
  }
  if (/^cpu(:\d+)?$/.test(value)) return CPU;
  if (value.startsWith("cuda")) fault("AssertionError", "Torch not compiled with CUDA enabled");
  if (!KNOWN.test(value)) {
    fault(
      "RuntimeError",
      `Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, ort, xla, lazy, vulkan, mps, meta, hpu, privateuseone device type at start of device string: ${value.split(":")[0]}`,
    );
  }
  fault("RuntimeError", `torch.device('${value}') is not here; nearest: torch.device('cpu')`);
}

maker(
  deviceType,
  signed("cls, type, index=None", (_cls: Value, type: Value) => checkDevice(type)),
);
methods(deviceType, {
  __repr__: (_self: Value) => "device(type='cpu')",
  __str__: (_self: Value) => "cpu",
  __eq__: (_self: Value, other: Value) => other instanceof PyDevice,
  __hash__: (_self: Value) => 7,
});
computed(deviceType, { type: () => "cpu", index: () => None });
