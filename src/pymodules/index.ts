/** The modules that Python programs get over the tensor layer, by their full names; handed to a run, which fills one when it is first imported. */
import type { PyModule } from "../python/objects/module.ts";
import { fillTorch } from "./torch/index.ts";
import { fillAutograd } from "./torch/autograd.ts";
import { fillLinalg } from "./torch/matrices.ts";

export const pymodules: Readonly<Record<string, (module: PyModule) => void>> = {
  torch: fillTorch,
  "torch.autograd": fillAutograd,
  "torch.linalg": fillLinalg,
};
