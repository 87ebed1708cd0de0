/** The modules that Python programs get over the tensor layer, by their full names; handed to a run, which fills one when it is first imported. */
import type { PyModule } from "../python/objects/module.ts";
import { fillFftNative } from "./numpy/fft.ts";
import { fillNumpy } from "./numpy/index.ts";
import { fillLinalgNative } from "./numpy/linalg/module.ts";
import { fillRandomNative } from "./numpy/random/module.ts";
import { fillTorch } from "./torch/index.ts";
import { fillAutograd } from "./torch/autograd.ts";
import { fillFunctional } from "./torch/functional.ts";
import { fillLinalg } from "./torch/matrices.ts";
import { fillNn, fillParameter } from "./torch/nn.ts";
import { written } from "../python/library/written.ts";
import { pytestModules } from "./pytest/modules.ts";
import einops from "./einops/einops.py" with { type: "file" };
import einopsLayers from "./einops/layers.py" with { type: "file" };
import jaxtyping from "./jaxtyping.py" with { type: "file" };
import init from "./torch/init.py" with { type: "file" };
import layers from "./torch/layers.py" with { type: "file" };
import nnModule from "./torch/module.py" with { type: "file" };
import numpyErrors from "./numpy/late/errors.py" with { type: "file" };
import numpyFft from "./numpy/late/fft.py" with { type: "file" };
import numpyFiles from "./numpy/late/files.py" with { type: "file" };
import numpyGrids from "./numpy/late/grids.py" with { type: "file" };
import numpyLinalg from "./numpy/linalg/linalg.py" with { type: "file" };
import numpyRandom from "./numpy/random/random.py" with { type: "file" };
import numpySets from "./numpy/late/sets.py" with { type: "file" };
import numpySignal from "./numpy/late/signal.py" with { type: "file" };
import numpyStats from "./numpy/late/stats.py" with { type: "file" };
import numpyTesting from "./numpy/late/testing.py" with { type: "file" };
import optim from "./torch/optim.py" with { type: "file" };
import schedules from "./torch/schedules.py" with { type: "file" };
import testing from "./torch/testing.py" with { type: "file" };
import utils from "./torch/utils.py" with { type: "file" };

export const pymodules: Readonly<Record<string, (module: PyModule) => void>> = {
  einops: written("einops/__init__.py", einops),
  "einops.layers": () => {},
  "einops.layers.torch": written("einops/layers/torch.py", einopsLayers),
  ...pytestModules,
  jaxtyping: written("jaxtyping.py", jaxtyping),
  numpy: fillNumpy,
  "numpy._errors": written("numpy/_errors.py", numpyErrors),
  "numpy._fft": fillFftNative,
  "numpy._files": written("numpy/_files.py", numpyFiles),
  "numpy._grids": written("numpy/_grids.py", numpyGrids),
  "numpy._linalg": fillLinalgNative,
  "numpy._random": fillRandomNative,
  "numpy._sets": written("numpy/_sets.py", numpySets),
  "numpy._signal": written("numpy/_signal.py", numpySignal),
  "numpy._stats": written("numpy/_stats.py", numpyStats),
  "numpy.fft": written("numpy/fft.py", numpyFft),
  "numpy.linalg": written("numpy/linalg.py", numpyLinalg),
  "numpy.random": written("numpy/random.py", numpyRandom),
  "numpy.testing": written("numpy/testing.py", numpyTesting),
  torch: fillTorch,
  "torch.autograd": fillAutograd,
  "torch.linalg": fillLinalg,
  "torch.nn": fillNn,
  "torch.nn.functional": fillFunctional,
  "torch.nn.parameter": fillParameter,
  "torch.nn.init": written("torch/nn/init.py", init),
  "torch.nn.utils": written("torch/nn/utils.py", utils),
  "torch.nn._module": written("torch/nn/_module.py", nnModule),
  "torch.nn._layers": written("torch/nn/_layers.py", layers),
  "torch.optim": written("torch/optim/__init__.py", optim),
  "torch.optim.lr_scheduler": written("torch/optim/lr_scheduler.py", schedules),
  "torch.testing": written("torch/testing.py", testing),
};
