"""`torch.optim`."""
import math
import torch


class Optimizer:
    def __init__(self, params, defaults):
        if isinstance(params, torch.Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, but got "
                + torch.typename(params)
            )
        self.defaults = defaults
        self.state = {}
        self.param_groups = []
        groups = list(params)
        if len(groups) == 0:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def add_param_group(self, group):
        group = dict(group)
        params = group["params"]
        group["params"] = [params] if isinstance(params, torch.Tensor) else list(params)
        for param in group["params"]:
            if not isinstance(param, torch.Tensor):
                raise TypeError(f"optimizer can only optimize Tensors, but one of the params is {torch.typename(param)}")
            if not param.is_leaf:
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, value in self.defaults.items():
            group.setdefault(name, value)
        seen = {id(p) for g in self.param_groups for p in g["params"]}
        if any(id(p) in seen for p in group["params"]):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(group)

    def zero_grad(self, set_to_none=False):
        for group in self.param_groups:
            for param in group["params"]:
                if param.grad is not None:
                    param.grad = None if set_to_none else torch.zeros_like(param.grad)

    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        with torch.no_grad():
            for group in self.param_groups:
                for param in group["params"]:
                    if param.grad is not None:
                        self._update(param, param.grad, group, self.state.setdefault(param, {}))
        return loss

    def state_dict(self):
        places = {}
        groups = []
        for group in self.param_groups:
            own = {name: value for name, value in group.items() if name != "params"}
            own["params"] = [places.setdefault(p, len(places)) for p in group["params"]]
            groups.append(own)
        return {"state": {places[p]: dict(s) for p, s in self.state.items()}, "param_groups": groups}

    def load_state_dict(self, state_dict):
        groups = state_dict["param_groups"]
        if len(groups) != len(self.param_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        params = {}
        for own, group in zip(self.param_groups, groups):
            if len(own["params"]) != len(group["params"]):
                raise ValueError("loaded state dict contains a parameter group that doesn't match the size of optimizer's group")
            for param, place in zip(own["params"], group["params"]):
                params[place] = param
            for name, value in group.items():
                if name != "params":
                    own[name] = value
        self.state = {}
        for place, state in state_dict["state"].items():
            self.state[params[place]] = {
                name: value.clone() if isinstance(value, torch.Tensor) else value for name, value in state.items()
            }

    def __repr__(self):
        text = type(self).__name__ + " ("
        for i, group in enumerate(self.param_groups):
            text += f"\nParameter Group {i}\n"
            for name in sorted(group):
                if name != "params":
                    text += f"    {name}: {group[name]}\n"
        return text + ")"


def _least(value, name):
    if value < 0.0:
        raise ValueError(f"Invalid {name}: {value}")


#: How PyTorch computes a step: all ways give the same numbers, and here there is one.
_WAYS = {"foreach": None, "differentiable": False, "capturable": False, "fused": False}


def _ways(names, given):
    """Those of an optimizer, as its groups show them."""
    for name, value in given.items():
        if name not in names.split():
            raise TypeError(f"__init__() got an unexpected keyword argument '{name}'")
        if value and name != "foreach":
            raise NotImplementedError(f"torch.optim: {name}=True is not here; nearest: {name}=False, which gives the same steps")
    return {name: given.get(name, _WAYS[name]) for name in names.split()}


class SGD(Optimizer):
    def __init__(self, params, lr=1e-3, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False, **ways):
        _least(lr, "learning rate")
        _least(momentum, "momentum value")
        _least(weight_decay, "weight_decay value")
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        super().__init__(
            params,
            dict(lr=lr, momentum=momentum, dampening=dampening, weight_decay=weight_decay, nesterov=nesterov, maximize=maximize, **_ways("foreach differentiable", ways)),
        )

    def _update(self, param, grad, group, state):
        if group["maximize"]:
            grad = -grad
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        momentum = group["momentum"]
        if momentum != 0:
            buffer = state.get("momentum_buffer")
            if buffer is None:
                buffer = state["momentum_buffer"] = grad.clone()
            else:
                buffer.mul_(momentum).add_(grad, alpha=1 - group["dampening"])
            grad = grad + momentum * buffer if group["nesterov"] else buffer
        param.add_(grad, alpha=-group["lr"])


class Adam(Optimizer):
    _decoupled = False
    _own_ways = "foreach capturable differentiable fused"

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, amsgrad=False, *, maximize=False, **ways):
        _least(lr, "learning rate")
        _least(eps, "epsilon value")
        for i in (0, 1):
            if not 0.0 <= betas[i] < 1.0:
                raise ValueError(f"Invalid beta parameter at index {i}: {betas[i]}")
        _least(weight_decay, "weight_decay value")
        super().__init__(
            params,
            dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize, **_ways(self._own_ways, ways)),
        )

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = torch.tensor(0.0)
            state["exp_avg"] = torch.zeros_like(param)
            state["exp_avg_sq"] = torch.zeros_like(param)
            if group["amsgrad"]:
                state["max_exp_avg_sq"] = torch.zeros_like(param)
        if group["maximize"]:
            grad = -grad
        beta1, beta2 = group["betas"]
        state["step"] = state["step"] + 1
        step = state["step"].item()
        lr, decay = group["lr"], group["weight_decay"]
        shrink = 1 - lr * decay if self._decoupled else 1.0
        if decay != 0 and not self._decoupled:
            grad = grad + decay * param
        first, second = state["exp_avg"], state["exp_avg_sq"]
        if not group["amsgrad"]:
            torch._adam_step(
                param, grad, first, second, beta1, beta2, group["eps"], shrink, lr / (1 - beta1**step), 1 - beta2**step
            )
            return
        if shrink != 1.0:
            param.mul_(shrink)
        first.mul_(beta1).add_(grad, alpha=1 - beta1)
        second.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        if group["amsgrad"]:
            second = state["max_exp_avg_sq"] = torch.maximum(state["max_exp_avg_sq"], second)
        denominator = (second.sqrt() / math.sqrt(1 - beta2**step)).add_(group["eps"])
        param.addcdiv_(first, denominator, value=-lr / (1 - beta1**step))


class AdamW(Adam):
    _decoupled = True
    _own_ways = "foreach capturable"

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2, amsgrad=False, *, maximize=False, **ways):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad, maximize=maximize, **ways)


class RMSprop(Optimizer):
    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8, weight_decay=0, momentum=0, centered=False,
                 foreach=None, maximize=False, differentiable=False):
        _least(lr, "learning rate")
        _least(eps, "epsilon value")
        _least(momentum, "momentum value")
        _least(weight_decay, "weight_decay value")
        _least(alpha, "alpha value")
        ways = _ways("foreach differentiable", {"foreach": foreach, "differentiable": differentiable})
        super().__init__(
            params,
            dict(lr=lr, momentum=momentum, alpha=alpha, eps=eps, centered=centered, weight_decay=weight_decay, maximize=maximize, **ways),
        )

    def _update(self, param, grad, group, state):
        if group["maximize"]:
            grad = -grad
        if not state:
            state["square_avg"] = torch.zeros_like(param)
            if group["momentum"] > 0:
                state["momentum_buffer"] = torch.zeros_like(param)
            if group["centered"]:
                state["grad_avg"] = torch.zeros_like(param)
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        alpha = group["alpha"]
        square = state["square_avg"]
        square.mul_(alpha).addcmul_(grad, grad, value=1 - alpha)
        if group["centered"]:
            mean = state["grad_avg"]
            mean.mul_(alpha).add_(grad, alpha=1 - alpha)
            average = (square - mean * mean).sqrt_().add_(group["eps"])
        else:
            average = square.sqrt().add_(group["eps"])
        if group["momentum"] > 0:
            buffer = state["momentum_buffer"]
            buffer.mul_(group["momentum"]).addcdiv_(grad, average)
            param.add_(buffer, alpha=-group["lr"])
        else:
            param.addcdiv_(grad, average, value=-group["lr"])


class Adagrad(Optimizer):
    def __init__(self, params, lr=1e-2, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10,
                 foreach=None, *, maximize=False):
        _least(lr, "learning rate")
        _least(lr_decay, "lr_decay value")
        _least(weight_decay, "weight_decay value")
        _least(initial_accumulator_value, "initial_accumulator_value value")
        super().__init__(
            params,
            dict(lr=lr, lr_decay=lr_decay, eps=eps, weight_decay=weight_decay,
                 initial_accumulator_value=initial_accumulator_value, foreach=foreach, maximize=maximize),
        )

    def _update(self, param, grad, group, state):
        if group["maximize"]:
            grad = -grad
        if not state:
            state["step"] = 0
            state["sum"] = torch.full_like(param, group["initial_accumulator_value"])
        state["step"] += 1
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        rate = group["lr"] / (1 + (state["step"] - 1) * group["lr_decay"])
        state["sum"].addcmul_(grad, grad, value=1)
        param.addcdiv_(grad, state["sum"].sqrt().add_(group["eps"]), value=-rate)


class Adadelta(Optimizer):
    def __init__(self, params, lr=1.0, rho=0.9, eps=1e-6, weight_decay=0, foreach=None, *, maximize=False):
        _least(lr, "learning rate")
        super().__init__(params, dict(lr=lr, rho=rho, eps=eps, weight_decay=weight_decay, maximize=maximize, foreach=foreach))

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = 0
            state["square_avg"] = torch.zeros_like(param)
            state["acc_delta"] = torch.zeros_like(param)
        state["step"] += 1
        if group["maximize"]:
            grad = -grad
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        rho, eps = group["rho"], group["eps"]
        square, steps = state["square_avg"], state["acc_delta"]
        square.mul_(rho).addcmul_(grad, grad, value=1 - rho)
        delta = (steps + eps).sqrt() / (square + eps).sqrt() * grad
        steps.mul_(rho).addcmul_(delta, delta, value=1 - rho)
        param.add_(delta, alpha=-group["lr"])


class Adamax(Optimizer):
    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, foreach=None, *, maximize=False):
        _least(lr, "learning rate")
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, foreach=foreach, maximize=maximize))

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = torch.tensor(0.0)
            state["exp_avg"] = torch.zeros_like(param)
            state["exp_inf"] = torch.zeros_like(param)
        state["step"] = state["step"] + 1
        if group["maximize"]:
            grad = -grad
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        beta1, beta2 = group["betas"]
        state["exp_avg"].mul_(beta1).add_(grad, alpha=1 - beta1)
        most = state["exp_inf"] = torch.maximum(state["exp_inf"] * beta2, grad.abs() + group["eps"])
        param.addcdiv_(state["exp_avg"], most, value=-group["lr"] / (1 - beta1 ** state["step"].item()))


class NAdam(Optimizer):
    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, momentum_decay=4e-3, foreach=None):
        _least(lr, "learning rate")
        super().__init__(
            params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, momentum_decay=momentum_decay, foreach=foreach)
        )

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = torch.tensor(0.0)
            state["mu_product"] = torch.tensor(1.0)
            state["exp_avg"] = torch.zeros_like(param)
            state["exp_avg_sq"] = torch.zeros_like(param)
        state["step"] = state["step"] + 1
        step = state["step"].item()
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        beta1, beta2 = group["betas"]
        mu = beta1 * (1.0 - 0.5 * 0.96 ** (step * group["momentum_decay"]))
        after = beta1 * (1.0 - 0.5 * 0.96 ** ((step + 1) * group["momentum_decay"]))
        state["mu_product"] = state["mu_product"] * mu
        done = state["mu_product"].item()
        first, second = state["exp_avg"], state["exp_avg_sq"]
        first.mul_(beta1).add_(grad, alpha=1 - beta1)
        second.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        denominator = (second / (1 - beta2**step)).sqrt() + group["eps"]
        param.addcdiv_(grad, denominator, value=-group["lr"] * (1.0 - mu) / (1.0 - done))
        # As later versions have it; 1.13 takes one factor of the product twice.
        param.addcdiv_(first, denominator, value=-group["lr"] * after / (1.0 - done * after))


class RAdam(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, foreach=None):
        _least(lr, "learning rate")
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, foreach=foreach))

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = torch.tensor(0.0)
            state["exp_avg"] = torch.zeros_like(param)
            state["exp_avg_sq"] = torch.zeros_like(param)
        state["step"] = state["step"] + 1
        step = state["step"].item()
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        beta1, beta2 = group["betas"]
        first, second = state["exp_avg"], state["exp_avg_sq"]
        first.mul_(beta1).add_(grad, alpha=1 - beta1)
        second.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        mean = first / (1 - beta1**step)
        most = 2 / (1 - beta2) - 1
        length = most - 2 * step * beta2**step / (1 - beta2**step)
        if length > 5.0:
            rect = math.sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length))
            mean = mean * rect * math.sqrt(1 - beta2**step) / (second.sqrt() + group["eps"])
        param.add_(mean, alpha=-group["lr"])


class Rprop(Optimizer):
    def __init__(self, params, lr=1e-2, etas=(0.5, 1.2), step_sizes=(1e-6, 50), foreach=None, *, maximize=False):
        _least(lr, "learning rate")
        super().__init__(params, dict(lr=lr, etas=etas, step_sizes=step_sizes, foreach=foreach, maximize=maximize))

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = 0
            state["prev"] = torch.zeros_like(param)
            state["step_size"] = torch.full_like(param, group["lr"])
        state["step"] += 1
        if group["maximize"]:
            grad = -grad
        sign = (grad * state["prev"]).sign()
        less, more = group["etas"]
        factor = torch.ones_like(sign).masked_fill(sign > 0, more).masked_fill(sign < 0, less)
        state["step_size"] = (state["step_size"] * factor).clamp(*group["step_sizes"])
        grad = torch.where(sign < 0, torch.zeros_like(grad), grad)
        param.addcmul_(grad.sign(), state["step_size"], value=-1)
        state["prev"] = grad.clone()


class ASGD(Optimizer):
    def __init__(self, params, lr=1e-2, lambd=1e-4, alpha=0.75, t0=1e6, weight_decay=0, foreach=None, maximize=False):
        _least(lr, "learning rate")
        super().__init__(
            params, dict(lr=lr, lambd=lambd, alpha=alpha, t0=t0, weight_decay=weight_decay, foreach=foreach, maximize=maximize)
        )

    def _update(self, param, grad, group, state):
        if not state:
            state.update(step=torch.tensor(0.0), eta=torch.tensor(group["lr"]), mu=torch.tensor(1.0), ax=torch.zeros_like(param))
        state["step"] = state["step"] + 1
        step = state["step"].item()
        if group["maximize"]:
            grad = -grad
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        eta = state["eta"].item()
        param.mul_(1 - group["lambd"] * eta).add_(grad, alpha=-eta)
        mu = state["mu"].item()
        if mu != 1:
            state["ax"].add_((param - state["ax"]) * mu)
        else:
            state["ax"].copy_(param)
        state["eta"] = torch.tensor(group["lr"] / (1 + group["lambd"] * group["lr"] * step) ** group["alpha"])
        state["mu"] = torch.tensor(1 / max(1, step - group["t0"]))


from torch.optim import lr_scheduler


def __getattr__(name):
    if name in ("LBFGS", "SparseAdam"):
        raise AttributeError(f"module 'torch.optim' has no attribute '{name}': it is not here; nearest: torch.optim.Adam")
    raise AttributeError(f"module 'torch.optim' has no attribute '{name}'")
