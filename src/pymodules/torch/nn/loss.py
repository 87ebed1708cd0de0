"""Losses as modules."""
import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn import init
from torch.nn._module import Module, Parameter


def _loss(name, function, fields=(), tensors=()):
    """A loss as a module; `fields` are its options beside `reduction`, `tensors` those that are buffers."""
    order = list(tensors) + [field for field, _ in fields]
    defaults = dict(fields)

    def __init__(self, *args, size_average=None, reduce=None, reduction="mean", **kwargs):
        Module.__init__(self)
        self.reduction = reduction
        given = dict(zip(order, args))
        given.update(kwargs)
        for field in given:
            if field not in order:
                raise TypeError(f"{name}.__init__() got an unexpected keyword argument '{field}'")
        for field in tensors:
            self.register_buffer(field, given.get(field))
        for field, default in fields:
            setattr(self, field, given.get(field, default))

    def forward(self, *args):
        options = {field: getattr(self, field) for field in order}
        return getattr(F, function)(*args, reduction=self.reduction, **options)

    return type(name, (Module,), {"__init__": __init__, "forward": forward, "__module__": "torch.nn.modules.loss"})


MSELoss = _loss("MSELoss", "mse_loss")
L1Loss = _loss("L1Loss", "l1_loss")
SmoothL1Loss = _loss("SmoothL1Loss", "smooth_l1_loss", [("beta", 1.0)])
HuberLoss = _loss("HuberLoss", "huber_loss", [("delta", 1.0)])
CrossEntropyLoss = _loss("CrossEntropyLoss", "cross_entropy", [("ignore_index", -100), ("label_smoothing", 0.0)], ["weight"])
NLLLoss = _loss("NLLLoss", "nll_loss", [("ignore_index", -100)], ["weight"])
BCELoss = _loss("BCELoss", "binary_cross_entropy", (), ["weight"])
BCEWithLogitsLoss = _loss("BCEWithLogitsLoss", "binary_cross_entropy_with_logits", (), ["weight", "pos_weight"])
KLDivLoss = _loss("KLDivLoss", "kl_div", [("log_target", False)])
CosineEmbeddingLoss = _loss("CosineEmbeddingLoss", "cosine_embedding_loss", [("margin", 0.0)])
MarginRankingLoss = _loss("MarginRankingLoss", "margin_ranking_loss", [("margin", 0.0)])
HingeEmbeddingLoss = _loss("HingeEmbeddingLoss", "hinge_embedding_loss", [("margin", 1.0)])
TripletMarginLoss = _loss("TripletMarginLoss", "triplet_margin_loss", [("margin", 1.0), ("p", 2.0), ("eps", 1e-6), ("swap", False)])
PoissonNLLLoss = _loss("PoissonNLLLoss", "poisson_nll_loss", [("log_input", True), ("full", False), ("eps", 1e-8)])
GaussianNLLLoss = _loss("GaussianNLLLoss", "gaussian_nll_loss", [("full", False), ("eps", 1e-6)])
MultiMarginLoss = _loss("MultiMarginLoss", "multi_margin_loss", [("p", 1), ("margin", 1.0)], ["weight"])
MultiLabelMarginLoss = _loss("MultiLabelMarginLoss", "multilabel_margin_loss")
SoftMarginLoss = _loss("SoftMarginLoss", "soft_margin_loss")
MultiLabelSoftMarginLoss = _loss("MultiLabelSoftMarginLoss", "multilabel_soft_margin_loss", (), ["weight"])
CTCLoss = _loss("CTCLoss", "ctc_loss", [("blank", 0), ("zero_infinity", False)])


class TripletMarginWithDistanceLoss(Module):
    def __init__(self, *, distance_function=None, margin=1.0, swap=False, reduction="mean"):
        super().__init__()
        self.distance_function = distance_function
        self.margin = margin
        self.swap = swap
        self.reduction = reduction

    def forward(self, anchor, positive, negative):
        return F.triplet_margin_with_distance_loss(
            anchor, positive, negative, distance_function=self.distance_function, margin=self.margin, swap=self.swap, reduction=self.reduction
        )
