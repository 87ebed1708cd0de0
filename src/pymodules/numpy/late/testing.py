"""`numpy.testing`: assertions about arrays, in NumPy's words."""
import numpy as np
from numpy import isnan, isinf


def _header(names, x, y, err_msg, header, verbose, precision=8):
    lines = ["\n" + header]
    if err_msg:
        if err_msg.find("\n") == -1 and len(err_msg) < 79 - len(header):
            lines = [lines[0] + " " + err_msg]
        else:
            lines.append(err_msg)
    if verbose:
        for name, one in zip(names, (x, y)):
            text = np.array_repr(one, precision=precision) if isinstance(one, np.ndarray) else repr(one)
            if text.count("\n") > 3:
                text = "\n".join(text.splitlines()[:3]) + "..."
            lines.append(f" {name}: {text}")
    return "\n".join(lines)


def build_err_msg(arrays, err_msg, header="Items are not equal:", verbose=True, names=("ACTUAL", "DESIRED"), precision=8):
    return _header(names, arrays[0], arrays[1], str(err_msg), header, verbose, precision)


def _compare(comparison, x, y, err_msg="", verbose=True, header="", precision=6, equal_nan=True, equal_inf=True, strict=False):
    ox, oy = x, y
    x, y = np.asanyarray(x), np.asanyarray(y)

    def fail(where):
        raise AssertionError(_header(("x", "y"), ox if isinstance(ox, np.ndarray) else x, oy if isinstance(oy, np.ndarray) else y, err_msg + where, header, verbose, precision))

    same = x.shape == y.shape and x.dtype == y.dtype if strict else x.shape == () or y.shape == () or x.shape == y.shape
    if not same:
        if strict and x.shape == y.shape:
            fail(f"\n(dtypes {x.dtype}, {y.dtype} mismatch)")
        fail(f"\n(shapes {x.shape}, {y.shape} mismatch)")

    def agree(of, word):
        a, b = of(x), of(y)
        if not np.all(a == b):
            fail(f"\nx and y {word} location mismatch:")
        return a | b

    skip = None
    if x.dtype.kind in "fc" or y.dtype.kind in "fc":
        skip = np.zeros(np.broadcast_shapes(x.shape, y.shape), dtype=bool)
        if equal_nan:
            skip = skip | agree(isnan, "nan")
        if equal_inf:
            skip = skip | agree(lambda one: one == +np.inf, "+inf") | agree(lambda one: one == -np.inf, "-inf")
    x, y = np.broadcast_arrays(x, y)
    if skip is not None and np.ndim(skip) and np.any(skip):
        x, y = x[~skip], y[~skip]
    elif skip is not None and np.ndim(skip) == 0 and skip:
        return
    if x.size == 0:
        return
    result = comparison(x, y)
    good = result if isinstance(result, (bool, np.bool_)) else np.all(result)
    if good:
        return
    result = np.asarray(result)
    bad = np.count_nonzero(~result)
    remarks = [f"Mismatched elements: {bad} / {result.size} ({100 * bad / result.size:.3g}%)"]
    if x.dtype.kind != "b":
        error = abs(x - y)
        largest = error.max()
        remarks.append("Max absolute difference: " + np.array2string(np.asarray(largest)))
        nonzero = (y != 0).astype(bool)
        if np.any(nonzero):
            relative = (error[nonzero] / abs(y[nonzero])).max()
        else:
            relative = np.inf if y.dtype.kind != "f" else np.array(np.inf)[()]
        remarks.append("Max relative difference: " + np.array2string(np.asarray(relative)))
    fail("\n" + "\n".join(remarks))


def assert_array_equal(x, y, err_msg="", verbose=True, *, strict=False):
    _compare(lambda a, b: a == b, x, y, err_msg=err_msg, verbose=verbose, header="Arrays are not equal", strict=strict)


def assert_array_almost_equal(x, y, decimal=6, err_msg="", verbose=True):
    def close(a, b):
        return abs(a - b) < 1.5 * 10.0 ** (-decimal)

    _compare(close, x, y, err_msg=err_msg, verbose=verbose, header=f"Arrays are not almost equal to {decimal} decimals", precision=decimal)


def assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg="", verbose=True):
    def close(a, b):
        return np.isclose(a, b, rtol=rtol, atol=atol, equal_nan=equal_nan)

    header = f"Not equal to tolerance rtol={rtol:g}, atol={atol:g}"
    _compare(close, actual, desired, err_msg=str(err_msg), verbose=verbose, header=header, equal_nan=equal_nan)


def assert_array_less(x, y, err_msg="", verbose=True):
    _compare(lambda a, b: a < b, x, y, err_msg=err_msg, verbose=verbose, header="Arrays are not less-ordered", equal_inf=False)


def assert_equal(actual, desired, err_msg="", verbose=True):
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for key in desired:
            if key not in actual:
                raise AssertionError(repr(key))
            assert_equal(actual[key], desired[key], f"key={key!r}\n{err_msg}", verbose)
        return
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for k in range(len(desired)):
            assert_equal(actual[k], desired[k], f"item={k!r}\n{err_msg}", verbose)
        return
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        return assert_array_equal(actual, desired, err_msg, verbose)
    message = build_err_msg([actual, desired], err_msg, verbose=verbose)
    try:
        if isnan(actual) and isnan(desired):
            return
        if isnan(actual) or isnan(desired):
            raise AssertionError(message)
        if actual == 0 and desired == 0 and np.signbit(actual) != np.signbit(desired):
            raise AssertionError(message)
    except (TypeError, ValueError, NotImplementedError):
        pass
    if not (desired == actual):
        raise AssertionError(message)


def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    if isinstance(actual, (np.ndarray, tuple, list)) or isinstance(desired, (np.ndarray, tuple, list)):
        return assert_array_almost_equal(actual, desired, decimal, err_msg)
    message = build_err_msg([actual, desired], err_msg, verbose=verbose, header=f"Arrays are not almost equal to {decimal} decimals")
    if not (np.isfinite(desired) and np.isfinite(actual)):
        if isnan(desired) or isnan(actual):
            if not (isnan(desired) and isnan(actual)):
                raise AssertionError(message)
        elif not desired == actual:
            raise AssertionError(message)
        return
    if abs(desired - actual) >= np.float64(1.5 * 10.0 ** (-decimal)):
        raise AssertionError(message)


def assert_approx_equal(actual, desired, significant=7, err_msg="", verbose=True):
    actual, desired = float(actual), float(desired)
    if desired == actual:
        return
    scale = 10 ** np.floor(np.log10(0.5 * (abs(desired) + abs(actual))))
    message = build_err_msg([actual, desired], err_msg, header=f"Items are not equal to {significant} significant digits:", verbose=verbose)
    if abs(desired / scale - actual / scale) >= 10.0 ** -(significant - 1):
        raise AssertionError(message)


def assert_(val, msg=""):
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def assert_raises(exception_class, *args, **kwargs):
    import unittest

    return unittest.TestCase().assertRaises(exception_class, *args, **kwargs)


def assert_raises_regex(exception_class, expected_regexp, *args, **kwargs):
    import unittest

    return unittest.TestCase().assertRaisesRegex(exception_class, expected_regexp, *args, **kwargs)


def assert_string_equal(actual, desired):
    if actual != desired:
        raise AssertionError(f"Differences in strings:\n- {actual}\n+ {desired}")


def assert_array_max_ulp(a, b, maxulp=1, dtype=None):
    ulp = np.abs(np.asarray(a) - np.asarray(b)) / np.spacing(np.maximum(np.abs(a), np.abs(b)))
    if not np.all(ulp <= maxulp):
        raise AssertionError(f"Arrays are not almost equal up to {maxulp:g} ULP (max difference is {np.max(ulp):g} ULP)")
    return ulp
