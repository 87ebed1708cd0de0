/** Comprehensions and generator expressions: a function of their own, called at once with the first iterator. */
import type { Expr, Syntax } from "../syntax/tree.ts";
import { walk } from "../syntax/walk.ts";
import {
  delegating,
  type Frame,
  headName,
  invoke,
  mark,
  runtimeName,
  takeTemporary,
  use,
} from "./context.ts";
import { condition, expression } from "./expressions.ts";
import { declarations, openFrame } from "./functions.ts";
import { assign } from "./targets.ts";

type Comprehension = Extract<Expr, { type: "ListComp" | "SetComp" | "DictComp" | "GeneratorExp" }>;

const NAMES = {
  ListComp: "<listcomp>",
  SetComp: "<setcomp>",
  DictComp: "<dictcomp>",
  GeneratorExp: "<genexpr>",
};

export function comprehension(frame: Frame, node: Comprehension): string {
  const scope = frame.unit.scopes.scopeOf(node);
  const lazy = node.type === "GeneratorExp";
  const asynchronous = scope.isCoroutine || awaits(node);
  const kind = lazy
    ? asynchronous
      ? "async generator"
      : "generator"
    : asynchronous
      ? "coroutine"
      : "function";
  const name = NAMES[node.type];
  const inner = openFrame(frame, scope, name, kind, false, node.lineno);
  const first = node.generators[0]!;
  const source = invoke(
    frame,
    node,
    first.is_async === 1 ? "asyncIterate" : "iterate",
    expression(frame, first.iter),
  );
  const body = loops(inner, node, 0, () => collect(inner, node));
  const start = {
    ListComp: "const out=[];",
    SetComp: `const out=new ${runtimeName(frame, "PySet")}();`,
    DictComp: `const out=new ${runtimeName(frame, "PyDict")}();`,
    GeneratorExp: "",
  }[node.type];
  const end = {
    ListComp: `return new ${runtimeName(frame, "PyList")}(out)`,
    SetComp: "return out",
    DictComp: "return out",
    GeneratorExp: `return ${runtimeName(frame, "None")}`,
  }[node.type];
  const text = `{${declarations(inner, [])}${start}\n${body}\n${end}}`;
  if (lazy) {
    const code = headName(frame.unit, "c", `code:${frame.unit.defined.size}`, () =>
      JSON.stringify({
        name,
        qualname: scope.qualname,
        filename: frame.unit.filename,
        line: node.lineno,
        parameters: [".0"],
        positionalOnly: 1,
        positional: 1,
        keywordOnly: 0,
        args: false,
        kwargs: false,
        kind,
        locals: [],
        free: [],
      }),
    );
    const maker = runtimeName(frame, asynchronous ? "PyAsyncGenerator" : "PyGenerator");
    return `new ${maker}(${code},(function*(i0)${text})(${source}))`;
  }
  if (asynchronous)
    return `(yield* ${mark(frame, node)}(function*(i0)${text})${mark(frame, node)}(${source}))`;
  return `((i0)=>${text})${mark(frame, node)}(${source})`;
}

/** The loops from the one with this number inwards. */
function loops(frame: Frame, node: Comprehension, at: number, innermost: () => string): string {
  const generator = node.generators[at];
  if (generator === undefined) return innermost();
  const iterator = `i${at}`;
  const value = takeTemporary(frame);
  const opened =
    at === 0
      ? ""
      : `const ${iterator}=${invoke(frame, generator.iter, generator.is_async === 1 ? "asyncIterate" : "iterate", expression(frame, generator.iter))};`;
  const step =
    generator.is_async === 1
      ? delegating(frame, node, "asyncNext", iterator)
      : `${iterator}.next${mark(frame, node)}()`;
  const target = assign(frame, generator.target, value).join("");
  const tests = generator.ifs.map((test) => `if(!${condition(frame, test)})continue;`).join("\n");
  const rest = loops(frame, node, at + 1, innermost);
  return `${opened}while((${value}=${step})!==undefined){if(--M[0]<0)S();${target}${tests}\n${rest}}`;
}

function collect(frame: Frame, node: Comprehension): string {
  switch (node.type) {
    case "ListComp":
      return `out.push(${expression(frame, node.elt)});if((M[2]-=8)<0)Y();`;
    case "SetComp":
      return `out.add${mark(frame, node.elt)}(${expression(frame, node.elt)});`;
    case "DictComp":
      return `out.set${mark(frame, node.key)}(${expression(frame, node.key)},${expression(frame, node.value)});`;
    case "GeneratorExp":
      return frame.kind === "async generator"
        ? `yield ${use(frame, "asyncYield", expression(frame, node.elt))};`
        : `yield ${expression(frame, node.elt)};`;
  }
}

/** Whether a comprehension waits for something, apart from its first iterable. */
function awaits(node: Comprehension): boolean {
  let found = false;
  const first: Syntax = node.generators[0]!.iter;
  walk(node, (one) => {
    if (one === first || one.type === "Lambda") return false;
    if (one.type === "Await" || (one.type === "comprehension" && one.is_async === 1)) found = true;
    return !found;
  });
  return found;
}
