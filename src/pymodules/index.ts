/** The modules that Python programs get over the tensor layer, by their full names; handed to a run, which fills one when it is first imported. */
import type { PyModule } from "../python/objects/module.ts";
import { runtime } from "../python/objects/state.ts";
import { fillTorch } from "./torch/index.ts";
import { fillAutograd } from "./torch/autograd.ts";
import { fillFunctional } from "./torch/functional.ts";
import { fillLinalg } from "./torch/matrices.ts";
import { fillNn, fillParameter } from "./torch/nn.ts";
import { textModule } from "./torch/text.ts";
import init from "./torch/init.py" with { type: "text" };
import layers from "./torch/layers.py" with { type: "text" };
import nnModule from "./torch/module.py" with { type: "text" };
import optim from "./torch/optim.py" with { type: "text" };
import schedules from "./torch/schedules.py" with { type: "text" };
import testing from "./torch/testing.py" with { type: "text" };
import utils from "./torch/utils.py" with { type: "text" };

/** A package of one text, and its submodules. */
function packageOf(
  name: string,
  text: string,
  parts: readonly string[],
): (module: PyModule) => void {
  return (module) => {
    module.set("__path__", name);
    textModule(name, text)(module);
    for (const part of parts) module.set(part, runtime().load(`${name}.${part}`));
  };
}

export const pymodules: Readonly<Record<string, (module: PyModule) => void>> = {
  torch: fillTorch,
  "torch.autograd": fillAutograd,
  "torch.linalg": fillLinalg,
  "torch.nn": fillNn,
  "torch.nn.functional": fillFunctional,
  "torch.nn.parameter": fillParameter,
  "torch.nn.init": textModule("torch.nn.init", init),
  "torch.nn.utils": textModule("torch.nn.utils", utils),
  "torch.nn._module": textModule("torch.nn._module", nnModule),
  "torch.nn._layers": textModule("torch.nn._layers", layers),
  "torch.optim": packageOf("torch.optim", optim, ["lr_scheduler"]),
  "torch.optim.lr_scheduler": textModule("torch.optim.lr_scheduler", schedules),
  "torch.testing": textModule("torch.testing", testing),
};
