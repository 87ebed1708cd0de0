/** torch's modules, by their names; what is written in Python is loaded when it is asked for. */
import { written } from "../../python/library/written.ts";
import type { Natives } from "../../python/run.ts";
import { fillTorch, fillUtils } from "./index.ts";
import { fillAutograd } from "./autograd.ts";
import { fillFunctional } from "./functional/index.ts";
import { fillLinalg } from "./linalg.ts";
import { fillNn, fillParameter } from "./nn/index.ts";
import activation from "./nn/activation.py" with { type: "file" };
import attention from "./nn/attention.py" with { type: "file" };
import autogradFunctional from "./autograd.py" with { type: "file" };
import containers from "./nn/containers.py" with { type: "file" };
import convolution from "./nn/convolution.py" with { type: "file" };
import data from "./utils/data.py" with { type: "file" };
import files from "./utils/files.py" with { type: "file" };
import functional from "./functional/more.py" with { type: "file" };
import init from "./nn/init.py" with { type: "file" };
import linalg from "./linalg.py" with { type: "file" };
import linear from "./nn/linear.py" with { type: "file" };
import loss from "./nn/loss.py" with { type: "file" };
import more from "./more/index.py" with { type: "file" };
import moreElements from "./more/elements.py" with { type: "file" };
import moreFolds from "./more/folds.py" with { type: "file" };
import moreMemory from "./more/memory.py" with { type: "file" };
import moreShapes from "./more/shapes.py" with { type: "file" };
import nnModule from "./nn/module.py" with { type: "file" };
import normalization from "./nn/normalization.py" with { type: "file" };
import optim from "./optim.py" with { type: "file" };
import pooling from "./nn/pooling.py" with { type: "file" };
import random from "./random.py" with { type: "file" };
import recurrent from "./nn/recurrent.py" with { type: "file" };
import schedules from "./schedules.py" with { type: "file" };
import special from "./special.py" with { type: "file" };
import testing from "./testing.py" with { type: "file" };
import utils from "./nn/utils.py" with { type: "file" };

export const torchModules: Natives = {
  torch: fillTorch,
  "torch.autograd": fillAutograd,
  "torch.autograd.functional": written("torch/autograd/functional.py", autogradFunctional),
  "torch.utils": fillUtils,
  "torch.utils.data": written("torch/utils/data.py", data),
  "torch._files": written("torch/_files.py", files),
  "torch.linalg": fillLinalg,
  "torch._linalg": written("torch/_linalg.py", linalg),
  "torch.random": written("torch/random.py", random),
  "torch.special": written("torch/special.py", special),
  "torch._more": written("torch/_more.py", more),
  "torch._more_elements": written("torch/_more_elements.py", moreElements),
  "torch._more_folds": written("torch/_more_folds.py", moreFolds),
  "torch._more_memory": written("torch/_more_memory.py", moreMemory),
  "torch._more_shapes": written("torch/_more_shapes.py", moreShapes),
  "torch.nn": fillNn,
  "torch.nn.functional": fillFunctional,
  "torch.nn._functional": written("torch/nn/_functional.py", functional),
  "torch.nn.parameter": fillParameter,
  "torch.nn.init": written("torch/nn/init.py", init),
  "torch.nn.utils": written("torch/nn/utils.py", utils),
  "torch.nn._module": written("torch/nn/_module.py", nnModule),
  "torch.nn._activation": written("torch/nn/_activation.py", activation),
  "torch.nn._attention": written("torch/nn/_attention.py", attention),
  "torch.nn._containers": written("torch/nn/_containers.py", containers),
  "torch.nn._convolution": written("torch/nn/_convolution.py", convolution),
  "torch.nn._linear": written("torch/nn/_linear.py", linear),
  "torch.nn._loss": written("torch/nn/_loss.py", loss),
  "torch.nn._normalization": written("torch/nn/_normalization.py", normalization),
  "torch.nn._pooling": written("torch/nn/_pooling.py", pooling),
  "torch.nn._recurrent": written("torch/nn/_recurrent.py", recurrent),
  "torch.optim": written("torch/optim/__init__.py", optim),
  "torch.optim.lr_scheduler": written("torch/optim/lr_scheduler.py", schedules),
  "torch.testing": written("torch/testing.py", testing),
};
