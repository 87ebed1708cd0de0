/** Modules: layers that hold what they learn. */

export * from "./attention.ts";
export * as init from "./init.ts";
export * from "./layers.ts";
export { Module, parameter } from "./module.ts";
export * from "./recurrent.ts";
