"""`einops`: dims by their names, on tensors of torch and arrays of numpy alike (A. Rogozhnikov, Einops, ICLR 2022).

A pattern becomes a plan, which is kept: how the dims are split, which are folded, their new order, which are
added, and how the dims are joined. Errors are worded as those of einops 0.8."""
import sys

__version__ = "0.8.1+kata"

REDUCTIONS = ("min", "max", "sum", "mean", "prod", "any", "all")
_DOTS = "…"


class EinopsError(RuntimeError):
    """What is wrong with a pattern, or with it and a shape together."""


class _Number:
    """A dim that is named by its size alone; two of them are never the same."""

    def __init__(self, text):
        self.value = int(text)
        if self.value < 1:
            raise EinopsError(f"Anonymous axis should have positive length, not {self.value}")

    def __repr__(self):
        return f"{self.value}-axis"


def _why_no_name(name, underscore=False):
    if not name.isidentifier():
        return "not a valid python identifier"
    if name[0] == "_" or name[-1] == "_":
        return None if underscore and name == "_" else "axis name should should not start or end with underscore"
    return None


class _Side:
    """One side of a pattern: `groups` of names and numbers, or the dots, and the set of what is named."""

    def __init__(self, text, underscore=False, repeats=False):
        self.groups, self.names = [], set()
        self.dots = self.dots_inside = self.numbers = False
        if "." in text:
            if "..." not in text:
                raise EinopsError("Expression may contain dots only inside ellipsis (...)")
            if text.count("...") != 1 or text.count(".") != 3:
                raise EinopsError("Expression may contain dots only inside ellipsis (...); only one ellipsis for tensor ")
            text = text.replace("...", _DOTS)
            self.dots = True
        inside, word = None, ""
        for letter in text + " ":
            if letter.isalnum() or letter in ("_", _DOTS):
                word += letter
                continue
            if letter not in " ()":
                raise EinopsError(f"Unknown character '{letter}'")
            if word:
                self._add(word, inside, underscore, repeats)
                word = ""
            if letter == "(":
                if inside is not None:
                    raise EinopsError("Axis composition is one-level (brackets inside brackets not allowed)")
                inside = []
            elif letter == ")":
                if inside is None:
                    raise EinopsError("Brackets are not balanced")
                self.groups.append(inside)
                inside = None
        if inside is not None:
            raise EinopsError(f'Imbalanced parentheses in expression: "{text}"')

    def _add(self, word, inside, underscore, repeats):
        if word in self.names and not (underscore and word == "_") and not repeats:
            raise EinopsError(f'Indexing expression contains duplicate dimension "{word}"')
        if word == _DOTS:
            self.names.add(word)
            self.dots_inside = inside is not None
            if inside is None:
                self.groups.append(_DOTS)
            else:
                inside.append(word)
            return
        if word.isdecimal():
            if int(word) == 1:
                if inside is None:
                    self.groups.append([])
                return
            word = _Number(word)
            self.numbers = True
        else:
            why = _why_no_name(word, underscore)
            if why is not None:
                raise EinopsError(f"Invalid axis identifier: {word}\n{why}")
        self.names.add(word)
        if inside is None:
            self.groups.append([word])
        else:
            inside.append(word)

    def expanded(self, count):
        """The groups with so many dims in the place of the dots."""
        dots = [f"{_DOTS}{i}" for i in range(count)]
        groups = []
        for group in self.groups:
            if group == _DOTS:
                groups += [[one] for one in dots]
            else:
                groups.append([name for one in group for name in (dots if one == _DOTS else [one])])
        return groups


class _Plan:
    """What a pattern does to tensors of so many dims."""

    def __init__(self, pattern, operation, given, ndim):
        left_text, right_text = pattern.split("->")
        left, right = _Side(left_text), _Side(right_text)
        if not left.dots and right.dots:
            raise EinopsError(f"Ellipsis found in right side, but not left side of a pattern {pattern}")
        if left.dots and left.dots_inside:
            raise EinopsError(f"Ellipsis inside parenthesis in the left side is not allowed: {pattern}")
        _agree(left, right, operation, given)
        count = 0
        if left.dots:
            others = len(left.groups) - 1
            if ndim < others:
                raise EinopsError(f"Wrong shape: expected >={others} dims. Received {ndim}-dim tensor.")
            count = ndim - others
        elif ndim != len(left.groups):
            raise EinopsError(f"Wrong shape: expected {len(left.groups)} dims. Received {ndim}-dim tensor.")
        self.inputs, self.outputs = left.expanded(count), right.expanded(count)
        self.split = [name for group in self.inputs for name in group]
        wanted = [name for group in self.outputs for name in group]
        self.folded = [i for i, name in enumerate(self.split) if name not in wanted]
        kept = [name for name in self.split if name in wanted]
        self.order = [kept.index(name) for name in wanted if name in kept]
        self.added = [(i, name) for i, name in enumerate(wanted) if name not in kept]
        known = {name: name.value for name in self.split + wanted if isinstance(name, _Number)}
        for name in given:
            if _why_no_name(name) is not None:
                raise EinopsError("Invalid name for an axis", name)
            if name not in self.split and name not in wanted:
                raise EinopsError(f"Axis {name} is not used in transform")
        for group in self.inputs:
            unknown = {name for name in group if name not in known and name not in given}
            if len(unknown) > 1:
                raise EinopsError(f"Could not infer sizes for {unknown}")
        self.known = known

    def sizes(self, shape, lengths):
        """The size of each name. @raises EinopsError where the shape has no room for them."""
        sizes = {**self.known, **lengths}
        for group, length in zip(self.inputs, shape):
            product, unknown = 1, None
            for name in group:
                if name in sizes:
                    product *= sizes[name]
                else:
                    unknown = name
            if unknown is None:
                if length != product:
                    raise EinopsError(f"Shape mismatch, {length} != {product}")
            elif len(group) == 1:
                sizes[unknown] = length
            else:
                if length % product != 0:
                    raise EinopsError(f"Shape mismatch, can't divide axis of length {length} in chunks of {product}")
                sizes[unknown] = length // product
        return sizes

    def run(self, x, operation, lengths):
        shape = tuple(x.shape)
        sizes = self.sizes(shape, lengths)
        arrays = _is_array(x)
        split = tuple(sizes[name] for name in self.split)
        if split != shape:
            x = x.reshape(split)
        if self.folded:
            x = _fold(x, operation, tuple(self.folded), arrays)
        if self.order != sorted(self.order):
            x = x.transpose(self.order) if arrays else x.permute(self.order)
        if self.added:
            wide = list(x.shape)
            for place, _ in self.added:
                wide.insert(place, 1)
            x = x.reshape(wide)
            for place, name in self.added:
                wide[place] = sizes[name]
            x = sys.modules["numpy"].broadcast_to(x, wide) if arrays else x.expand(wide)
        joined = []
        for group in self.outputs:
            size = 1
            for name in group:
                size *= sizes[name]
            joined.append(size)
        if tuple(x.shape) != tuple(joined):
            x = x.reshape(joined)
        return x.copy() if arrays and self.added and not x.flags.writeable else x


def _agree(left, right, operation, given):
    if operation == "rearrange":
        if left.numbers or right.numbers:
            raise EinopsError("Non-unitary anonymous axes are not supported in rearrange (exception is length 1)")
        difference = left.names ^ right.names
        if difference:
            raise EinopsError(f"Identifiers only on one side of expression (should be on both): {difference}")
    elif operation == "repeat":
        difference = left.names - right.names
        if difference:
            raise EinopsError(f"Unexpected identifiers on the left side of repeat: {difference}")
        without = {name for name in right.names if not isinstance(name, _Number)} - left.names - set(given)
        if without:
            raise EinopsError(f"Specify sizes for new axes in repeat: {without}")
    elif operation in REDUCTIONS or callable(operation):
        difference = right.names - left.names
        if difference:
            raise EinopsError(f"Unexpected identifiers on the right side of reduce {operation}: {difference}")
    else:
        raise EinopsError(f"Unknown reduction {operation}. Expect one of {REDUCTIONS}.")


def _is_array(x):
    """Whether it is an array of numpy's, and not a tensor. @raises RuntimeError for everything else."""
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    if numpy is not None and isinstance(x, numpy.ndarray):
        return True
    if torch is not None and isinstance(x, torch.Tensor):
        return False
    raise RuntimeError(f"Tensor type unknown to einops {type(x)}")


def _fold(x, operation, dims, arrays):
    if callable(operation):
        return operation(x, dims)
    if operation == "mean":
        floats = x.dtype in ("float16", "float32", "float64") if arrays else x.is_floating_point()
        if not floats:
            raise NotImplementedError("reduce_mean is not available for non-floating tensors")
    if arrays:
        return getattr(x, operation)(axis=dims)
    if operation in ("min", "max"):
        return getattr(x, "a" + operation)(dims)
    if operation in ("sum", "mean"):
        return getattr(x, operation)(dims)
    for dim in reversed(dims):
        x = getattr(x, operation)(dim)
    return x


_plans = {}


def _plan(pattern, operation, given, ndim):
    key = (pattern, operation, given, ndim)
    plan = _plans.get(key)
    if plan is None:
        if len(_plans) > 1024:
            _plans.clear()
        plan = _plans[key] = _Plan(pattern, operation, given, ndim)
    return plan


def reduce(tensor, pattern, reduction, **axes_lengths):
    try:
        if isinstance(tensor, list):
            if len(tensor) == 0:
                raise TypeError("Rearrange/Reduce/Repeat can't be applied to an empty list")
            tensor = _stacked(tensor)
        _is_array(tensor)
        return _plan(pattern, reduction, tuple(axes_lengths), len(tensor.shape)).run(tensor, reduction, axes_lengths)
    except EinopsError as error:
        where = "Input is list. " if isinstance(tensor, list) else f"Input tensor shape: {tensor.shape}. "
        raise EinopsError(
            f' Error while processing {reduction}-reduction pattern "{pattern}".\n {where}Additional info: {axes_lengths}.\n {error}'
        ) from None


def _stacked(tensors):
    if _is_array(tensors[0]):
        return sys.modules["numpy"].stack(tensors)
    return sys.modules["torch"].stack(tensors)


def rearrange(tensor, pattern, **axes_lengths):
    return reduce(tensor, pattern, reduction="rearrange", **axes_lengths)


def repeat(tensor, pattern, **axes_lengths):
    return reduce(tensor, pattern, reduction="repeat", **axes_lengths)


def parse_shape(x, pattern):
    side = _Side(pattern, underscore=True)
    _is_array(x)
    shape = x.shape
    if any(len(group) > 1 for group in side.groups if group != _DOTS) or side.dots_inside:
        raise RuntimeError(f"Can't parse shape with composite axes: {pattern} {shape}")
    groups = side.groups
    if len(shape) != len(groups):
        if not side.dots:
            raise RuntimeError(f"Can't parse shape with different number of dimensions: {pattern} {shape}")
        if len(shape) < len(groups) - 1:
            raise RuntimeError(f"Can't parse shape with this number of dimensions: {pattern} {shape}")
    if side.dots:
        at = groups.index(_DOTS)
        groups = groups[:at] + ["_"] * (len(shape) - len(groups) + 1) + groups[at + 1:]
    found = {}
    for group, size in zip(groups, shape):
        if len(group) == 0:
            if size != 1:
                raise RuntimeError(f"Length of axis is not 1: {pattern} {shape}")
            continue
        (name,) = group
        if isinstance(name, _Number):
            if name.value != size:
                raise RuntimeError(f"Length of anonymous axis does not match: {pattern} {shape}")
        elif name != "_":
            found[name] = size
    return found


def asnumpy(tensor):
    return tensor if _is_array(tensor) else tensor.detach().cpu().numpy()


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _letters(pattern):
    """A pattern of einsum with a letter for each name."""
    if "->" not in pattern:
        raise ValueError("Einsum pattern must contain '->'.")
    lefts, right_text = pattern.split("->")
    sides = [_Side(text, underscore=True, repeats=True) for text in lefts.split(",")]
    right = _Side(right_text, underscore=True)
    letters = {}

    def text(side, new):
        result = ""
        for group in side.groups:
            if group == _DOTS:
                result += "..."
                continue
            if len(group) == 0:
                raise NotImplementedError("Singleton () axes are not yet supported in einsum.")
            if len(group) > 1:
                raise NotImplementedError("Shape rearrangement is not yet supported in einsum.")
            (name,) = group
            if isinstance(name, _Number):
                raise NotImplementedError("Anonymous axes are not yet supported in einsum.")
            if name not in letters:
                if not new:
                    raise EinopsError(f"Unknown axis {name} on right side of einsum {pattern}.")
                if len(letters) >= len(_LETTERS):
                    raise RuntimeError("Too many axes in einsum.")
                letters[name] = _LETTERS[len(letters)]
            result += letters[name]
        return result

    return ",".join(text(side, True) for side in sides) + "->" + text(right, False)


def einsum(*tensors_and_pattern):
    if len(tensors_and_pattern) <= 1:
        raise ValueError("`einops.einsum` takes at minimum two arguments: the tensors (at least one), followed by the pattern.")
    *tensors, pattern = tensors_and_pattern
    if not isinstance(pattern, str):
        raise ValueError("The last argument passed to `einops.einsum` must be a string, representing the einsum pattern.")
    short = _letters(pattern)
    module = "numpy" if _is_array(tensors[0]) else "torch"
    return sys.modules[module].einsum(short, *tensors)


def _packing(pattern, what):
    """How many dims stand before and behind the star."""
    axes = pattern.split()
    if len(axes) != len(set(axes)):
        raise EinopsError(f'Duplicates in axes names in {what}(..., "{pattern}")')
    if "*" not in axes:
        raise EinopsError(f'No *-axis in {what}(..., "{pattern}")')
    for axis in axes:
        if axis != "*" and _why_no_name(axis) is not None:
            raise EinopsError(f'Invalid axis name {axis} in {what}(..., "{pattern}")')
    before = axes.index("*")
    return before, len(axes) - before - 1


def pack(tensors, pattern):
    before, after = _packing(pattern, "pack")
    shapes, flat = [], []
    arrays = _is_array(tensors[0])
    for i, tensor in enumerate(tensors):
        shape = tensor.shape
        if len(shape) < before + after:
            raise EinopsError(
                f"packed tensor #{i} (enumeration starts with 0) has shape {shape}, "
                f"while pattern {pattern} assumes at least {before + after} axes"
            )
        end = len(shape) - after
        shapes.append(type(shape)(shape[before:end]))
        flat.append(tensor.reshape((*shape[:before], -1, *shape[end:])))
    if arrays:
        return sys.modules["numpy"].concatenate(flat, axis=before), shapes
    return sys.modules["torch"].cat(flat, before), shapes


def unpack(tensor, packed_shapes, pattern):
    before, after = _packing(pattern, "unpack")
    _is_array(tensor)
    shape = tensor.shape
    if len(shape) != before + 1 + after:
        raise EinopsError(f"unpack(..., {pattern}) received input of wrong dim with shape {shape}")
    lengths = []
    for one in packed_shapes:
        length = 1
        for size in one:
            length *= size
        lengths.append(-1 if -1 in one else length)
    if lengths.count(-1) > 1:
        raise EinopsError(f"unpack(..., {pattern}) received more than one -1 in {packed_shapes} and can't infer dimensions")
    ends = [0] * len(packed_shapes) + [shape[before]]
    open_at = lengths.index(-1) if -1 in lengths else len(lengths) - 1
    for i in range(open_at):
        ends[i + 1] = ends[i] + lengths[i]
    for i in range(len(lengths) - 1, open_at, -1):
        ends[i] = ends[i + 1] - lengths[i]
    first = (slice(None),) * before
    try:
        return [
            tensor[first + (slice(ends[i], ends[i + 1]),)].reshape((*shape[:before], *one, *shape[before + 1:]))
            for i, one in enumerate(packed_shapes)
        ]
    except Exception as error:
        raise EinopsError(
            f'Error during unpack(..., "{pattern}"): could not split axis of size {ends[-1]} into requested {packed_shapes}'
        ) from error
