/** The modules that Python programs get over the tensor layer, by their full names; handed to a run, which fills one when it is first imported. */
import type { PyModule } from "../python/objects/module.ts";
import { fillCatuneNative } from "./catune/native.ts";
import { fillSliding } from "./numpy/sliding.ts";
import { fillTorch, fillUtils } from "./torch/index.ts";
import { fillFftNative } from "./numpy/fft.ts";
import { fillNumpy } from "./numpy/index.ts";
import { fillLinalgNative } from "./numpy/linalg/module.ts";
import { fillRandomNative } from "./numpy/random/module.ts";
import { fillAutograd } from "./torch/autograd.ts";
import { fillFunctional } from "./torch/functional/index.ts";
import { fillLinalg } from "./torch/linalg.ts";
import { fillNn, fillParameter } from "./torch/nn/index.ts";
import { written } from "../python/library/written.ts";
import { pytestModules } from "./pytest/modules.ts";
import catune from "./catune/catune.py" with { type: "file" };
import einops from "./einops/einops.py" with { type: "file" };
import einopsLayers from "./einops/layers.py" with { type: "file" };
import jaxtyping from "./jaxtyping.py" with { type: "file" };
import functional from "./torch/functional/more.py" with { type: "file" };
import init from "./torch/nn/init.py" with { type: "file" };
import linalg from "./torch/linalg.py" with { type: "file" };
import more from "./torch/more/index.py" with { type: "file" };
import moreElements from "./torch/more/elements.py" with { type: "file" };
import moreFolds from "./torch/more/folds.py" with { type: "file" };
import moreMemory from "./torch/more/memory.py" with { type: "file" };
import moreShapes from "./torch/more/shapes.py" with { type: "file" };
import activation from "./torch/nn/activation.py" with { type: "file" };
import attention from "./torch/nn/attention.py" with { type: "file" };
import containers from "./torch/nn/containers.py" with { type: "file" };
import autogradFunctional from "./torch/autograd.py" with { type: "file" };
import data from "./torch/utils/data.py" with { type: "file" };
import files from "./torch/utils/files.py" with { type: "file" };
import convolution from "./torch/nn/convolution.py" with { type: "file" };
import linear from "./torch/nn/linear.py" with { type: "file" };
import loss from "./torch/nn/loss.py" with { type: "file" };
import nnModule from "./torch/nn/module.py" with { type: "file" };
import normalization from "./torch/nn/normalization.py" with { type: "file" };
import pooling from "./torch/nn/pooling.py" with { type: "file" };
import recurrent from "./torch/nn/recurrent.py" with { type: "file" };
import numpyErrors from "./numpy/late/errors.py" with { type: "file" };
import numpyFft from "./numpy/late/fft.py" with { type: "file" };
import numpyFiles from "./numpy/late/files.py" with { type: "file" };
import numpySpaces from "./numpy/late/spaces.py" with { type: "file" };
import numpyArranging from "./numpy/late/arranging.py" with { type: "file" };
import numpyQuestions from "./numpy/late/questions.py" with { type: "file" };
import numpyHistograms from "./numpy/late/histograms.py" with { type: "file" };
import numpyPolynomials from "./numpy/late/polynomials.py" with { type: "file" };
import numpyLinalg from "./numpy/linalg/linalg.py" with { type: "file" };
import numpyRandom from "./numpy/random/random.py" with { type: "file" };
import numpySets from "./numpy/late/sets.py" with { type: "file" };
import numpySignal from "./numpy/late/signal.py" with { type: "file" };
import numpyStats from "./numpy/late/stats.py" with { type: "file" };
import numpyStrideTricks from "./numpy/late/stride_tricks.py" with { type: "file" };
import numpyTesting from "./numpy/late/testing.py" with { type: "file" };
import optim from "./torch/optim.py" with { type: "file" };
import random from "./torch/random.py" with { type: "file" };
import schedules from "./torch/schedules.py" with { type: "file" };
import special from "./torch/special.py" with { type: "file" };
import testing from "./torch/testing.py" with { type: "file" };
import utils from "./torch/nn/utils.py" with { type: "file" };

export const pymodules: Readonly<Record<string, (module: PyModule) => void>> = {
  _catune: fillCatuneNative,
  catune: written("catune.py", catune),
  einops: written("einops/__init__.py", einops),
  "einops.layers": () => {},
  "einops.layers.torch": written("einops/layers/torch.py", einopsLayers),
  ...pytestModules,
  jaxtyping: written("jaxtyping.py", jaxtyping),
  numpy: fillNumpy,
  "numpy._errors": written("numpy/_errors.py", numpyErrors),
  "numpy._fft": fillFftNative,
  "numpy._files": written("numpy/_files.py", numpyFiles),
  "numpy._spaces": written("numpy/_spaces.py", numpySpaces),
  "numpy._arranging": written("numpy/_arranging.py", numpyArranging),
  "numpy._questions": written("numpy/_questions.py", numpyQuestions),
  "numpy._histograms": written("numpy/_histograms.py", numpyHistograms),
  "numpy._polynomials": written("numpy/_polynomials.py", numpyPolynomials),
  "numpy._linalg": fillLinalgNative,
  "numpy._random": fillRandomNative,
  "numpy._sets": written("numpy/_sets.py", numpySets),
  "numpy._signal": written("numpy/_signal.py", numpySignal),
  "numpy._sliding": fillSliding,
  "numpy._stats": written("numpy/_stats.py", numpyStats),
  "numpy.fft": written("numpy/fft.py", numpyFft),
  "numpy.lib": (module) => void module.set("__path__", "numpy/lib"),
  "numpy.lib.stride_tricks": written("numpy/lib/stride_tricks.py", numpyStrideTricks),
  "numpy.linalg": written("numpy/linalg.py", numpyLinalg),
  "numpy.random": written("numpy/random.py", numpyRandom),
  "numpy.testing": written("numpy/testing.py", numpyTesting),
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
