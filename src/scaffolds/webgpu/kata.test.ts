import { test } from "bun:test";
import { arange, kernel, type Tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { source } from "./template.ts";

/** Runs the kernel over `x`, whose length is a multiple of 64. The output starts at 777. */
function scaleAndShift(x: Tensor, factor: number, offset: number): Tensor {
  const [y] = kernel(source).run({
    inputs: [x],
    outputs: [{ shape: x.shape, fill: 777 }],
    uniforms: [{ f32: factor }, { f32: offset }],
    workgroups: [x.numel / 64],
  });
  return y!;
}

test("every element of a workgroup is multiplied by the factor and moved by the offset", () => {
  const expected = Array.from({ length: 64 }, (_, i) => 3 * i + 5);
  assertClose(scaleAndShift(arange(64), 3, 5), expected, { name: "y" });
});

test("every workgroup writes its own elements", () => {
  const y = scaleAndShift(arange(192), -0.5, 7);
  assertShape(y, [192], "y");
  assertClose(
    y,
    Array.from({ length: 192 }, (_, i) => 7 - i / 2),
    { name: "y" },
  );
});

test("a factor of zero leaves the offset alone", () => {
  assertClose(
    scaleAndShift(arange(64), 0, -2),
    Array.from({ length: 64 }, () => -2),
    { name: "y" },
  );
});
