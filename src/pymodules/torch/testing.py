"""`torch.testing`."""
from types import MappingProxyType

import torch

# Nobody makes them wider for somebody else.
_TOLERANCES = MappingProxyType({
    torch.float16: (1e-3, 1e-5),
    torch.float32: (1.3e-6, 1e-5),
    torch.float64: (1e-7, 1e-7),
})


def _shown(value):
    return f"{value}"


def assert_close(actual, expected, *, allow_subclasses=True, rtol=None, atol=None, equal_nan=False,
                 check_device=True, check_dtype=True, check_layout=True, check_stride=False, msg=None):
    """Raises an AssertionError that says how far the tensors are apart."""
    _compare(actual, expected, rtol, atol, equal_nan, check_dtype, msg, "")


def _compare(actual, expected, rtol, atol, equal_nan, check_dtype, msg, place):
    if isinstance(actual, (list, tuple)) and isinstance(expected, (list, tuple)):
        if len(actual) != len(expected):
            raise AssertionError(f"The length of the sequences mismatch: {len(actual)} != {len(expected)}")
        for i, (a, b) in enumerate(zip(actual, expected)):
            _compare(a, b, rtol, atol, equal_nan, check_dtype, msg, f"{place}[{i}]")
        return
    if isinstance(actual, dict) and isinstance(expected, dict):
        if set(actual) != set(expected):
            raise AssertionError(
                "The keys of the mappings do not match:\n"
                f"Missing keys in the actual mapping: {sorted(set(expected) - set(actual))}\n"
                f"Additional keys in the actual mapping: {sorted(set(actual) - set(expected))}"
            )
        for key in actual:
            _compare(actual[key], expected[key], rtol, atol, equal_nan, check_dtype, msg, f"{place}['{key}']")
        return
    number = not isinstance(actual, torch.Tensor) and not isinstance(expected, torch.Tensor)
    if number:
        if not isinstance(actual, (int, float, bool)) or not isinstance(expected, (int, float, bool)):
            raise TypeError(
                f"No comparison pair was able to handle inputs of type {type(actual)} and {type(expected)}."
            )
        if check_dtype and type(actual) is not type(expected):
            raise AssertionError(f"The (d)types do not match: {type(actual)} != {type(expected)}.")
        actual, expected = torch.tensor(actual, dtype=torch.float64), torch.tensor(expected, dtype=torch.float64)
    elif not isinstance(actual, torch.Tensor) or not isinstance(expected, torch.Tensor):
        raise TypeError(
            f"No comparison pair was able to handle inputs of type {type(actual)} and {type(expected)}."
        )
    where = f"\n\nThe failure occurred for item {place}" if place else ""
    if (rtol is None) != (atol is None):
        raise ValueError(
            "Both 'rtol' and 'atol' must be either specified or unspecified, "
            f"but got no {'rtol' if rtol is None else 'atol'}."
        )

    def fail(text):
        raise AssertionError((msg(text + where) if callable(msg) else msg) if msg is not None else text + where)

    if actual.shape != expected.shape:
        fail(f"The values for attribute 'shape' do not match: {actual.shape} != {expected.shape}.")
    if check_dtype and actual.dtype != expected.dtype:
        fail(f"The values for attribute 'dtype' do not match: {actual.dtype} != {expected.dtype}.")
    if rtol is None:
        pairs = [_TOLERANCES.get(t.dtype, (0.0, 0.0)) for t in (actual, expected)]
        rtol = max(p[0] for p in pairs)
        atol = max(p[1] for p in pairs)
    _equal(actual.detach(), expected.detach(), rtol, atol, equal_nan, number, fail)


def _equal(actual, expected, rtol, atol, equal_nan, number, fail):
    dtype = torch.promote_types(actual.dtype, expected.dtype)
    actual, expected = actual.to(dtype), expected.to(dtype)
    if dtype.is_floating_point:
        same = torch.isclose(actual, expected, rtol=rtol, atol=atol, equal_nan=equal_nan)
    else:
        same = actual == expected
    if bool(same.all()):
        return
    kind = "Scalars" if actual.dim() == 0 else "Tensor-likes"
    close = "equal" if rtol == 0 and atol == 0 else "close"
    if actual.dim() == 0:
        a, b = actual.item(), expected.item()
        if isinstance(a, bool):
            return fail(f"Booleans mismatch: {a} is not {b}") if number else fail(f"Scalars are not equal!\n\nExpected {b} but got {a}.\nAbsolute difference: {abs(int(a) - int(b))}\nRelative difference: {_ratio(int(a), int(b))}")
        text = f"Scalars are not {close}!\n\nExpected {b} but got {a}.\nAbsolute difference: {abs(a - b)}"
        text += "\n" if close == "equal" else f" (up to {atol} allowed)\n"
        text += f"Relative difference: {_ratio(a, b)}"
        return fail(text if close == "equal" else text + f" (up to {rtol} allowed)")
    wrong = ~same
    count = int(wrong.sum())
    total = actual.numel()
    apart = (actual.double() - expected.double()).abs()
    apart = torch.where(same, torch.zeros_like(apart), apart)
    ratio = apart / expected.double().abs()
    ratio = torch.where(same, torch.zeros_like(ratio), ratio)
    text = f"Tensor-likes are not {close}!\n\nMismatched elements: {count} / {total} ({count / total:.1%})\n"
    most, least = apart, ratio
    if not dtype.is_floating_point:
        most, least = apart.long(), ratio
    for name, values, limit in (("absolute", most, atol), ("relative", least, rtol)):
        at = int(values.argmax())
        value = values.reshape(-1)[at].item()
        place = []
        for size in reversed(actual.shape):
            place.insert(0, at % size)
            at //= size
        place = tuple(place)
        text += f"Greatest {name} difference: {value} at index {place}"
        text += "\n" if close == "equal" else f" (up to {limit} allowed)\n"
    fail(text[:-1])


def _ratio(a, b):
    return abs(a - b) / abs(b) if b else float("inf")
