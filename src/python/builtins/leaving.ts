/** `exit` and `quit`, which at a prompt say how they are meant. */
import { methods } from "../objects/define.ts";
import { exceptionType, throwException } from "../objects/exception.ts";
import type { PyModule } from "../objects/module.ts";
import { None, PyObject, type Value } from "../objects/object.ts";
import { builtinType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import type { PyType } from "../objects/type.ts";

class PyQuitter extends PyObject {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

const quitterType: PyType = builtinType("Quitter", PyQuitter, { module: "_sitebuiltins" });

methods(quitterType, {
  __repr__: (self: PyQuitter) => `Use ${self.name}() or Ctrl-D (i.e. EOF) to exit`,
  __call__: signed("self, code=None", (_self: PyQuitter, code?: Value) =>
    throwException(exceptionType("SystemExit"), code ?? None),
  ),
});

export function fillLeaving(module: PyModule): void {
  for (const name of ["exit", "quit"]) module.set(name, new PyQuitter(name));
}
