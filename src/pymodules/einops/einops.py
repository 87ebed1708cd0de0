"""`einops`: dims by their names."""
import _einops
import torch


class EinopsError(RuntimeError):
    """What is wrong with a pattern, or with it and a shape together."""


def _axes(side):
    return [word for word in side.replace("(", " ").replace(")", " ").split()]


def _check(kind, pattern, lengths):
    if not isinstance(pattern, str):
        raise EinopsError(f"Pattern must be a string, not {type(pattern).__name__}")
    if pattern.count("->") != 1:
        return None
    left, right = (_axes(side) for side in pattern.split("->"))
    for side in (left, right):
        for axis in side:
            if side.count(axis) > 1 and not axis.isdecimal():
                return f'Indexing expression contains duplicate dimension "{axis}"'
    named = lambda side: {a for a in side if not a.isdecimal()}
    only_left, only_right = named(left) - named(right), named(right) - named(left)
    if kind == "rearrange" and (only_left or only_right):
        return f"Identifiers only on one side of expression (should be on both): {only_left | only_right}"
    if kind == "reduce" and only_right:
        return f"Unexpected identifiers on the right side of reduce {right}: {only_right}"
    if kind == "repeat":
        if only_left:
            return f"Unexpected identifiers on the left side of repeat: {only_left}"
        unknown = only_right - set(lengths)
        if unknown:
            return f"Specify sizes for new axes in repeat: {unknown}"
    for name in lengths:
        if name not in left and name not in right:
            return f"Axis {name} is not used in transform"
    return None


def _shape_trouble(pattern, shape, lengths):
    """Says which dim does not fit, in the words of einops; None when all do."""
    left = pattern.split("->")[0]
    groups, inside = [], None
    for word in left.replace("(", " ( ").replace(")", " ) ").split():
        if word == "(":
            inside = []
        elif word == ")":
            groups.append(inside)
            inside = None
        elif inside is None:
            groups.append([word])
        else:
            inside.append(word)
    dots = any("..." in group for group in groups)
    if not dots and len(groups) != len(shape):
        return f"Wrong shape: expected {len(groups)} dims. Received {len(shape)}-dim tensor."
    if dots:
        if len(groups) - 1 > len(shape):
            return f"Wrong shape: expected >={len(groups) - 1} dims. Received {len(shape)}-dim tensor."
        at = next(i for i, group in enumerate(groups) if "..." in group)
        groups[at:at + 1] = [None] * (len(shape) - len(groups) + 1)
    for group, size in zip(groups, shape):
        if group is None:
            continue
        known, unknown = 1, []
        for axis in group:
            length = int(axis) if axis.isdecimal() else lengths.get(axis)
            if length is None:
                unknown.append(axis)
            else:
                known *= length
        if len(unknown) > 1:
            return f"Could not infer sizes for {set(unknown)}"
        if not unknown and known != size:
            return f"Shape mismatch, {size} != {known}"
        if unknown and (known == 0 or size % known != 0):
            return f"Shape mismatch, can't divide axis of length {size} in chunks of {known}"
    return None


def _apply(kind, tensor, pattern, reduction, lengths):
    trouble = _check(kind, pattern, lengths)
    listed = isinstance(tensor, (list, tuple))
    if trouble is None:
        try:
            return _einops.apply(kind, tensor, pattern, reduction, lengths)
        except RuntimeError as error:
            trouble = str(error)
            if not listed and "->" in pattern and hasattr(tensor, "shape"):
                trouble = _shape_trouble(pattern, tensor.shape, lengths) or trouble
    where = "Input is list. " if listed else f"Input tensor shape: {getattr(tensor, 'shape', None)}. "
    raise EinopsError(
        f' Error while processing {reduction}-reduction pattern "{pattern}".\n {where}Additional info: {lengths}.\n {trouble}'
    ) from None


def rearrange(tensor, pattern, **axes_lengths):
    return _apply("rearrange", tensor, pattern, "rearrange", axes_lengths)


def repeat(tensor, pattern, **axes_lengths):
    return _apply("repeat", tensor, pattern, "repeat", axes_lengths)


def reduce(tensor, pattern, reduction, **axes_lengths):
    if reduction not in ("min", "max", "sum", "mean", "prod"):
        raise NotImplementedError(f"Unknown reduction {reduction}. Expect one of ('min', 'max', 'sum', 'mean', 'prod').")
    return _apply("reduce", tensor, pattern, reduction, axes_lengths)


def einsum(*tensors_and_pattern):
    if not tensors_and_pattern:
        raise TypeError("`einops.einsum` takes at minimum two arguments: the tensors (at least one), followed by the pattern.")
    *tensors, pattern = tensors_and_pattern
    if not isinstance(pattern, str):
        raise TypeError(
            "The last argument passed to `einops.einsum` must be a string, representing the einsum pattern."
        )
    if "->" not in pattern:
        raise ValueError("Einsum pattern must contain '->'.")
    if not tensors:
        raise TypeError("`einops.einsum` takes at minimum two arguments: the tensors (at least one), followed by the pattern.")
    letters = {}
    free = iter("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def short(side):
        text = ""
        for axis in side.split():
            if axis == "...":
                text += axis
            elif "(" in axis or ")" in axis or not axis.isidentifier():
                raise NotImplementedError("Shape rearrangement is not yet supported in einsum.")
            else:
                if axis not in letters:
                    letters[axis] = next(free)
                text += letters[axis]
        return text

    left, right = pattern.split("->")
    return torch.einsum(",".join(short(side) for side in left.split(",")) + "->" + short(right), *tensors)


def parse_shape(x, pattern):
    names = pattern.split()
    if "..." in names:
        at = names.index("...")
        names[at:at + 1] = ["_"] * (len(x.shape) - len(names) + 1)
    if len(names) != len(x.shape):
        raise RuntimeError(f"Can't parse shape with different number of dimensions: {pattern} {x.shape}")
    found = {}
    for name, size in zip(names, x.shape):
        if name.isdecimal():
            if int(name) != size:
                raise RuntimeError(f"Length of anonymous axis does not match: {pattern} {x.shape}")
        elif name != "_":
            found[name] = size
    return found


def _packing(pattern, what):
    axes = pattern.split()
    if len(axes) != len(set(axes)):
        raise EinopsError(f'Duplicates in axes names in {what}(..., "{pattern}")')
    if "*" not in axes:
        raise EinopsError(f'No *-axis in {what}(..., "{pattern}")')
    before = axes.index("*")
    return before, len(axes) - before - 1


def pack(tensors, pattern):
    before, after = _packing(pattern, "pack")
    shapes, flat = [], []
    for i, tensor in enumerate(tensors):
        shape = tuple(tensor.shape)
        if len(shape) < before + after:
            raise EinopsError(
                f"packed tensor #{i} (enumeration starts with 0) has shape {shape}, "
                f"while pattern {pattern} assumes at least {before + after} axes"
            )
        end = len(shape) - after
        shapes.append(torch.Size(shape[before:end]))
        flat.append(tensor.reshape(*shape[:before], -1, *shape[end:]))
    return torch.cat(flat, before), shapes


def unpack(tensor, packed_shapes, pattern):
    before, after = _packing(pattern, "unpack")
    if tensor.dim() != before + 1 + after:
        raise EinopsError(f"unpack(..., {pattern}) received input of wrong dim with shape {tensor.shape}")
    sizes = []
    for shape in packed_shapes:
        size = 1
        for length in shape:
            size *= length
        sizes.append(size)
    if any(size < 0 for size in sizes):
        free = [i for i, size in enumerate(sizes) if size < 0]
        if len(free) > 1:
            raise EinopsError(f'unpack(..., "{pattern}") received more than one -1 in {packed_shapes} and can\'t infer dimensions')
        rest = tensor.shape[before] - sum(size for size in sizes if size >= 0)
        sizes[free[0]] = rest
    if sum(sizes) != tensor.shape[before]:
        raise EinopsError(
            f'Error during unpack(..., "{pattern}"): could not split axis of size {tensor.shape[before]} into requested {packed_shapes}'
        )
    parts = tensor.split(sizes, before)
    shape = tensor.shape
    return [
        part.reshape(*shape[:before], *(length if length != -1 else -1 for length in own), *shape[before + 1:])
        for part, own in zip(parts, packed_shapes)
    ]


def asnumpy(tensor):
    return tensor.detach().numpy()
