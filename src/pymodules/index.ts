/** The modules that Python programs get over the tensor layer, by their full names; handed to a run, which fills one when it is first imported. */
import type { PyModule } from "../python/objects/module.ts";
import { fillEinopsNative } from "./einops/native.ts";
import { fillNumpy, fillNumpyLinalg } from "./numpy/index.ts";
import { fillTorch } from "./torch/index.ts";
import { fillAutograd } from "./torch/autograd.ts";
import { fillFunctional } from "./torch/functional/index.ts";
import { fillLinalg } from "./torch/matrices.ts";
import { fillNn, fillParameter } from "./torch/nn.ts";
import { written } from "../python/library/written.ts";
import { pytestModules } from "./pytest/modules.ts";
import einops from "./einops/einops.py" with { type: "file" };
import einopsLayers from "./einops/layers.py" with { type: "file" };
import jaxtyping from "./jaxtyping.py" with { type: "file" };
import functional from "./torch/functional/more.py" with { type: "file" };
import init from "./torch/init.py" with { type: "file" };
import layers from "./torch/layers.py" with { type: "file" };
import linalg from "./torch/linalg.py" with { type: "file" };
import more from "./torch/more.py" with { type: "file" };
import nnModule from "./torch/module.py" with { type: "file" };
import optim from "./torch/optim.py" with { type: "file" };
import random from "./torch/random.py" with { type: "file" };
import schedules from "./torch/schedules.py" with { type: "file" };
import special from "./torch/special.py" with { type: "file" };
import testing from "./torch/testing.py" with { type: "file" };
import utils from "./torch/utils.py" with { type: "file" };

export const pymodules: Readonly<Record<string, (module: PyModule) => void>> = {
  einops: written("einops/__init__.py", einops),
  "einops.layers": () => {},
  "einops.layers.torch": written("einops/layers/torch.py", einopsLayers),
  ...pytestModules,
  _einops: fillEinopsNative,
  jaxtyping: written("jaxtyping.py", jaxtyping),
  numpy: fillNumpy,
  "numpy.linalg": fillNumpyLinalg,
  torch: fillTorch,
  "torch.autograd": fillAutograd,
  "torch.linalg": fillLinalg,
  "torch._linalg": written("torch/_linalg.py", linalg),
  "torch.random": written("torch/random.py", random),
  "torch.special": written("torch/special.py", special),
  "torch._more": written("torch/_more.py", more),
  "torch.nn": fillNn,
  "torch.nn.functional": fillFunctional,
  "torch.nn._functional": written("torch/nn/_functional.py", functional),
  "torch.nn.parameter": fillParameter,
  "torch.nn.init": written("torch/nn/init.py", init),
  "torch.nn.utils": written("torch/nn/utils.py", utils),
  "torch.nn._module": written("torch/nn/_module.py", nnModule),
  "torch.nn._layers": written("torch/nn/_layers.py", layers),
  "torch.optim": written("torch/optim/__init__.py", optim),
  "torch.optim.lr_scheduler": written("torch/optim/lr_scheduler.py", schedules),
  "torch.testing": written("torch/testing.py", testing),
};
