/** What stands on the left of an assignment, after `for`, `as` and `del`. */
import { mangle } from "../symbols/scope.ts";
import type { Expr } from "../syntax/tree.ts";
import { type Frame, invoke, mark, quote, takeTemporary } from "./context.ts";
import { attributeWriter, expression } from "./expressions.ts";
import { deleteName, storeName } from "./names.ts";

/** Statements that store a value, which is a variable or has no effects, in a target. */
export function assign(frame: Frame, target: Expr, value: string): string[] {
  switch (target.type) {
    case "Name":
      return [`${storeName(frame, target.id, value)};`];
    case "Attribute": {
      const writer = attributeWriter(frame, mangle(frame.scope, target.attr));
      return [`${writer}${mark(frame, target)}(${expression(frame, target.value)},${value});`];
    }
    case "Subscript":
      return [
        `${invoke(frame, target, "storeSubscript", expression(frame, target.value), expression(frame, target.slice), value)};`,
      ];
    case "Tuple":
    case "List":
      return unpack(frame, target, value);
    case "Starred":
      return assign(frame, target.value, value);
    default:
      throw new Error(`cannot assign to ${target.type}`);
  }
}

function unpack(
  frame: Frame,
  target: Extract<Expr, { type: "Tuple" | "List" }>,
  value: string,
): string[] {
  const star = target.elts.findIndex((one) => one.type === "Starred");
  const t = takeTemporary(frame);
  const count = target.elts.length;
  const values =
    star < 0
      ? invoke(frame, target, "unpack", value, String(count))
      : invoke(frame, target, "unpackStar", value, String(star), String(count - star - 1));
  // An array may be a list's own: all is read before anything is stored.
  const items = target.elts.map(() => takeTemporary(frame));
  const reads = items.map((item, i) => `${item}=${t}[${i}];`).join("");
  return [
    `${t}=${values};${reads}`,
    ...target.elts.flatMap((one, i) => assign(frame, one, items[i]!)),
  ];
}

/** `del`. */
export function remove(frame: Frame, target: Expr): string[] {
  switch (target.type) {
    case "Name":
      return [`${deleteName(frame, target.id, target)};`];
    case "Attribute":
      return [
        `${invoke(frame, target, "deleteAttribute", expression(frame, target.value), quote(mangle(frame.scope, target.attr)))};`,
      ];
    case "Subscript":
      return [
        `${invoke(frame, target, "deleteSubscript", expression(frame, target.value), expression(frame, target.slice))};`,
      ];
    case "Tuple":
    case "List":
      return target.elts.flatMap((one) => remove(frame, one));
    default:
      throw new Error(`cannot delete ${target.type}`);
  }
}
