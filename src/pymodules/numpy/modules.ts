/** NumPy's modules, by their names. */
import { written } from "../../python/library/written.ts";
import type { Natives } from "../../python/run.ts";
import { fillSliding } from "./sliding.ts";
import { fillFftNative } from "./fft.ts";
import { fillNumpy } from "./index.ts";
import { fillLinalgNative } from "./linalg/module.ts";
import { fillRandomNative } from "./random/module.ts";
import arranging from "./late/arranging.py" with { type: "file" };
import errors from "./late/errors.py" with { type: "file" };
import fft from "./late/fft.py" with { type: "file" };
import files from "./late/files.py" with { type: "file" };
import histograms from "./late/histograms.py" with { type: "file" };
import linalg from "./linalg/linalg.py" with { type: "file" };
import polynomials from "./late/polynomials.py" with { type: "file" };
import questions from "./late/questions.py" with { type: "file" };
import random from "./random/random.py" with { type: "file" };
import sets from "./late/sets.py" with { type: "file" };
import signal from "./late/signal.py" with { type: "file" };
import spaces from "./late/spaces.py" with { type: "file" };
import stats from "./late/stats.py" with { type: "file" };
import strideTricks from "./late/stride_tricks.py" with { type: "file" };
import testing from "./late/testing.py" with { type: "file" };

export const numpyModules: Natives = {
  numpy: fillNumpy,
  "numpy._errors": written("numpy/_errors.py", errors),
  "numpy._fft": fillFftNative,
  "numpy._files": written("numpy/_files.py", files),
  "numpy._spaces": written("numpy/_spaces.py", spaces),
  "numpy._arranging": written("numpy/_arranging.py", arranging),
  "numpy._questions": written("numpy/_questions.py", questions),
  "numpy._histograms": written("numpy/_histograms.py", histograms),
  "numpy._polynomials": written("numpy/_polynomials.py", polynomials),
  "numpy._linalg": fillLinalgNative,
  "numpy._random": fillRandomNative,
  "numpy._sets": written("numpy/_sets.py", sets),
  "numpy._signal": written("numpy/_signal.py", signal),
  "numpy._sliding": fillSliding,
  "numpy._stats": written("numpy/_stats.py", stats),
  "numpy.fft": written("numpy/fft.py", fft),
  "numpy.lib": (module) => module.set("__path__", "numpy/lib"),
  "numpy.lib.stride_tricks": written("numpy/lib/stride_tricks.py", strideTricks),
  "numpy.linalg": written("numpy/linalg.py", linalg),
  "numpy.random": written("numpy/random.py", random),
  "numpy.testing": written("numpy/testing.py", testing),
};
