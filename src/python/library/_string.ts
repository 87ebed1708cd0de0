/** `_string`: what `string.Formatter` asks of templates. */
import { NativeIterator } from "../objects/iterator.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";
import { requireText } from "../operations/arguments.ts";
import { splitFieldName, templateParts } from "../text/replacement.ts";
import { chr, type Str } from "../text/wide.ts";
import { functions } from "./native.ts";

function* parsed(template: Str): Generator<Value> {
  for (const { literal, field } of templateParts(template)) {
    if (field === undefined) yield new PyTuple([literal, None, None, None]);
    else {
      const conversion = field.conversion === undefined ? None : chr(field.conversion);
      yield new PyTuple([literal, field.name, field.spec, conversion]);
    }
  }
}

function* steps(rest: Iterable<{ isAttribute: boolean; key: Str | number }>): Generator<Value> {
  for (const { isAttribute, key } of rest) yield new PyTuple([isAttribute, key]);
}

export function fillStringHelpers(module: PyModule): void {
  functions(module, {
    formatter_parser: (template: Value) => new NativeIterator(parsed(requireText(template))),
    formatter_field_name_split: (name: Value) => {
      const { first, rest } = splitFieldName(requireText(name));
      return new PyTuple([first, new NativeIterator(steps(rest))]);
    },
  });
}
