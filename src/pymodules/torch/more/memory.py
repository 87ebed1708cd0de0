"""Methods of Tensor about its memory, made of others."""
import math
import torch
from torch import Tensor


def resize_(input, *size, memory_format=None):
    size = tuple(size[0]) if len(size) == 1 and not isinstance(size[0], int) else size
    count = math.prod(size)
    flat = input.reshape(-1)
    if count > flat.numel():
        flat = torch.cat([flat, torch.zeros(count - flat.numel(), dtype=input.dtype)])
    input.data = flat[:count].reshape(size)
    return input


def fill_diagonal_(input, fill_value, wrap=False):
    if input.dim() < 2:
        raise RuntimeError("dimensions must larger than 1")
    step = sum(input.stride())
    count = min(input.shape) if not wrap or input.dim() != 2 else -(-input.numel() // step)
    with torch.no_grad():
        input.as_strided((count,), (step,)).fill_(fill_value)
    return input


def pin_memory(input, device=None):
    raise RuntimeError("Cannot access accelerator device when none is available.")


def share_memory_(input):
    return input


def is_pinned(input):
    return False


def is_shared(input):
    return False


def is_inference(input):
    return False


def is_neg(input):
    return False


def is_set_to(input, tensor):
    return input.data_ptr() == tensor.data_ptr() and input.shape == tensor.shape and input.stride() == tensor.stride()


def conj(input):
    return input


def resolve_conj(input):
    return input


def real(input):
    return input


def to_dense(input):
    return input


class _Storage:
    """The memory that a tensor looks into, shared by its views."""

    def __init__(self, tensor):
        self._flat = tensor.detach().as_strided((tensor._held(),), (1,), 0)

    def data_ptr(self):
        return self._flat.data_ptr()

    def __len__(self):
        return self._flat.numel()

    size = __len__

    def nbytes(self):
        return self._flat.numel() * self._flat.element_size()

    def __getitem__(self, place):
        return self._flat[place].item()

    def __setitem__(self, place, value):
        self._flat[place] = value

    def __iter__(self):
        return iter(self._flat.tolist())

    def tolist(self):
        return self._flat.tolist()

    def __repr__(self):
        lines = "".join(f" {value}\n" for value in self._flat.tolist())
        return f"{lines}[torch.storage.TypedStorage(dtype={self._flat.dtype}, device=cpu) of size {len(self)}]"


def storage(input):
    return _Storage(input)


untyped_storage = storage
