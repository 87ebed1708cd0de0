/** CPython compiled to WebAssembly. */
import { loadPyodide } from "pyodide";
import { serve } from "./serve.ts";

let output = "";
const python = await loadPyodide({ stdout: (text) => (output += `${text}\n`) });

await serve((source) => {
  output = "";
  const globals = python.toPy({ __name__: "__main__" });
  python.runPython(source, { globals });
  globals.destroy();
  return output;
});
