/** A learner's own WGSL: compiled at once, its bindings held against what a run gives. */

import type { CompiledKernel, Storage } from "../device.ts";
import type { WebgpuDevice } from "./device.ts";
import type { Diagnostic } from "./protocol.ts";

type Access = "storage, read" | "storage, read_write" | "uniform";

interface Declared {
  binding: number;
  name: string;
  access: Access;
}

/** @throws Error with each mistake's line and column */
export function compileKernel(
  device: WebgpuDevice,
  source: string,
  entryPoint: string,
): CompiledKernel {
  const bytes = device.client.ask({ ask: "compile", source, entryPoint });
  const diagnostics = JSON.parse(new TextDecoder().decode(bytes)) as Diagnostic[];
  if (diagnostics.length > 0) throw new Error(explain(diagnostics, source));
  const declared = readBindings(source);
  return {
    run(inputs, outputs, uniforms, workgroups): void {
      checkBindings(declared, inputs.length, outputs.length, uniforms !== undefined);
      checkWorkgroups(workgroups, device.hello().maxWorkgroups);
      const signature = `${inputs.length}/${outputs.length}/${uniforms !== undefined}`;
      const pipeline = device.pipeline(`k${signature}/${entryPoint}/${source}`, () => ({
        source,
        entryPoint,
        reads: inputs.length,
        writes: outputs.length,
        uniform: uniforms !== undefined,
      }));
      const count = uniforms?.length ?? 0;
      const { words, at } = device.client.words(count);
      if (uniforms !== undefined) words.set(uniforms);
      const number = (storage: Storage): number => device.bufferOf(storage);
      device.client.push({
        do: "dispatch",
        pipeline,
        reads: inputs.map(number),
        writes: outputs.map(number),
        inFours: false,
        at,
        count,
        workgroups,
      });
      // A mistake of the learner's shows at this call and not at a later read.
      device.client.ask({ ask: "check" });
    },
  };
}

function explain(diagnostics: readonly Diagnostic[], source: string): string {
  const lines = source.split("\n");
  const parts = diagnostics.map(({ line, column, message }) => {
    if (line === 0) return `  ${message}`;
    const text = lines[line - 1] ?? "";
    const mark = " ".repeat(Math.max(column - 1, 0));
    return `  line ${line}, column ${column}: ${message}\n    ${text}\n    ${mark}^`;
  });
  return `Cannot compile kernel:\n${parts.join("\n")}`;
}

/** The bindings a source declares; undefined when one is written in a way that is not read here. */
export function readBindings(source: string): Declared[] | undefined {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, " ");
  const pattern =
    /((?:@(?:group|binding)\s*\([^)]*\)\s*)+)var\s*<\s*(storage|uniform)\s*(?:,\s*(read|read_write|write)\s*)?,?\s*>\s*([A-Za-z_]\w*)/g;
  const found: Declared[] = [];
  for (const [, attributes = "", space, mode, name = ""] of code.matchAll(pattern)) {
    const group = /@group\s*\(\s*(\d+)[iu]?\s*,?\s*\)/.exec(attributes)?.[1];
    const binding = /@binding\s*\(\s*(\d+)[iu]?\s*,?\s*\)/.exec(attributes)?.[1];
    if (group === undefined || binding === undefined) return undefined;
    if (group !== "0") {
      throw new Error(
        `Cannot compile kernel: ${name} is in @group(${group}); all bindings must be in @group(0)`,
      );
    }
    const access: Access =
      space === "uniform"
        ? "uniform"
        : mode === "read_write"
          ? "storage, read_write"
          : "storage, read";
    found.push({ binding: Number(binding), name, access });
  }
  return found.sort((a, b) => a.binding - b.binding);
}

function checkBindings(
  declared: readonly Declared[] | undefined,
  inputs: number,
  outputs: number,
  uniform: boolean,
): void {
  if (declared === undefined) return;
  const given: { access: Access; what: string }[] = [
    ...Array.from({ length: inputs }, (_, i) => ({
      access: "storage, read" as const,
      what: `input ${i}`,
    })),
    ...Array.from({ length: outputs }, (_, i) => ({
      access: "storage, read_write" as const,
      what: `output ${i}`,
    })),
    ...(uniform ? [{ access: "uniform" as const, what: "the uniforms" }] : []),
  ];
  const total = `run() gives ${given.length} bindings (inputs ${inputs}, outputs ${outputs}, uniforms ${uniform ? "yes" : "none"})`;
  for (const { binding, name, access } of declared) {
    const here = given[binding];
    if (here === undefined) {
      throw new Error(
        `Kernel.run: the kernel declares ${name} at @binding(${binding}), but ${total}, so there is nothing for it`,
      );
    }
    if (here.access !== access) {
      throw new Error(
        `Kernel.run: @binding(${binding}) is ${here.what} and must be var<${here.access}>, but the kernel declares ${name} as var<${access}>`,
      );
    }
  }
  given.forEach(({ what }, binding) => {
    if (declared.some((one) => one.binding === binding)) return;
    throw new Error(
      `Kernel.run: ${total}, but the kernel declares no @binding(${binding}) for ${what}`,
    );
  });
}

function checkWorkgroups(workgroups: readonly number[], most: number): void {
  const over = workgroups.findIndex((size) => size > most);
  if (over < 0) return;
  throw new RangeError(
    `Kernel.run: workgroups[${over}] is ${workgroups[over]}, and this device takes at most ${most} in a dim`,
  );
}
