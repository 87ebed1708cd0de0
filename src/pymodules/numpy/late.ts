/** The functions of NumPy that are written in Python, by the module that holds them: loaded when one is first asked for. */
const LATE: Readonly<Record<string, string>> = {
  "numpy._grids":
    "angle append apply_along_axis apply_over_axes base_repr binary_repr block c_ delete diag_indices diag_indices_from diagflat divmod errstate fill_diagonal fix frexp fromfunction frompyfunc geomspace i0 imag index_exp indices insert iscomplex iscomplexobj isfortran isneginf isposinf isreal isrealobj isscalar iterable ix_ ldexp linspace logspace may_share_memory meshgrid mgrid modf nan_to_num ndenumerate ndim ndindex ogrid packbits piecewise place printoptions r_ ravel_multi_index real real_if_close require resize rot90 s_ select shape shares_memory sinc size tril_indices tril_indices_from triu_indices triu_indices_from unpackbits unravel_index vander vectorize",
  "numpy._stats":
    "average bincount corrcoef cov digitize histogram histogram2d histogram_bin_edges histogramdd median nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar percentile quantile",
  "numpy._sets":
    "allclose array_equal array_equiv ediff1d in1d intersect1d isclose isin setdiff1d setxor1d union1d unique",
  "numpy._signal":
    "bartlett blackman convolve correlate cross diff einsum_path gradient hamming hanning interp kron pad poly poly1d polyadd polyder polydiv polyfit polyint polymul polysub polyval roots trapz unwrap",
  "numpy._files":
    "NpzFile fromfile fromstring genfromtxt load loadtxt save savetxt savez savez_compressed",
  "numpy._errors":
    "AxisError ComplexWarning LinAlgError RankWarning TooHardError VisibleDeprecationWarning",
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
