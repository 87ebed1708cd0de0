/** What katas import from `kata`: the tensor API, and what the run tells them. */
export * from "../tensor/index.ts";
export { device, params, seed } from "./context.ts";
