/** The library of operators: each is composed of a tensor's methods, so it runs on every device. */

export * from "./activations.ts";
export * from "./attention.ts";
export * from "./classes.ts";
export * from "./convolution.ts";
export * from "./dropout.ts";
export * from "./fourier.ts";
export * from "./linear-algebra.ts";
export * from "./losses.ts";
export * from "./maths.ts";
export * from "./normalization.ts";
export * from "./pad.ts";
export * from "./picking.ts";
export * from "./pooling.ts";
export * from "./rearranging.ts";
export * from "./resizing.ts";
export * from "./scans.ts";
export * from "./sorting.ts";
export * from "./statistics.ts";
