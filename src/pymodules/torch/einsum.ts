/** `torch.einsum`. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { toArray } from "../../python/operations/iterate.ts";
import { type Tensor, einsum as layerEinsum } from "../../tensor/index.ts";
import { resultType } from "./dtype.ts";
import { work } from "./failure.ts";
import { PyTensor, tensorOf, wrap } from "./tensor.ts";

/** What is wrong with an equation, as torch words it; what is not said here the layer says. */
function checkEquation(equation: string, tensors: readonly Tensor[]): void {
  const [left = "", right] = equation.split("->");
  const terms = left.split(",");
  const counts = terms.length > tensors.length ? "fewer" : "more";
  if (terms.length !== tensors.length) {
    fault(
      "RuntimeError",
      `einsum(): ${counts} operands were provided than specified in the equation`,
    );
  }
  const bad = /[^A-Za-z.,]/.exec(left + (right ?? ""))?.[0];
  if (bad !== undefined) {
    fault(
      "RuntimeError",
      `einsum(): invalid subscript given at index ${equation.indexOf(bad)} in the equation string, subscripts must be in [a-zA-Z]`,
    );
  }
  const sizes = new Map<string, number>();
  terms.forEach((term, at) => {
    const { shape } = tensors[at]!;
    const names = term.replace("...", "");
    const open = names !== term;
    if (open ? names.length > shape.length : names.length !== shape.length) {
      fault(
        "RuntimeError",
        open
          ? `einsum(): the number of subscripts in the equation (${names.length}) is more than the number of dimensions (${shape.length}) for operand ${at}`
          : `einsum(): the number of subscripts in the equation (${names.length}) does not match the number of dimensions (${shape.length}) for operand ${at} and no ellipsis was given`,
      );
    }
    const before = term.includes("...") ? term.indexOf("...") : names.length;
    names.split("").forEach((name, i) => {
      const dim = i < before ? i : shape.length - names.length + i;
      const [size, known] = [shape[dim]!, sizes.get(name)];
      if (known !== undefined && known !== size && known !== 1 && size !== 1) {
        fault(
          "RuntimeError",
          `einsum(): subscript ${name} has size ${size} for operand ${at} which does not broadcast with previously seen size ${known}`,
        );
      }
      sizes.set(name, Math.max(size, known ?? 1));
    });
  });
  const after = (right ?? "").replace("...", "").split("");
  const strange = after.find((name) => !sizes.has(name));
  if (strange !== undefined) {
    fault(
      "RuntimeError",
      `einsum(): output subscript ${strange} does not appear in the equation for any input operand`,
    );
  }
}

/** `torch.einsum` of an equation and tensors, one by one or as one list. */
export function einsum(equation: Value, operands: Value[]): PyTensor {
  if (typeof equation !== "string") {
    fault(
      "TypeError",
      "einsum(): the sublist format is not here; nearest: an equation such as 'ij,jk->ik'",
    );
  }
  const list =
    operands.length === 1 && !(operands[0] instanceof PyTensor) ? toArray(operands[0]!) : operands;
  const tensors = list.map((one, i) => tensorOf("einsum", "operands", i + 2, one));
  checkEquation(equation.replaceAll(" ", ""), tensors);
  const dtype = resultType(tensors.map((one) => ({ dtype: one.dtype, strength: 2 })));
  tensors.forEach((one) => work(one.numel * 8));
  return wrap(
    layerEinsum(equation.replaceAll(" ", ""), ...tensors.map((one) => one.to(dtype))),
    "Permute",
  );
}
