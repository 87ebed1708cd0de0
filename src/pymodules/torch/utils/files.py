"""`torch.save` and `torch.load`: a pickle whose tensors are their bytes. PyTorch's own files are another format."""
import pickle
import torch

_HEAD = b"kata-tensors 1\n"


def save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True):
    data = _HEAD + pickle.dumps(obj)
    if hasattr(f, "write"):
        f.write(data)
    else:
        with open(f, "wb") as file:
            file.write(data)


def load(f, map_location=None, pickle_module=None, *, weights_only=False, mmap=None):
    if map_location is not None and not callable(map_location) and not isinstance(map_location, dict):
        torch.device(map_location)
    if hasattr(f, "read"):
        data = f.read()
    else:
        with open(f, "rb") as file:
            data = file.read()
    if not data.startswith(_HEAD):
        raise RuntimeError(
            "torch.load: the file was not written by torch.save here; PyTorch's own files are not read, nearest: "
            "numpy.load of arrays, or a JSON file of lists"
        )
    return pickle.loads(data[len(_HEAD):])


def _rebuild(kind, dtype, shape, data, requires_grad):
    """A tensor of its bytes; a Parameter where it was one."""
    out = torch._frombytes(data, getattr(torch, dtype)).reshape(shape)
    if kind == "Parameter":
        return torch.nn.Parameter(out, requires_grad)
    return out.requires_grad_() if requires_grad else out
