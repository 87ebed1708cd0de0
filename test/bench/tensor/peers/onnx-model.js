/**
 * The few messages of ONNX's protocol buffers that a graph of float32 nodes
 * needs (field numbers: onnx.proto of ONNX 1.12), since a model must be a file.
 */

const TENSOR_FLOAT = 1;
const IR_VERSION = 8;
const OPSET = 17;

function varint(value) {
  const out = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...out, rest];
    out.push((rest % 128) + 128);
  }
}

const number = (field, value) => [...varint(field * 8), ...varint(value)];
const bytes = (field, content) => [...varint(field * 8 + 2), ...varint(content.length), ...content];
const text = (field, value) => bytes(field, [...new TextEncoder().encode(value)]);

const INTS = 7;
const INT = 2;

function attribute([name, value]) {
  const list = Array.isArray(value);
  const content = list ? value.flatMap((one) => number(8, one)) : number(3, value);
  return [...text(1, name), ...content, ...number(20, list ? INTS : INT)];
}

function node([operator, inputs, output, attributes = {}]) {
  return [
    ...inputs.flatMap((name) => text(1, name)),
    ...text(2, output),
    ...text(4, operator),
    ...Object.entries(attributes).flatMap((one) => bytes(5, attribute(one))),
  ];
}

function scalar([name, value]) {
  const raw = [...new Uint8Array(Float32Array.of(value).buffer)];
  return [...number(2, TENSOR_FLOAT), ...text(8, name), ...bytes(9, raw)];
}

function valueInfo(name, shape) {
  const dims = shape.flatMap((size) => bytes(1, number(1, size)));
  const type = bytes(1, [...number(1, TENSOR_FLOAT), ...bytes(2, dims)]);
  return [...text(1, name), ...bytes(2, type)];
}

/** The bytes of a model; `nodes` are [operator, inputs, output, attributes], the last one's output is the result. */
export function model({ inputs, scalars = {}, nodes, shape }) {
  const graph = [
    ...nodes.flatMap((one) => bytes(1, node(one))),
    ...text(2, "problem"),
    ...Object.entries(scalars).flatMap((one) => bytes(5, scalar(one))),
    ...Object.entries(inputs).flatMap(([name, own]) => bytes(11, valueInfo(name, own))),
    ...bytes(12, valueInfo(nodes.at(-1)[2], shape)),
  ];
  return Uint8Array.from([
    ...number(1, IR_VERSION),
    ...bytes(7, graph),
    ...bytes(8, number(2, OPSET)),
  ]);
}
