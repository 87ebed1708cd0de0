"""What `torch.linalg` has beside products, solutions and norms of vectors: made of the decompositions."""
import math
import torch
from collections import namedtuple
from torch.linalg import det, inv, matrix_power, norm, qr, solve, vector_norm

_SVD = namedtuple("linalg_svd", "U S Vh")
_Eigh = namedtuple("linalg_eigh", "eigenvalues eigenvectors")
_Slogdet = namedtuple("linalg_slogdet", "sign logabsdet")
_Lstsq = namedtuple("linalg_lstsq", "solution residuals rank singular_values")


class _LinAlgError(RuntimeError):
    pass


LinAlgError = _LinAlgError


def matmul(input, other):
    return input @ other


def multi_dot(tensors):
    tensors = list(tensors)
    if len(tensors) < 2:
        raise RuntimeError(f"multi_dot(): expected at least 2 tensors but got {len(tensors)}")
    out = tensors[0]
    for one in tensors[1:]:
        out = out @ one
    return out


def slogdet(A):
    value = det(A)
    return _Slogdet(value.sign().detach(), value.abs().log())


def svd(A, full_matrices=True):
    u, s, vh = torch._svd(A)
    if full_matrices and A.size(-1) != A.size(-2):
        u, vh = _completed(u), _completed(vh.mT).mT
    return _SVD(u, s, vh)


def _completed(q):
    """Orthonormal columns, and as many more as there are rows."""
    rows, columns = q.shape[-2:]
    if rows == columns:
        return q
    done = [q[..., i] for i in range(columns)]
    for i in range(rows):
        if len(done) == rows:
            break
        rest = torch.zeros(q.shape[:-1], dtype=q.dtype)
        rest[..., i] = 1
        for _ in range(2):
            for one in done:
                rest = rest - (rest * one).sum(-1, keepdim=True) * one
        size = rest.norm(dim=-1, keepdim=True)
        if bool((size > 1e-3).all()):
            done.append(rest / size)
    return torch.stack(done, -1)


def svdvals(A):
    return torch._svdvals(A)


def eigh(A, UPLO="L"):
    return _Eigh(*torch._eigh(_mirrored(A, UPLO)))


def eigvalsh(A, UPLO="L"):
    return torch._eigvalsh(_mirrored(A, UPLO))


def _mirrored(A, UPLO):
    if UPLO not in ("L", "U"):
        raise RuntimeError(f"Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    return A.tril() + A.tril(-1).mT if UPLO == "L" else A.triu() + A.triu(1).mT


def matrix_rank(A, *, tol=None, hermitian=False):
    s = svdvals(A)
    if tol is None:
        tol = max(A.shape[-2:]) * torch.finfo(A.dtype).eps * s.amax(-1, keepdim=True)
    return (s > tol).sum(-1)


def pinv(A, rcond=None, hermitian=False):
    u, s, vh = torch._svd(A)
    limit = (max(A.shape[-2:]) * torch.finfo(A.dtype).eps if rcond is None else rcond) * s.amax(-1, keepdim=True)
    inverse = torch.where(s > limit, 1 / s, torch.zeros_like(s))
    return vh.mT @ (inverse.unsqueeze(-1) * u.mT)


def cond(A, p=None):
    if p is None or p in (2, -2):
        s = svdvals(A)
        return s[..., 0] / s[..., -1] if p != -2 else s[..., -1] / s[..., 0]
    return matrix_norm(A, p) * matrix_norm(inv(A), p)


def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None):
    if A.dim() < 2:
        raise RuntimeError(f"linalg.matrix_norm: The input tensor A must have at least 2 dimensions.")
    if dtype is not None:
        A = A.to(dtype)
    row, column = (d % A.dim() for d in dim)
    if ord == "fro":
        return vector_norm(A, 2, (row, column), keepdim)
    if ord in (1, -1, math.inf, -math.inf):
        first, second = (row, column) if abs(ord) == 1 else (column, row)
        sums = A.abs().sum(first, keepdim=True)
        out = sums.amax(second, keepdim=True) if ord > 0 else sums.amin(second, keepdim=True)
    elif ord in ("nuc", 2, -2):
        s = svdvals(A.movedim((row, column), (-2, -1)))
        out = s.sum(-1) if ord == "nuc" else s.amax(-1) if ord == 2 else s.amin(-1)
        for d in sorted((row, column)):
            out = out.unsqueeze(d)
    else:
        raise RuntimeError(f"linalg.matrix_norm: Order {ord} not supported.")
    return out if keepdim else out.squeeze(max(row, column)).squeeze(min(row, column))


def solve_triangular(A, B, *, upper, left=True, unitriangular=False):
    part = A.triu() if upper else A.tril()
    if unitriangular:
        eye = torch.eye(A.size(-1), dtype=A.dtype)
        part = part - part * eye + eye
    return solve(part, B) if left else solve(part.mT, B.mT).mT


def lstsq(A, B, rcond=None, *, driver=None):
    solution = torch._lstsq(A, B)
    rest = A @ solution - B
    tall = A.size(-2) > A.size(-1)
    residuals = rest.square().sum(-2) if tall else torch.empty(0, dtype=A.dtype)
    rank = torch.full(A.shape[:-2], A.size(-1), dtype=torch.int64)
    return _Lstsq(solution, residuals, rank, torch.empty(0, dtype=A.dtype))


def matrix_exp(A):
    if A.dim() < 2 or A.size(-1) != A.size(-2):
        raise RuntimeError(f"linalg.matrix_exp: A must be batches of square matrices, but they are {A.size(-2)} by {A.size(-1)} matrices")
    # Scaled until its norm is small, a Taylor series, and squared again (Moler & Van Loan 2003).
    size = float(A.detach().abs().sum(-1).max()) if A.numel() else 0.0
    halvings = max(0, math.ceil(math.log2(size)) + 1) if size > 0 else 0
    small = A / 2**halvings
    term = total = torch.eye(A.size(-1), dtype=A.dtype).expand_as(A)
    for k in range(1, 20):
        term = term @ small / k
        total = total + term
    for _ in range(halvings):
        total = total @ total
    return total


def cross(input, other, *, dim=-1):
    a, b = torch.broadcast_tensors(input, other)
    if a.size(dim) != 3:
        raise RuntimeError(f"linalg.cross: inputs dimension {dim} must have length 3. Got {input.size(dim)} and {other.size(dim)}")
    return a.roll(-1, dim) * b.roll(1, dim) - a.roll(1, dim) * b.roll(-1, dim)


def vecdot(x, y, *, dim=-1):
    return (x * y).sum(dim)


def diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    return torch.diagonal(A, offset, dim1, dim2)


def vander(x, N=None):
    count = x.size(-1) if N is None else N
    return x.unsqueeze(-1) ** torch.arange(count, dtype=x.dtype)


def tensorinv(A, ind=2):
    rows, columns = A.shape[ind:], A.shape[:ind]
    return inv(A.reshape(math.prod(columns), -1)).reshape(*rows, *columns)


def tensorsolve(A, B, dims=None):
    return solve(A.reshape(B.numel(), -1), B.reshape(-1)).reshape(A.shape[B.dim():])


def eig(A):
    raise NotImplementedError("torch.linalg.eig is not here: there are no complex tensors; nearest: torch.linalg.eigh, for symmetric matrices")


eigvals = eig
