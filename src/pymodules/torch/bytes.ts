/** Tensors as bytes and back, as pickles and `torch.save` have them. */
import { fault } from "../../python/fault.ts";
import { PyBytes } from "../../python/objects/bytes.ts";
import { runtime } from "../../python/objects/state.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import type { Value } from "../../python/objects/object.ts";
import { getAttribute } from "../../python/operations/attributes.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { fromValues } from "../../tensor/creation.ts";
import { bytesOf, hostView } from "../../tensor/dtype.ts";
import { dtypeArgument } from "./dtype.ts";
import { room } from "./failure.ts";
import { PyParameter, type PyTensor, requiresGrad, sizeOf, wrap } from "./tensor.ts";

/** What a pickle makes a tensor of again. */
export function reduced(x: PyTensor): PyTuple {
  room(x.t.numel, 2 * bytesOf(x.t.dtype));
  const values = x.t.detach().toTypedArray() as unknown as ArrayBufferView;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  const kind = x instanceof PyParameter ? "Parameter" : "Tensor";
  return new PyTuple([
    getAttribute(runtime().load("torch._files"), "_rebuild"),
    new PyTuple([
      kind,
      x.t.dtype,
      new PyTuple([...sizeOf(x.t.shape).items]),
      new PyBytes(bytes),
      requiresGrad(x),
    ]),
  ]);
}

/** A tensor of one dim of the elements that bytes hold. */
export function fromBytes(data: Value, type: Value): PyTensor {
  if (!(data instanceof PyBytes)) {
    fault("TypeError", `a bytes-like object is required, not '${typeName(data)}'`);
  }
  const dtype = dtypeArgument("frombuffer", type)!;
  const size = bytesOf(dtype);
  const bytes = data.data;
  if (bytes.length % size !== 0) {
    fault(
      "ValueError",
      `buffer size (${bytes.length}) must be a multiple of element size (${size})`,
    );
  }
  room(bytes.length / size, size);
  const own = bytes.slice();
  const values = hostView(dtype, own.buffer, own.byteOffset, bytes.length / size);
  return wrap(fromValues(dtype, values, [bytes.length / size]));
}
