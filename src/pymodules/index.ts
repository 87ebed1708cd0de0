/** The modules that Python programs get over the tensor layer, by their full names; handed to a run, which fills one when it is first imported. */
import type { Natives } from "../python/run.ts";
import { fillCatuneNative } from "./catune/native.ts";
import { written } from "../python/library/written.ts";
import { pytestModules } from "./pytest/modules.ts";
import { numpyModules } from "./numpy/modules.ts";
import { torchModules } from "./torch/modules.ts";
import catune from "./catune/catune.py" with { type: "file" };
import einops from "./einops/einops.py" with { type: "file" };
import einopsLayers from "./einops/layers.py" with { type: "file" };
import jaxtyping from "./jaxtyping.py" with { type: "file" };

export const pymodules: Natives = {
  _catune: fillCatuneNative,
  catune: written("catune.py", catune),
  einops: written("einops/__init__.py", einops),
  "einops.layers": () => {},
  "einops.layers.torch": written("einops/layers/torch.py", einopsLayers),
  ...pytestModules,
  jaxtyping: written("jaxtyping.py", jaxtyping),
  ...numpyModules,
  ...torchModules,
};
