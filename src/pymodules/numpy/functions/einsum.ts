/** `numpy.einsum`: products of arrays by the letters of their axes, two operands at a time from the left. */
import { fault } from "../../../python/fault.ts";
import type { Value } from "../../../python/objects/object.ts";
import { PyArray, shapeText, sizeOf } from "../array.ts";
import { type Dtype, dtypeArgument } from "../dtype.ts";
import { asArray, cast, copyInto } from "../read.ts";
import { unwrapped } from "../scalar.ts";
import { reduce } from "../ufuncs/run.ts";
import { UFUNCS } from "../ufuncs/table.ts";
import { outputOf } from "../ufuncs/ufunc.ts";
import { inOrder, permuted, reshaped } from "../views.ts";
import { broadcastTo } from "../walk.ts";
import { commonDtype, matrixProduct } from "./products.ts";

interface Subscripts {
  readonly inputs: string[];
  readonly output: string;
}

/** The letters of each operand and of the result; dots become capital Greek, which nobody writes. */
function readSubscripts(text: string, operands: readonly PyArray[]): Subscripts {
  const bare = text.replaceAll(" ", "");
  const [left = "", right, ...more] = bare.split("->");
  const wrong = /[^A-Za-z.,\->]/.exec(bare);
  if (wrong !== null)
    fault(
      "ValueError",
      `invalid subscript '${wrong[0]}' in einstein sum subscripts string, subscripts must be letters`,
    );
  if (more.length > 0)
    fault(
      "ValueError",
      "einstein sum subscript string does not contain proper '->' output specified",
    );
  const terms = left.split(",");
  if (terms.length !== operands.length) {
    fault(
      "ValueError",
      terms.length > operands.length
        ? "more operands expected than were provided to einstein sum function"
        : "more operands provided to einstein sum function than specified in the subscripts string",
    );
  }
  const most = Math.max(
    0,
    ...terms.map((term, i) =>
      term.includes(".") ? operands[i]!.ndim - term.replace("...", "").length : 0,
    ),
  );
  const dots = (count: number): string =>
    Array.from({ length: count }, (_, i) => String.fromCharCode(0x391 + most - count + i)).join("");
  const inputs = terms.map((term, i) => {
    if (/\./.test(term.replace("...", ""))) {
      fault(
        "ValueError",
        "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...')",
      );
    }
    const own = operands[i]!.ndim - term.replace("...", "").length;
    if (own < 0)
      fault(
        "ValueError",
        `einstein sum subscripts string contains too many subscripts for operand ${i}`,
      );
    if (!term.includes(".") && own > 0) {
      fault(
        "ValueError",
        `operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.`,
      );
    }
    return term.replace("...", dots(own));
  });
  const letters = inputs.join("");
  if (right === undefined) {
    const once = [...new Set(letters.split(""))]
      .filter((one) => letters.split(one).length === 2 && one < "\u0391")
      .sort();
    return { inputs, output: dots(most) + once.join("") };
  }
  for (const one of right.replace("...", "")) {
    if (!letters.includes(one))
      fault(
        "ValueError",
        `einstein sum subscripts string included output subscript '${one}' which never appeared in an input`,
      );
    if (right.split(one).length > 2)
      fault(
        "ValueError",
        `einstein sum subscripts string includes output subscript '${one}' multiple times`,
      );
  }
  if (most > 0 && !right.includes("...")) {
    fault(
      "ValueError",
      "output has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.",
    );
  }
  return { inputs, output: right.replace("...", dots(most)) };
}

/** The diagonal along letters that a term repeats. */
function withoutRepeats(x: PyArray, term: string): [PyArray, string] {
  let [view, letters] = [x, term];
  for (let i = 0; i < letters.length; i++) {
    const j = letters.indexOf(letters[i]!, i + 1);
    if (j < 0) continue;
    if (view.shape[i] !== view.shape[j] && view.shape[i] !== 1 && view.shape[j] !== 1) {
      fault(
        "ValueError",
        `dimensions in operand 0 for collapsing index '${letters[i]}' don't match (${view.shape[i]} != ${view.shape[j]})`,
      );
    }
    const strides = view.strides.with(i, view.strides[i]! + view.strides[j]!);
    view = view.view(view.shape.toSpliced(j, 1), strides.toSpliced(j, 1));
    letters = letters.slice(0, j) + letters.slice(j + 1);
    i--;
  }
  return [view, letters];
}

function sumAxes(x: PyArray, term: string, keep: string): [PyArray, string] {
  const axes = term.split("").flatMap((one, d) => (keep.includes(one) ? [] : [d]));
  if (axes.length === 0) return [x, term];
  const rest = term
    .split("")
    .filter((one) => keep.includes(one))
    .join("");
  return [reduce("add", UFUNCS["add"]!, x, { axes, dtype: x.dtype }), rest];
}

/** Two terms into one: letters that nobody wants any more are summed over. */
function pairProduct(
  a: PyArray,
  ta: string,
  b: PyArray,
  tb: string,
  keep: string,
): [PyArray, string] {
  const [x, p] = sumAxes(a, ta, tb + keep);
  const [y, q] = sumAxes(b, tb, ta + keep);
  const size = (one: string): number =>
    Math.max(
      p.includes(one) ? x.shape[p.indexOf(one)]! : 1,
      q.includes(one) ? y.shape[q.indexOf(one)]! : 1,
    );
  const both = p.split("").filter((one) => q.includes(one));
  const batch = both.filter((one) => keep.includes(one));
  const inner = both.filter((one) => !keep.includes(one));
  const rows = p.split("").filter((one) => !q.includes(one));
  const columns = q.split("").filter((one) => !p.includes(one));
  const arranged = (z: PyArray, term: string, order: readonly string[]): PyArray => {
    const view = permuted(
      z,
      order.map((one) => term.indexOf(one)),
    );
    return broadcastTo(
      view,
      order.map((one) => (both.includes(one) ? size(one) : z.shape[term.indexOf(one)]!)),
    );
  };
  const left = reshaped(
    arranged(x, p, [...batch, ...rows, ...inner]),
    [batch, rows, inner].map((list) => sizeOf(list.map(size))),
  );
  const right = reshaped(
    arranged(y, q, [...batch, ...inner, ...columns]),
    [batch, inner, columns].map((list) => sizeOf(list.map(size))),
  );
  const product = matrixProduct(left, right, x.dtype);
  const order = [...batch, ...rows, ...columns];
  return [reshaped(product, order.map(size)), order.join("")];
}

/** `numpy.einsum` of a text of letters. */
function einsum(text: string, given: readonly PyArray[], dtype?: Dtype): PyArray {
  const { inputs, output } = readSubscripts(text, given);
  const common = dtype ?? commonDtype(given);
  const sizes = new Map<string, number>();
  inputs.forEach((term, i) => {
    term.split("").forEach((one, d) => {
      const size = given[i]!.shape[d]!;
      const have = sizes.get(one) ?? 1;
      if (have !== 1 && size !== 1 && have !== size) {
        const order = [...new Set((output + inputs.join("")).split(""))];
        const wide = (x: PyArray, own: string): string => {
          const sizes2 = order.map((l) =>
            own.includes(l) ? String(x.shape[own.indexOf(l)]) : "newaxis",
          );
          while (sizes2[0] === "newaxis") sizes2.shift();
          return `${shapeText(x.shape)}->(${sizes2.join(",")}${sizes2.length === 1 ? "," : ""})`;
        };
        fault(
          "ValueError",
          `operands could not be broadcast together with remapped shapes [original->remapped]: ${given.map((x, k) => wide(x, inputs[k]!)).join(" ")} `,
        );
      }
      if (size !== 1 || !sizes.has(one)) sizes.set(one, size);
    });
  });
  let terms = inputs.map((term, i) =>
    withoutRepeats(given[i]!.dtype === common ? given[i]! : cast(given[i]!, common), term),
  );
  while (terms.length > 1) {
    const [[a, ta], [b, tb], ...rest] = terms as [
      [PyArray, string],
      [PyArray, string],
      ...[PyArray, string][],
    ];
    const keep = output + rest.map(([, term]) => term).join("");
    terms = [pairProduct(a, ta, b, tb, keep), ...rest];
  }
  const [[x, term]] = terms as [[PyArray, string]];
  const [summed, left] = sumAxes(x, term, output);
  const result = permuted(
    summed,
    output.split("").map((one) => left.indexOf(one)),
  );
  return given.length > 1 ? inOrder(result) : result;
}

export function einsumCall(args: readonly Value[], keywords: ReadonlyMap<string, Value>): Value {
  const [first, ...rest] = args;
  if (typeof first !== "string") {
    fault(
      "NotImplementedError",
      "numpy.einsum of operands and lists is not here; nearest: numpy.einsum('ij,jk->ik', a, b)",
    );
  }
  const arrays = rest.map((one) => asArray(one));
  const result = einsum(first, arrays, dtypeArgument(keywords.get("dtype")));
  const target = outputOf(keywords.get("out"));
  if (target === undefined) return unwrapped(result);
  copyInto(target, result);
  return target;
}
