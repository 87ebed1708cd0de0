/** Syntax trees as values that `ast` makes its nodes of: a node is (name, fields, place), a list a list. */
import { compileTree, type Kind } from "../../compiler/compile.ts";
import { fault } from "../../fault.ts";
import { PyBytes } from "../../objects/bytes.ts";
import { PyComplex } from "../../objects/complex.ts";
import { PyDict } from "../../objects/dict.ts";
import { PyFloat } from "../../objects/float.ts";
import { PyList } from "../../objects/list.ts";
import type { PyModule } from "../../objects/module.ts";
import { Ellipsis, None, type Value } from "../../objects/object.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { signed } from "../../objects/signature.ts";
import { compileText } from "../../operations/source.ts";
import { PyProgram } from "../../operations/execution.ts";
import { textOf } from "../../operations/repr.ts";
import { typeName } from "../../operations/typeof.ts";
import { unparse } from "../../syntax/unparse.ts";
import type { ConstantValue, Expr, Module } from "../../syntax/tree.ts";
import { fromPoints, toPoints } from "../../text/wide.ts";
import { functions } from "../native.ts";

/** Fields whose values are names of nodes without fields. */
const BARE = new Set(["op", "ops", "ctx"]);
/** Nodes that programs of older versions make without type parameters. */
const DEFINITIONS = new Set(["FunctionDef", "AsyncFunctionDef", "ClassDef"]);
const PLACE = ["lineno", "col_offset", "end_lineno", "end_col_offset"] as const;

type Plain = Record<string, unknown>;

function encode(value: unknown, field: string): Value {
  if (value === null || value === undefined) return None;
  if (Array.isArray(value)) return new PyList(value.map((one) => encode(one, field)));
  if (typeof value === "string" && BARE.has(field)) return new PyTuple([value, new PyDict(), None]);
  if (typeof value !== "object" || value instanceof Uint8Array || !("type" in value)) {
    return constant(value as ConstantValue);
  }
  const node = value as Plain;
  const fields = new PyDict();
  for (const name in node) {
    if (name === "type" || name === "warnings" || (PLACE as readonly string[]).includes(name))
      continue;
    const held = node["type"] === "Constant" && name === "value";
    const shown = node["type"] === "ExceptHandler" && name === "exc" ? "type" : name;
    fields.set(shown, held ? constant(node[name] as ConstantValue) : encode(node[name], name));
  }
  if (node["type"] === "Module") fields.set("type_ignores", new PyList([]));
  const place =
    typeof node["lineno"] === "number"
      ? new PyTuple(PLACE.map((name) => node[name] as number))
      : None;
  return new PyTuple([node["type"] as string, fields, place]);
}

function constant(value: ConstantValue): Value {
  if (value === null) return None;
  if (typeof value !== "object") return value;
  if (value instanceof Uint8Array) return new PyBytes(value);
  if ("points" in value) return fromPoints(value.points) as Value;
  if ("float" in value) return new PyFloat(value.float);
  if ("imag" in value) return new PyComplex(0, value.imag);
  return Ellipsis;
}

function decode(value: Value, field: string, owner: string): unknown {
  if (value === None && !(owner === "Constant" && field === "value")) return null;
  if (value instanceof PyList) return value.items.map((one) => decode(one, field, owner));
  if (owner === "Constant" && field === "value") return plainConstant(value);
  if (!(value instanceof PyTuple)) return value;
  const [name, fields, place] = value.items as [string, PyDict, Value];
  if (BARE.has(field)) return name;
  const node: Plain = { type: name };
  for (const [key, held] of fields.entries()) {
    const own = name === "ExceptHandler" && key === "type" ? "exc" : String(key);
    node[own] = decode(held, own, name);
  }
  if (DEFINITIONS.has(name)) node["type_params"] ??= [];
  const at = place instanceof PyTuple ? place.items : [1, 0, 1, 0];
  PLACE.forEach((one, i) => (node[one] = typeof at[i] === "number" ? at[i] : 0));
  return node;
}

function plainConstant(value: Value): ConstantValue {
  if (value === None) return null;
  if (value === Ellipsis) return { ellipsis: true };
  if (typeof value !== "object") return value;
  const text = textOf(value);
  if (text !== undefined) {
    return typeof text === "string" ? text : { points: [...toPoints(text)] };
  }
  if (value instanceof PyFloat) return { float: value.v };
  if (value instanceof PyComplex) return { imag: value.imag };
  if (value instanceof PyBytes) return value.data;
  fault("TypeError", `got an invalid type in Constant: ${typeName(value)}`);
}

/** Does something with a tree that a program made: where a field is missing or is no node, that is the program's TypeError. */
function fitting<T>(what: () => T): T {
  try {
    return what();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    fault("TypeError", "a node lacks a required field, or holds what is no node there");
  }
}

/** `eval` of a tree is compiled from its one expression. */
function moduleOf(node: Plain): Module {
  const body = node["body"];
  if (Array.isArray(body)) return { type: "Module", body } as Module;
  const only = body as Expr;
  return { type: "Module", body: [{ ...only, type: "Expr", value: only }] } as unknown as Module;
}

export function fillAstTree(module: PyModule): void {
  functions(module, {
    parse: signed("source, filename, mode", (source: Value, filename: Value, mode: Value) => {
      const text = source instanceof PyBytes ? source.data : textOf(source);
      if (text === undefined)
        fault("TypeError", "compile() arg 1 must be a string, bytes or AST object");
      const given = typeof text === "string" || text instanceof Uint8Array ? text : text.toString();
      const { tree } = compileText(given, String(filename), mode as Kind);
      if (mode !== "eval") return encode(tree, "");
      const [only] = tree.body;
      const fields = new PyDict();
      fields.set("body", encode(only?.type === "Expr" ? only.value : null, "body"));
      return new PyTuple(["Expression", fields, None]);
    }),
    compile: signed("tree, filename, mode", (tree: Value, filename: Value, mode: Value) => {
      return fitting(() => {
        const node = moduleOf(decode(tree, "", "") as Plain);
        return new PyProgram(node, compileTree(node, String(filename), mode as Kind, undefined));
      });
    }),
    unparse: signed("tree", (tree: Value) =>
      fitting(() => unparse(decode(tree, "", "") as Expr) as Value),
    ),
  });
}
