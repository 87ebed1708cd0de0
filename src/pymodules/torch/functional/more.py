"""Functions of `torch.nn.functional` made of others, loaded when the first of them is asked for."""
import math
import torch
from torch import Tensor
from torch.nn import functional as F


def _sizes(value, rank):
    return tuple(value) * (rank if len(value) == 1 else 1) if isinstance(value, (tuple, list)) else (value,) * rank


# Activations.

def relu_(input):
    return F.relu(input, inplace=True)


def elu_(input, alpha=1.0):
    return F.elu(input, alpha, inplace=True)


def leaky_relu_(input, negative_slope=0.01):
    return F.leaky_relu(input, negative_slope, inplace=True)


def selu_(input):
    return F.selu(input, inplace=True)


def hardtanh_(input, min_val=-1.0, max_val=1.0):
    return F.hardtanh(input, min_val, max_val, inplace=True)


def rrelu(input, lower=1 / 8, upper=1 / 3, training=False, inplace=False):
    if not training:
        out = F.leaky_relu(input, (lower + upper) / 2)
    else:
        slopes = torch.empty_like(input).uniform_(lower, upper).detach()
        out = torch.where(input <= 0, input * slopes, input)
    return input.copy_(out) if inplace else out


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    noise = -torch.empty_like(logits).exponential_().log()
    soft = ((logits + noise.detach()) / tau).softmax(dim)
    if not hard:
        return soft
    place = soft.max(dim, keepdim=True)[1]
    sharp = torch.zeros_like(logits).scatter(dim, place, 1.0)
    return sharp - soft.detach() + soft


# Dropout that keeps the mean and the variance of `selu` (Klambauer et al. 2017).

def alpha_dropout(input, p=0.5, training=False, inplace=False):
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if not training or p == 0:
        return input
    alpha = 1.7580993408473766
    keep = torch.empty_like(input).bernoulli_(1 - p).detach()
    a = 1.0 / math.sqrt((alpha * alpha * p + 1) * (1 - p)) if p < 1 else 0.0
    b = (keep - 1) * (alpha * a) + alpha * a * p
    out = input * (keep * a) + b
    return input.copy_(out) if inplace else out


# Convolution over volumes: the sum of those of its slices.

def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    stride, padding, dilation = (_sizes(value, 3) for value in (stride, padding, dilation))
    bare = input.dim() == 4
    x = input.unsqueeze(0) if bare else input
    x = F.pad(x, (0, 0, 0, 0, padding[0], padding[0]))
    depth = (x.size(2) - dilation[0] * (weight.size(2) - 1) - 1) // stride[0] + 1
    count = x.size(0)
    out = 0
    for k in range(weight.size(2)):
        start = k * dilation[0]
        part = x[:, :, start:start + (depth - 1) * stride[0] + 1:stride[0]]
        flat = part.transpose(1, 2).reshape(count * depth, x.size(1), *x.shape[3:])
        out = out + F.conv2d(flat, weight[:, :, k], None, stride[1:], padding[1:], dilation[1:], groups)
    out = out.reshape(count, depth, *out.shape[1:]).transpose(1, 2)
    if bias is not None:
        out = out + bias.reshape(-1, 1, 1, 1)
    return out.squeeze(0) if bare else out


# Pooling with the rarer options.

def _windows(x, rank, kernel, stride, dilation, counts):
    """[..., spatial] as [..., counts, windows]."""
    for i in range(rank):
        dim = x.dim() - rank + i
        starts = torch.arange(counts[i]).unsqueeze(1) * stride[i] + torch.arange(kernel[i]) * dilation[i]
        x = x.movedim(dim, -1)
        x = x.index_select(-1, starts.reshape(-1)).reshape(*x.shape[:-1], counts[i] * kernel[i]).movedim(-1, dim)
    shape = list(x.shape[:-rank])
    for i in range(rank):
        shape += [counts[i], kernel[i]]
    lead = x.dim() - rank
    order = list(range(lead)) + [lead + 2 * i for i in range(rank)] + [lead + 2 * i + 1 for i in range(rank)]
    return x.reshape(shape).permute(*order).flatten(-rank)


def _counts(sizes, kernel, stride, padding, dilation, ceil_mode):
    counts = []
    for size, k, s, p, d in zip(sizes, kernel, stride, padding, dilation):
        room = size + 2 * p - d * (k - 1) - 1
        count = -(-room // s) + 1 if ceil_mode else room // s + 1
        # The last window begins inside the tensor or the padding before it.
        if ceil_mode and (count - 1) * s >= size + p:
            count -= 1
        counts.append(count)
    return counts


def _padded(x, rank, kernel, stride, padding, dilation, counts, value):
    widths = []
    for i in reversed(range(rank)):
        size = x.size(x.dim() - rank + i)
        needed = (counts[i] - 1) * stride[i] + dilation[i] * (kernel[i] - 1) + 1
        widths += [padding[i], max(needed - size - padding[i], 0)]
    return F.pad(x, widths, value=value)


def _options(rank, kernel_size, stride, padding, dilation=1):
    kernel = _sizes(kernel_size, rank)
    return kernel, kernel if stride is None or stride == [] else _sizes(stride, rank), _sizes(padding, rank), _sizes(dilation, rank)


def _max_pool(rank, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices):
    kernel, stride, padding, dilation = _options(rank, kernel_size, stride, padding or 0, dilation or 1)
    spatial = input.shape[-rank:]
    counts = _counts(spatial, kernel, stride, padding, dilation, ceil_mode)
    where = (rank, kernel, stride, padding, dilation, counts)
    windows = _windows(_padded(input, *where, -math.inf), rank, kernel, stride, dilation, counts)
    values, places = windows.max(-1)
    if not return_indices:
        return values
    numbers = torch.arange(math.prod(spatial)).reshape(spatial)
    numbers = _windows(_padded(numbers, *where, -1), rank, kernel, stride, dilation, counts)
    return values, numbers.expand(windows.shape).gather(-1, places.unsqueeze(-1)).squeeze(-1)


def _avg_pool(rank, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override=None):
    kernel, stride, padding, ones = _options(rank, kernel_size, stride, padding or 0)
    counts = _counts(input.shape[-rank:], kernel, stride, padding, ones, ceil_mode)
    where = (rank, kernel, stride, padding, ones, counts)
    total = _windows(_padded(input, *where, 0), rank, kernel, stride, ones, counts).sum(-1)
    if divisor_override is not None:
        return total / divisor_override
    # Padding counts where it was asked for, what is past it never.
    one = torch.ones(input.shape[-rank:], dtype=input.dtype)
    if count_include_pad:
        one = F.pad(one, [p for size in reversed(padding) for p in (size, size)], value=1.0)
        where = (rank, kernel, stride, (0,) * rank, ones, counts)
    return total / _windows(_padded(one, *where, 0), rank, kernel, stride, ones, counts).sum(-1)


def max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return _max_pool(3, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    return _avg_pool(3, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


def max_pool1d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    return _max_pool(1, input, kernel_size, stride, padding, dilation, ceil_mode, True)


def max_pool2d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    return _max_pool(2, input, kernel_size, stride, padding, dilation, ceil_mode, True)


def _unpool(rank, input, indices, kernel_size, stride, padding, output_size):
    kernel, stride, padding, _ = _options(rank, kernel_size, stride, padding)
    if output_size is None:
        spatial = [(n - 1) * s - 2 * p + k for n, s, p, k in zip(input.shape[-rank:], stride, padding, kernel)]
    else:
        spatial = list(output_size)[-rank:]
    lead = input.shape[:-rank]
    flat = torch.zeros(*lead, math.prod(spatial), dtype=input.dtype)
    return flat.scatter(-1, indices.flatten(-rank), input.flatten(-rank)).reshape(*lead, *spatial)


def max_unpool1d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpool(1, input, indices, kernel_size, stride, padding, output_size)


def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpool(2, input, indices, kernel_size, stride, padding, output_size)


def _lp_pool(rank, input, norm_type, kernel_size, stride, ceil_mode):
    kernel = _sizes(kernel_size, rank)
    pool = F.avg_pool1d if rank == 1 else F.avg_pool2d
    out = pool(input.pow(norm_type), kernel, stride, 0, ceil_mode)
    return (torch.sign(out) * F.relu(torch.abs(out))).mul(math.prod(kernel)).pow(1.0 / norm_type)


def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _lp_pool(1, input, norm_type, kernel_size, stride, ceil_mode)


def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _lp_pool(2, input, norm_type, kernel_size, stride, ceil_mode)


# Normalization.

def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-5):
    dims = tuple(range(2, input.dim()))
    if use_input_stats:
        if math.prod(input.shape[2:]) == 1:
            raise ValueError(f"Expected more than 1 spatial element when training, got input size {input.shape}")
        mean = input.mean(dims, keepdim=True)
        var = input.var(dims, unbiased=False, keepdim=True)
        if running_mean is not None:
            with torch.no_grad():
                running_mean.mul_(1 - momentum).add_(momentum * mean.mean(0).flatten())
                running_var.mul_(1 - momentum).add_(momentum * input.var(dims, unbiased=True).mean(0).flatten())
    else:
        shape = (1, -1) + (1,) * len(dims)
        mean, var = running_mean.reshape(shape), running_var.reshape(shape)
    out = (input - mean) / torch.sqrt(var + eps)
    shape = (1, -1) + (1,) * len(dims)
    if weight is not None:
        out = out * weight.reshape(shape)
    return out if bias is None else out + bias.reshape(shape)


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    squares = input.square().movedim(1, -1)
    padded = F.pad(squares, (size // 2, (size - 1) // 2))
    mean = padded.unfold(-1, size, 1).sum(-1).movedim(-1, 1) / size
    return input / (mean * alpha + k).pow(beta)


# Places of pixels.

def pixel_unshuffle(input, downscale_factor):
    r = downscale_factor
    *lead, channels, height, width = input.shape
    x = input.reshape(*lead, channels, height // r, r, width // r, r)
    n = len(lead)
    x = x.permute(*range(n), n, n + 2, n + 4, n + 1, n + 3)
    return x.reshape(*lead, channels * r * r, height // r, width // r)


def channel_shuffle(input, groups):
    x = input.reshape(input.size(0), groups, input.size(1) // groups, *input.shape[2:])
    return x.transpose(1, 2).reshape(input.shape)


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    return F.interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input, size=None, scale_factor=None):
    return F.interpolate(input, size, scale_factor)


def upsample_bilinear(input, size=None, scale_factor=None):
    return F.interpolate(input, size, scale_factor, "bilinear", True)


def affine_grid(theta, size, align_corners=None):
    count, _, height, width = size

    def places(n):
        line = torch.linspace(-1, 1, n, dtype=theta.dtype) if n > 1 else torch.zeros(1, dtype=theta.dtype)
        return line if align_corners else line * (n - 1) / n
    y, x = torch.meshgrid(places(height), places(width), indexing="ij")
    base = torch.stack([x, y, torch.ones_like(x)], -1).reshape(1, height * width, 3)
    return (base.expand(count, -1, -1) @ theta.mT).reshape(count, height, width, 2)


def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    if mode not in ("bilinear", "nearest") or padding_mode not in ("zeros", "border"):
        raise NotImplementedError(
            f"torch.nn.functional.grid_sample(mode={mode!r}, padding_mode={padding_mode!r}) is not here; nearest: mode='bilinear', padding_mode='border'"
        )
    count, channels, height, width = input.shape
    flat = input.reshape(count, channels, height * width)

    def scaled(line, size):
        place = (line + 1) / 2 * (size - 1) if align_corners else ((line + 1) * size - 1) / 2
        return place.clamp(0, size - 1) if padding_mode == "border" else place

    x, y = scaled(grid[..., 0], width), scaled(grid[..., 1], height)

    def at(i, j):
        inside = (i >= 0) & (i < width) & (j >= 0) & (j < height)
        place = (j.clamp(0, height - 1) * width + i.clamp(0, width - 1)).long()
        index = place.reshape(count, 1, -1).expand(-1, channels, -1)
        return flat.gather(2, index).reshape(count, channels, *place.shape[1:]) * inside.unsqueeze(1)

    if mode == "nearest":
        return at(x.round(), y.round())
    left, top = x.detach().floor(), y.detach().floor()
    right, low = (x - left).unsqueeze(1), (y - top).unsqueeze(1)
    return (at(left, top) * (1 - right) * (1 - low) + at(left + 1, top) * right * (1 - low)
            + at(left, top + 1) * (1 - right) * low + at(left + 1, top + 1) * right * low)


# Bags of embeddings.

def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode="mean",
                  sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None):
    if input.dim() == 1:
        if offsets is None:
            raise ValueError("offsets has to be a 1D Tensor but got None")
        ends = offsets.tolist() + ([] if include_last_offset else [input.numel()])
        bags = [input[a:b] for a, b in zip(ends, ends[1:])]
        shares = [None] * len(bags) if per_sample_weights is None else [per_sample_weights[a:b] for a, b in zip(ends, ends[1:])]
    else:
        bags = list(input)
        shares = [None] * len(bags) if per_sample_weights is None else list(per_sample_weights)
    out = []
    for bag, share in zip(bags, shares):
        if padding_idx is not None:
            kept = bag != padding_idx
            bag, share = bag[kept], None if share is None else share[kept]
        rows = F.embedding(bag, weight, max_norm=max_norm, norm_type=norm_type)
        if share is not None:
            rows = rows * share.unsqueeze(-1)
        if bag.numel() == 0:
            out.append(torch.zeros(weight.size(1), dtype=weight.dtype))
        else:
            out.append(rows.sum(0) if mode == "sum" else rows.mean(0) if mode == "mean" else rows.max(0)[0])
    return torch.stack(out)


# Losses.

def _reduced(each, reduction):
    if reduction == "none":
        return each
    return each.mean() if reduction == "mean" else each.sum()


def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"):
    x, t = (input.unsqueeze(0), target.reshape(1)) if input.dim() == 1 else (input, target)
    own = x.gather(1, t.unsqueeze(1))
    each = (margin - own + x).clamp(min=0) ** p
    if weight is not None:
        each = each * weight[t].unsqueeze(1)
    each = each.scatter(1, t.unsqueeze(1), 0.0).sum(1) / x.size(1)
    return _reduced(each.squeeze(0) if input.dim() == 1 else each, reduction)


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    x, t = (input.unsqueeze(0), target.unsqueeze(0)) if input.dim() == 1 else (input, target)
    out = []
    for row, labels in zip(x, t.tolist()):
        labels = labels[:labels.index(-1)] if -1 in labels else labels
        others = [i for i in range(row.numel()) if i not in labels]
        gaps = 1 - (row[labels].unsqueeze(1) - row[others].unsqueeze(0)) if labels and others else row[:0]
        out.append(gaps.clamp(min=0).sum() / row.numel())
    each = torch.stack(out)
    return _reduced(each.squeeze(0) if input.dim() == 1 else each, reduction)


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    return _reduced(torch.log1p(torch.exp(-target * input)), reduction)


def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None, reduction="mean"):
    each = -(target * F.logsigmoid(input) + (1 - target) * F.logsigmoid(-input))
    if weight is not None:
        each = each * weight
    return _reduced(each.mean(-1), reduction)


def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction="mean"):
    distance = F.pairwise_distance if distance_function is None else distance_function
    far = distance(anchor, negative)
    if swap:
        far = torch.minimum(far, distance(positive, negative))
    return _reduced((distance(anchor, positive) - far + margin).clamp(min=0), reduction)


def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction="mean", zero_infinity=False):
    """The probability of all alignments, step by step (Graves et al. 2006)."""
    steps = log_probs if log_probs.dim() == 3 else log_probs.unsqueeze(1)
    inputs = torch.as_tensor(input_lengths).reshape(-1).tolist()
    lengths = torch.as_tensor(target_lengths).reshape(-1).tolist()
    each, start = [], 0
    for n, (frames, length) in enumerate(zip(inputs, lengths)):
        if targets.dim() == 2:
            labels = targets[n, :length].tolist()
        else:
            labels = targets[start:start + length].tolist()
            start += length
        path = [blank]
        for label in labels:
            path += [label, blank]
        own = steps[:, n][:, path]
        again = [i > 1 and path[i] != blank and path[i] != path[i - 2] for i in range(len(path))]
        skip = torch.tensor(again)
        never = torch.full((len(path),), -math.inf, dtype=steps.dtype)
        alpha = torch.cat([own[0, :2], never[2:]])
        for t in range(1, frames):
            one = torch.cat([never[:1], alpha[:-1]])
            two = torch.cat([never[:2], alpha[:-2]]).masked_fill(~skip, -math.inf) if len(path) > 2 else never
            alpha = torch.logsumexp(torch.stack([alpha, one, two]), 0) + own[t]
        loss = -torch.logsumexp(alpha[-2:], 0)
        if zero_infinity and bool(torch.isinf(loss)):
            loss = loss * 0
        each.append(loss)
    found = torch.stack(each)
    if reduction == "mean":
        return (found / torch.tensor(lengths).clamp(min=1).to(found.dtype)).mean()
    return _reduced(found if log_probs.dim() == 3 else found.squeeze(0), reduction)


def pdist(input, p=2.0):
    return torch.pdist(input, p)
