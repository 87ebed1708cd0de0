/** The functions of NumPy that are written in Python, by the module that holds them: loaded when one is first asked for. */
const LATE: Readonly<Record<string, string>> = {
  "numpy._errors":
    "AxisError ComplexWarning LinAlgError RankWarning TooHardError VisibleDeprecationWarning",
  "numpy._files":
    "NpzFile fromfile fromstring genfromtxt load loadtxt save savetxt savez savez_compressed",
  "numpy._spaces":
    "c_ diag_indices diag_indices_from diagflat fill_diagonal fromfunction geomspace index_exp indices ix_ linspace logspace meshgrid mgrid ndenumerate ndindex ogrid r_ ravel_multi_index s_ tril_indices tril_indices_from triu_indices triu_indices_from unravel_index vander",
  "numpy._arranging":
    "append apply_along_axis apply_over_axes block delete frompyfunc insert piecewise place resize rot90 select vectorize",
  "numpy._questions":
    "angle base_repr binary_repr divmod errstate fix frexp i0 imag iscomplex iscomplexobj isfortran isneginf isposinf isreal isrealobj isscalar iterable ldexp may_share_memory modf nan_to_num ndim packbits printoptions real real_if_close require shape shares_memory sinc size unpackbits",
  "numpy._histograms": "bincount digitize histogram histogram2d histogram_bin_edges histogramdd",
  "numpy._sets":
    "allclose array_equal array_equiv ediff1d in1d intersect1d isclose isin setdiff1d setxor1d union1d unique",
  "numpy._signal":
    "bartlett blackman convolve correlate cross diff einsum_path gradient hamming hanning interp kron pad trapz unwrap",
  "numpy._polynomials":
    "poly poly1d polyadd polyder polydiv polyfit polyint polymul polysub polyval roots",
  "numpy._stats":
    "average corrcoef cov median nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar percentile quantile",
};

let lateNames: Map<string, string> | undefined;

/** Which module holds a function that is written in Python. */
export function lateModule(name: string): string | undefined {
  if (lateNames === undefined) {
    lateNames = new Map();
    for (const module in LATE)
      for (const one of LATE[module]!.split(" ")) lateNames.set(one, module);
  }
  return lateNames.get(name);
}
