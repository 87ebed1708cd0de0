"""Modules: what holds parameters, buffers and other modules."""
import torch
from torch import Tensor

Parameter = torch.nn.parameter.Parameter


class _Keys:
    """What `load_state_dict` found missing and unexpected."""

    def __init__(self, missing_keys, unexpected_keys):
        self.missing_keys = missing_keys
        self.unexpected_keys = unexpected_keys

    def __iter__(self):
        return iter((self.missing_keys, self.unexpected_keys))

    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return f"_IncompatibleKeys(missing_keys={self.missing_keys}, unexpected_keys={self.unexpected_keys})"


class _Hook:
    def __init__(self, table, key):
        self.table = table
        self.key = key

    def remove(self):
        self.table.pop(self.key, None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()


def _indented(text):
    first, *rest = text.split("\n")
    return "\n".join([first] + ["  " + line for line in rest])


_OWN = ("_parameters", "_buffers", "_modules")


class Module:
    training: bool

    def __init__(self):
        put = super().__setattr__
        put("training", True)
        put("_parameters", {})
        put("_buffers", {})
        put("_transient", set())
        put("_modules", {})
        put("_forward_pre_hooks", {})
        put("_forward_hooks", {})
        put("_backward_hooks", {})
        put("_with_kwargs", set())

    def forward(self, *args, **kwargs):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def __call__(self, *args, **kwargs):
        if not (self._forward_pre_hooks or self._forward_hooks or self._backward_hooks):
            return self.forward(*args, **kwargs)
        for key, hook in list(self._forward_pre_hooks.items()):
            result = hook(self, args, kwargs) if key in self._with_kwargs else hook(self, args)
            if result is None:
                continue
            if key in self._with_kwargs:
                args, kwargs = result
            else:
                args = result if isinstance(result, tuple) else (result,)
        result = self.forward(*args, **kwargs)
        for key, hook in list(self._forward_hooks.items()):
            changed = hook(self, args, kwargs, result) if key in self._with_kwargs else hook(self, args, result)
            if changed is not None:
                result = changed
        if self._backward_hooks and isinstance(result, Tensor) and result.requires_grad:
            result = self._watched(args, result)
        return result

    def _watched(self, args, result):
        """Hooks see the gradients of inputs and outputs once those of the inputs are known."""
        grads = {}
        inputs = [a for a in args if isinstance(a, Tensor) and a.requires_grad]

        def out(grad):
            grads["out"] = grad
            if not inputs:
                self._call_backward((None,), (grad,))

        def into(grad):
            return self._call_backward((grad,), (grads.get("out"),))

        result.register_hook(out)
        if inputs:
            inputs[0].register_hook(into)
        return result

    def _call_backward(self, grad_input, grad_output):
        for hook in list(self._backward_hooks.values()):
            changed = hook(self, grad_input, grad_output)
            if changed is not None:
                grad_input = changed if isinstance(changed, tuple) else (changed,)
        return grad_input[0]

    def __setattr__(self, name, value):
        own = self.__dict__
        if isinstance(value, Parameter):
            if "_parameters" not in own:
                raise AttributeError("cannot assign parameters before Module.__init__() call")
            self._forget(name)
            own["_parameters"][name] = value
        elif isinstance(value, Module):
            if "_modules" not in own:
                raise AttributeError("cannot assign module before Module.__init__() call")
            self._forget(name)
            own["_modules"][name] = value
        elif "_parameters" in own and name in own["_parameters"]:
            if value is not None:
                raise TypeError(
                    f"cannot assign '{torch.typename(value)}' as parameter '{name}' (torch.nn.Parameter or None expected)"
                )
            own["_parameters"][name] = None
        elif "_modules" in own and name in own["_modules"]:
            if value is not None:
                raise TypeError(
                    f"cannot assign '{torch.typename(value)}' as child module '{name}' (torch.nn.Module or None expected)"
                )
            own["_modules"][name] = None
        elif "_buffers" in own and name in own["_buffers"]:
            if value is not None and not isinstance(value, Tensor):
                raise TypeError(
                    f"cannot assign '{torch.typename(value)}' as buffer '{name}' (torch.Tensor or None expected)"
                )
            own["_buffers"][name] = value
        else:
            super().__setattr__(name, value)

    def _forget(self, name):
        own = self.__dict__
        own.pop(name, None)
        for table in _OWN:
            if table in own:
                own[table].pop(name, None)

    def __getattr__(self, name):
        own = self.__dict__
        for table in _OWN:
            if table in own and name in own[table]:
                return own[table][name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name):
        for table in _OWN:
            if name in self.__dict__[table]:
                del self.__dict__[table][name]
                return
        super().__delattr__(name)

    def __dir__(self):
        names = list(super().__dir__())
        for table in _OWN:
            names += list(self.__dict__[table])
        return names

    def register_parameter(self, name, param):
        if "_parameters" not in self.__dict__:
            raise AttributeError("cannot assign parameter before Module.__init__() call")
        if not isinstance(name, str):
            raise TypeError(f"parameter name should be a string. Got {torch.typename(name)}")
        if "." in name:
            raise KeyError('parameter name can\'t contain "."')
        if name == "":
            raise KeyError('parameter name can\'t be empty string ""')
        if hasattr(self, name) and name not in self._parameters:
            raise KeyError(f"attribute '{name}' already exists")
        if param is not None and not isinstance(param, Parameter):
            raise TypeError(
                f"cannot assign '{torch.typename(param)}' object to parameter '{name}' (torch.nn.Parameter or None required)"
            )
        self._parameters[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        if "_buffers" not in self.__dict__:
            raise AttributeError("cannot assign buffer before Module.__init__() call")
        if not isinstance(name, str):
            raise TypeError(f"buffer name should be a string. Got {torch.typename(name)}")
        if "." in name:
            raise KeyError('buffer name can\'t contain "."')
        if name == "":
            raise KeyError('buffer name can\'t be empty string ""')
        if hasattr(self, name) and name not in self._buffers:
            raise KeyError(f"attribute '{name}' already exists")
        if tensor is not None and not isinstance(tensor, Tensor):
            raise TypeError(
                f"cannot assign '{torch.typename(tensor)}' object to buffer '{name}' (torch Tensor or None required)"
            )
        self._buffers[name] = tensor
        if persistent:
            self._transient.discard(name)
        else:
            self._transient.add(name)

    def add_module(self, name, module):
        if module is not None and not isinstance(module, Module):
            raise TypeError(f"{torch.typename(module)} is not a Module subclass")
        if hasattr(self, name) and name not in self._modules:
            raise KeyError(f"attribute '{name}' already exists")
        if "." in name:
            raise KeyError(f'module name can\'t contain ".", got: {name}')
        if name == "":
            raise KeyError('module name can\'t be empty string ""')
        self._modules[name] = module

    register_module = add_module

    def get_submodule(self, target):
        found = self
        for name in target.split(".") if target else []:
            if not hasattr(found, name):
                raise AttributeError(f"{type(found).__name__} has no attribute `{name}`")
            found = getattr(found, name)
            if not isinstance(found, Module):
                raise AttributeError(f"`{name}` is not an nn.Module")
        return found

    def _named(self, target, table, kind):
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        if name not in getattr(module, table):
            raise AttributeError(f"{module._get_name()} has no attribute `{name}`" if not hasattr(module, name) else f"`{name}` is not {kind}")
        return getattr(module, name)

    def get_parameter(self, target):
        return self._named(target, "_parameters", "an nn.Parameter")

    def get_buffer(self, target):
        return self._named(target, "_buffers", "a buffer")

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        if memo is None:
            memo = set()
        if self in memo:
            return
        if remove_duplicate:
            memo.add(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, prefix + ("." if prefix else "") + name, remove_duplicate)

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def named_children(self):
        memo = set()
        for name, module in self._modules.items():
            if module is not None and module not in memo:
                memo.add(module)
                yield name, module

    def children(self):
        for _, module in self.named_children():
            yield module

    def _named_members(self, table, prefix, recurse):
        memo = set()
        for path, module in self.named_modules(prefix=prefix) if recurse else [(prefix, self)]:
            for name, value in getattr(module, table).items():
                if value is None or value in memo:
                    continue
                memo.add(value)
                yield path + ("." if path else "") + name, value

    def named_parameters(self, prefix="", recurse=True):
        yield from self._named_members("_parameters", prefix, recurse)

    def parameters(self, recurse=True):
        for _, value in self.named_parameters(recurse=recurse):
            yield value

    def named_buffers(self, prefix="", recurse=True):
        yield from self._named_members("_buffers", prefix, recurse)

    def buffers(self, recurse=True):
        for _, value in self.named_buffers(recurse=recurse):
            yield value

    def _state(self, prefix):
        for name, value in self._parameters.items():
            if value is not None:
                yield prefix + name, value
        for name, value in self._buffers.items():
            if value is not None and name not in self._transient:
                yield prefix + name, value
        for name, module in self._modules.items():
            if module is not None:
                yield from module._state(prefix + name + ".")

    def state_dict(self, *, destination=None, prefix="", keep_vars=False):
        found = torch._ordered() if destination is None else destination
        for name, value in self._state(prefix):
            found[name] = value if keep_vars else value.detach()
        return found

    def load_state_dict(self, state_dict, strict=True, assign=False):
        if not hasattr(state_dict, "items"):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        own = dict(self._state(""))
        errors = []
        missing = [name for name in own if name not in state_dict]
        unexpected = [name for name in state_dict if name not in own]
        for name, value in own.items():
            if name not in state_dict:
                continue
            given = state_dict[name]
            if given.shape != value.shape:
                errors.append(
                    f"size mismatch for {name}: copying a param with shape {given.shape} from checkpoint, "
                    f"the shape in current model is {value.shape}."
                )
                continue
            with torch.no_grad():
                value.copy_(given)
        if strict:
            if missing:
                names = ", ".join(f'"{name}"' for name in missing)
                errors.insert(0, f"Missing key(s) in state_dict: {names}. ")
            if unexpected:
                names = ", ".join(f'"{name}"' for name in unexpected)
                errors.insert(0, f"Unexpected key(s) in state_dict: {names}. ")
        if errors:
            listed = "\n\t".join(errors)
            raise RuntimeError(f"Error(s) in loading state_dict for {type(self).__name__}:\n\t{listed}")
        return _Keys(missing, unexpected)

    def _apply(self, fn):
        for module in self.children():
            module._apply(fn)
        for name, value in self._parameters.items():
            if value is not None:
                changed = fn(value.detach())
                if changed is not value:
                    value.data = changed
                    if value.grad is not None:
                        value.grad = fn(value.grad.detach())
        for name, value in self._buffers.items():
            if value is not None:
                self._buffers[name] = fn(value)
        return self

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def to(self, *args, dtype=None, device=None, non_blocking=False):
        for one in args:
            if isinstance(one, torch.dtype):
                dtype = one
            elif isinstance(one, Tensor):
                dtype = one.dtype
            else:
                torch.device(one)
        if device is not None:
            torch.device(device)
        if dtype is None:
            return self
        return self._apply(lambda t: t.to(dtype) if t.is_floating_point() else t)

    def float(self):
        return self._apply(lambda t: t.float() if t.is_floating_point() else t)

    def double(self):
        return self._apply(lambda t: t.double() if t.is_floating_point() else t)

    def half(self):
        return self._apply(lambda t: t.half() if t.is_floating_point() else t)

    def cpu(self):
        return self

    def cuda(self, device=None):
        torch.device("cuda")

    def train(self, mode=True):
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for value in self.parameters():
            value.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=False):
        for value in self.parameters():
            if value.grad is not None:
                if set_to_none:
                    value.grad = None
                else:
                    value.grad = torch.zeros_like(value.grad)

    def _hooked(self, table, hook, prepend=False, with_kwargs=False):
        key = object()
        before = dict(table) if prepend else {}
        if prepend:
            table.clear()
        table[key] = hook
        table.update(before)
        if with_kwargs:
            self._with_kwargs.add(key)
        return _Hook(table, key)

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        return self._hooked(self._forward_pre_hooks, hook, prepend, with_kwargs)

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False):
        return self._hooked(self._forward_hooks, hook, prepend, with_kwargs)

    def register_full_backward_hook(self, hook):
        return self._hooked(self._backward_hooks, hook)

    def extra_repr(self):
        return ""

    def _get_name(self):
        return type(self).__name__

    def __repr__(self):
        extra = self.extra_repr()
        own = extra.split("\n") if extra else []
        below = [f"({name}): " + _indented(repr(module)) for name, module in self._modules.items()]
        if not below and len(own) < 2:
            return f"{self._get_name()}({extra})"
        lines = "\n  ".join(own + below)
        return f"{self._get_name()}(\n  {lines}\n)"
