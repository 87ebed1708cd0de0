"""`numpy.random`: the functions over one RandomState, RandomState with MT19937, Generator with PCG64."""
import operator

import numpy as np
from numpy import _random


def _shape(size):
    if size is None:
        return ()
    try:
        return (operator.index(size),)
    except TypeError:
        return tuple(operator.index(one) for one in size)


def _count(shape):
    count = 1
    for one in shape:
        if one < 0:
            raise ValueError("negative dimensions are not allowed")
        count *= one
    return count


def _shaped(flat, size, shape):
    if size is None and shape == ():
        return flat.tolist()[0]
    return flat.reshape(shape)


def _broadcast(size, *args):
    """The arguments as flat arrays of one length, and the shape of what is drawn for them."""
    arrays = [np.asarray(one) for one in args]
    shape = np.broadcast_shapes(*(one.shape for one in arrays))
    if size is not None:
        wanted = _shape(size)
        if np.broadcast_shapes(shape, wanted) != wanted:
            raise ValueError(
                f"Output size {wanted} is not compatible with broadcast dimensions of inputs {shape}."
            )
        shape = wanted
    return shape, [np.broadcast_to(one, shape).ravel() for one in arrays]


class SeedSequence:
    """Words of a seed, mixed."""

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0):
        if pool_size != 4:
            raise NotImplementedError("SeedSequence(pool_size=…) is not here; nearest: the default of 4")
        self.entropy = _random.fresh() if entropy is None else entropy
        self.spawn_key = tuple(spawn_key)
        self.pool_size = 4
        self.n_children_spawned = n_children_spawned

    def _words(self):
        if isinstance(self.entropy, (list, tuple, np.ndarray, range)):
            return [operator.index(one) for one in self.entropy]
        return [operator.index(self.entropy)]

    def spawn(self, n_children):
        first = self.n_children_spawned
        self.n_children_spawned += n_children
        return [SeedSequence(self.entropy, spawn_key=self.spawn_key + (i,)) for i in range(first, first + n_children)]

    def __repr__(self):
        return f"SeedSequence(\n    entropy={self.entropy},\n)"


class BitGenerator:
    pass


class PCG64(BitGenerator):
    def __init__(self, seed=None):
        self.seed_seq = seed if isinstance(seed, SeedSequence) else SeedSequence(seed)
        self._bits = _random.Bits("PCG64", self.seed_seq._words(), self.seed_seq.spawn_key)

    @property
    def state(self):
        state, inc, has, half = self._bits.state()
        return {"bit_generator": "PCG64", "state": {"state": state, "inc": inc}, "has_uint32": has, "uinteger": half}

    @state.setter
    def state(self, value):
        own = value["state"]
        self._bits.restore((own["state"], own["inc"], value["has_uint32"], value["uinteger"]))

    def random_raw(self, size=None):
        raise NotImplementedError("PCG64.random_raw is not here; nearest: Generator.integers")


class MT19937(BitGenerator):
    def __init__(self, seed=None):
        raise NotImplementedError("MT19937 as a bit generator is not here; nearest: RandomState(seed), default_rng(seed)")


def _checked(condition, message):
    if not condition:
        raise ValueError(message)


class _Distributions:
    """What RandomState and Generator draw alike: of two parameters, a place and a scale, or of a shape."""

    def _scaled(self, draw, loc, scale, size):
        if isinstance(loc, (int, float)) and isinstance(scale, (int, float)):
            _checked(scale >= 0, "scale < 0")
            shape = _shape(size)
            flat = draw(_count(shape))
            if loc != 0 or scale != 1:
                flat = loc + scale * flat
            return _shaped(flat, size, shape)
        shape, (loc, scale) = _broadcast(size, loc, scale)
        _checked(not np.any(scale < 0), "scale < 0")
        return _shaped(loc + scale * draw(len(loc)), size, shape)

    def _of(self, draw, size, *args, dtype=float):
        shape, arrays = _broadcast(size, *args)
        return _shaped(draw(*(one.astype(float) for one in arrays)), size, shape)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return self._scaled(self._bits.normals, loc, scale, size)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        drawn = np.exp(np.asarray(self.normal(mean, sigma, size)))
        return float(drawn) if drawn.ndim == 0 else drawn

    def exponential(self, scale=1.0, size=None):
        return self._scaled(self._bits.exponentials, 0, scale, size)

    def _inverted(self, of, loc, scale, size):
        return self._scaled(lambda count: of(self._open(count)), loc, scale, size)

    def _open(self, count):
        return self._bits.doubles(count)

    def gumbel(self, loc=0.0, scale=1.0, size=None):
        return self._inverted(lambda u: -np.log(-np.log(1.0 - u)), loc, scale, size)

    def logistic(self, loc=0.0, scale=1.0, size=None):
        return self._inverted(lambda u: np.log(u / (1.0 - u)), loc, scale, size)

    def laplace(self, loc=0.0, scale=1.0, size=None):
        return self._inverted(lambda u: np.where(u >= 0.5, -np.log(2.0 - u - u), np.log(u + u)), loc, scale, size)

    def rayleigh(self, scale=1.0, size=None):
        if isinstance(self, Generator):
            return self._scaled(lambda count: np.sqrt(2.0 * self._bits.exponentials(count)), 0, scale, size)
        return self._inverted(lambda u: np.sqrt(-2.0 * np.log(1.0 - u)), 0, scale, size)

    def standard_gamma(self, shape, size=None):
        _checked(np.all(np.asarray(shape) >= 0), "shape < 0")
        return self._of(self._bits.gamma, size, shape)

    def gamma(self, shape, scale=1.0, size=None):
        _checked(np.all(np.asarray(shape) >= 0), "shape < 0")
        _checked(np.all(np.asarray(scale) >= 0), "scale < 0")
        return self._of(lambda k, theta: theta * self._bits.gamma(k), size, shape, scale)

    def chisquare(self, df, size=None):
        _checked(np.all(np.asarray(df) > 0), "df <= 0")
        return self._of(lambda k: 2.0 * self._bits.gamma(k / 2.0), size, df)

    def beta(self, a, b, size=None):
        _checked(np.all(np.asarray(a) > 0), "a <= 0")
        _checked(np.all(np.asarray(b) > 0), "b <= 0")
        return self._of(self._bits.beta, size, a, b)

    def weibull(self, a, size=None):
        return self._of(lambda k: self._bits.exponentials(len(k)) ** (1.0 / k), size, a)

    def pareto(self, a, size=None):
        return self._of(lambda k: np.expm1(self._bits.exponentials(len(k)) / k), size, a)

    def poisson(self, lam=1.0, size=None):
        _checked(np.all(np.asarray(lam) >= 0), "lam < 0 or lam contains NaNs" if isinstance(self, Generator) else "lam < 0")
        return self._of(self._bits.poisson, size, lam)

    def binomial(self, n, p, size=None):
        _checked(np.all(np.asarray(n) >= 0), "n < 0")
        _checked(np.all((np.asarray(p) >= 0) & (np.asarray(p) <= 1)), "p < 0, p > 1 or p is NaN" if isinstance(self, Generator) else "p < 0, p > 1 or p contains NaNs")
        return self._of(self._bits.binomial, size, n, p)

    def geometric(self, p, size=None):
        _checked(np.all((np.asarray(p) > 0) & (np.asarray(p) <= 1)), "p <= 0, p > 1 or p contains NaNs")
        return self._of(self._bits.geometric, size, p)

    def multinomial(self, n, pvals, size=None):
        pvals = np.asarray(pvals, dtype=float)
        if pvals[:-1].sum() > 1.0 + 1e-12:
            raise ValueError("sum(pvals[:-1]) > 1.0")
        shape = _shape(size)
        rows = []
        for _ in range(_count(shape)):
            left, rest, row = n, 1.0, [0] * len(pvals)
            for j, p in enumerate(pvals[:-1].tolist()):
                row[j] = int(self._bits.binomial(np.array([float(left)]), np.array([min(p / rest, 1.0)]))[0])
                left -= row[j]
                if left <= 0:
                    break
                rest -= p
            if left > 0:
                row[-1] = left
            rows.append(row)
        return np.array(rows, dtype=np.int64).reshape(shape + (len(pvals),))

    def dirichlet(self, alpha, size=None):
        alpha = np.asarray(alpha, dtype=float)
        _checked(np.all(alpha > 0), "alpha <= 0")
        if isinstance(self, Generator) and alpha.max() < 0.1:
            raise NotImplementedError("Generator.dirichlet with all alpha < 0.1 is not here; nearest: RandomState.dirichlet")
        shape = _shape(size)
        drawn = self._bits.gamma(np.tile(alpha, _count(shape))).reshape(-1, len(alpha))
        return (drawn / np.cumsum(drawn, axis=1)[:, -1:]).reshape(shape + (len(alpha),))

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8, *, method="svd"):
        mean, cov = np.asarray(mean, dtype=float), np.asarray(cov, dtype=float)
        if mean.ndim != 1:
            raise ValueError("mean must be 1 dimensional")
        if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
            raise ValueError("cov must be 2 dimensional and square")
        if mean.shape[0] != cov.shape[0]:
            raise ValueError("mean and cov must have same length")
        shape = _shape(size)
        drawn = self._bits.normals(_count(shape) * len(mean)).reshape(-1, len(mean))
        if method == "cholesky":
            factor = np.linalg.cholesky(cov).T
        elif method == "eigh":
            values, vectors = np.linalg.eigh(cov)
            factor = (vectors * np.sqrt(values)).T
        else:
            _, values, vectors = np.linalg.svd(cov)
            factor = np.sqrt(values)[:, None] * vectors
        return (mean + drawn @ factor).reshape(shape + (len(mean),))

    def _pick(self, a, replace, p, size, axis=0):
        """What a choice picks from: how many there are, the probabilities, and the shape."""
        pool = np.asarray(a) if not isinstance(a, int) else None
        if pool is not None and pool.ndim == 0:
            pool, a = None, operator.index(pool.item())
        if pool is None:
            count = a
            _checked(count > 0 or (size is not None and _count(_shape(size)) == 0), "a must be greater than 0 unless no samples are taken" if not isinstance(self, Generator) else "a must be a positive integer unless no samples are taken")
        else:
            _checked(pool.ndim == 1 or isinstance(self, Generator), "a must be 1-dimensional")
            count = pool.shape[axis]
            _checked(count > 0 or (size is not None and _count(_shape(size)) == 0), "'a' cannot be empty unless no samples are taken" if not isinstance(self, Generator) else "a cannot be empty unless no samples are taken")
        if p is not None:
            p = np.asarray(p, dtype=float)
            if p.ndim != 1:
                raise ValueError("'p' must be 1-dimensional" if not isinstance(self, Generator) else "p must be 1-dimensional")
            if p.size != count:
                raise ValueError("'a' and 'p' must have same size" if not isinstance(self, Generator) else "a and p must have same size")
            if np.isnan(p).any():
                raise ValueError("probabilities contain NaN" if not isinstance(self, Generator) else "Probabilities contain NaN")
            if (p < 0).any():
                raise ValueError("probabilities are not non-negative" if not isinstance(self, Generator) else "Probabilities are not non-negative")
            if abs(p.sum() - 1.0) > 1.5e-8:
                raise ValueError("probabilities do not sum to 1" if not isinstance(self, Generator) else "Probabilities do not sum to 1.")
        return pool, count, p

    def _weighted(self, count, p, wanted):
        """Without repeats, by weights: drawn again without those that were found."""
        if np.count_nonzero(p > 0) < wanted:
            raise ValueError("Fewer non-zero entries in p than size")
        p = p.copy()
        found = []
        while len(found) < wanted:
            x = self._bits.doubles(wanted - len(found))
            if found:
                p[found] = 0
            sums = np.cumsum(p)
            sums /= sums[-1]
            new = sums.searchsorted(x, side="right")
            _, first = np.unique(new, return_index=True)
            found += new[np.sort(first)].tolist()
        return np.array(found, dtype=np.int64)


class RandomState(_Distributions):
    def __init__(self, seed=None):
        self.seed(seed)

    def seed(self, seed=None):
        if seed is None:
            self._bits = _random.Bits("MT19937", [_random.fresh()])
            return
        try:
            word = operator.index(seed.item() if isinstance(seed, np.ndarray) and seed.size == 1 else seed)
        except TypeError:
            words = np.asarray(seed)
            _checked(words.size > 0, "Seed must be non-empty")
            if words.dtype.kind not in "biu":
                raise TypeError(f"Cannot cast array data from {words.dtype!r} to dtype('int64') according to the rule 'safe'") from None
            _checked(words.ndim == 1, "Seed array must be 1-d")
            _checked(not np.any((words < 0) | (words > 2**32 - 1)), "Seed must be between 0 and 2**32 - 1")
            self._bits = _random.Bits("MT19937", words.tolist())
            return
        _checked(0 <= word <= 2**32 - 1, "Seed must be between 0 and 2**32 - 1")
        self._bits = _random.Bits("MT19937", word)

    def get_state(self, legacy=True):
        key, pos, has, gauss = self._bits.state()
        if legacy:
            return ("MT19937", key, pos, has, gauss)
        return {"bit_generator": "MT19937", "state": {"key": key, "pos": pos}, "has_gauss": has, "gauss": gauss}

    def set_state(self, state):
        if isinstance(state, dict):
            state = (state["bit_generator"], state["state"]["key"], state["state"]["pos"], state["has_gauss"], state["gauss"])
        if state[0] != "MT19937":
            raise ValueError("can only set MT19937 state")
        has, gauss = (tuple(state[3:5]) + (0, 0.0))[:2] if len(state) > 3 else (0, 0.0)
        self._bits.restore((state[1], state[2], has, gauss))

    def random_sample(self, size=None):
        shape = _shape(size)
        return _shaped(self._bits.doubles(_count(shape)), size, shape)

    random = sample = ranf = random_sample

    def rand(self, *args):
        return self.random_sample(args if args else None)

    def randn(self, *args):
        return self.standard_normal(args if args else None)

    def standard_normal(self, size=None):
        shape = _shape(size)
        return _shaped(self._bits.normals(_count(shape)), size, shape)

    def standard_exponential(self, size=None):
        shape = _shape(size)
        return _shaped(self._bits.exponentials(_count(shape)), size, shape)

    def uniform(self, low=0.0, high=1.0, size=None):
        if isinstance(low, (int, float)) and isinstance(high, (int, float)):
            shape = _shape(size)
            return _shaped(low + (high - low) * self._bits.doubles(_count(shape)), size, shape)
        shape, (low, high) = _broadcast(size, low, high)
        return _shaped(low + (high - low) * self._bits.doubles(len(low)), size, shape)

    def randint(self, low, high=None, size=None, dtype=int):
        return _integers(self._bits, low, high, size, dtype, None)

    def random_integers(self, low, high=None, size=None):
        if high is None:
            low, high = 1, low
        return self.randint(low, high + 1, size)

    def bytes(self, length):
        words = self._bits.bytes((length - 1) // 4 + 1).astype(np.uint32)
        return words.tobytes()[:length]

    def standard_cauchy(self, size=None):
        shape = _shape(size)
        pairs = self._bits.normals(2 * _count(shape)).reshape(-1, 2)
        return _shaped(pairs[:, 0] / pairs[:, 1], size, shape)

    def standard_t(self, df, size=None):
        shape, (df,) = _broadcast(size, df)
        drawn = []
        for one in df.tolist():
            top = self._bits.normals(1)[0]
            drawn.append(np.sqrt(one / 2) * top / np.sqrt(self._bits.gamma(np.array([one / 2]))[0]))
        return _shaped(np.array(drawn), size, shape)

    def triangular(self, left, mode, right, size=None):
        return self._of(lambda a, c, b: _triangular(self._bits.doubles(len(a)), a, c, b), size, left, mode, right)

    def choice(self, a, size=None, replace=True, p=None):
        pool, count, p = self._pick(a, replace, p, size)
        shape = _shape(size)
        wanted = _count(shape)
        if replace:
            if p is None:
                places = self._bits.integers(0, count - 1, wanted, np.int64) if wanted else np.zeros(0, int)
            else:
                sums = p.cumsum()
                sums /= sums[-1]
                places = sums.searchsorted(self._bits.doubles(wanted), side="right")
        else:
            if wanted > count:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            places = self._weighted(count, p, wanted) if p is not None else self._bits.shuffled(count)[:wanted]
        if size is None:
            place = places.tolist()[0]
            return place if pool is None else pool[place]
        places = places.reshape(shape)
        return places if pool is None else pool[places]

    def shuffle(self, x):
        _shuffle(self._bits, x, 0)

    def permutation(self, x):
        if isinstance(x, (int, np.integer)):
            return self._bits.shuffled(operator.index(x))
        x = np.asarray(x)
        if x.ndim == 0:
            raise IndexError("x must be an integer or at least 1-dimensional")
        return x[self._bits.shuffled(len(x))]


def _triangular(u, left, mode, right):
    base = right - left
    ratio = (mode - left) / base
    return np.where(u <= ratio, left + np.sqrt(u * base * (mode - left)), right - np.sqrt((1.0 - u) * base * (right - mode)))


def _shuffle(bits, x, axis):
    if isinstance(x, np.ndarray):
        if x.ndim == 0 or axis >= x.ndim:
            raise IndexError("axis error") if x.ndim else TypeError("x must have at least one dimension")
        turned = np.moveaxis(x, axis, 0)
        turned[...] = turned[bits.shuffled(len(turned))]
        return
    if axis != 0:
        raise NotImplementedError("Axis argument is only supported on ndarray objects")
    places = bits.shuffled(len(x)).tolist()
    x[:] = [x[place] for place in places]


def _integers(bits, low, high, size, dtype, endpoint):
    own = np.dtype(dtype)
    if own.kind not in "biu":
        raise TypeError(f"Unsupported dtype {own!r} for integers" if endpoint is not None else f"Unsupported dtype {own!r} for randint")
    if high is None:
        low, high = 0, low
    if own.kind == "b":
        least, most = 0, 1
    else:
        least, most = np.iinfo(own).min, np.iinfo(own).max
    if not isinstance(low, np.ndarray) and not isinstance(high, np.ndarray) and not isinstance(low, (list, tuple)) and not isinstance(high, (list, tuple)):
        low, high = int(low), int(high) - (0 if endpoint else 1)
        if low < least:
            raise ValueError(f"low is out of bounds for {own}")
        if high > most:
            raise ValueError(f"high is out of bounds for {own}")
        if low > high:
            raise ValueError("low > high" if endpoint else "low >= high")
        shape = _shape(size)
        flat = bits.integers(low, high, _count(shape), own)
        if size is None:
            return flat.tolist()[0] if dtype in (int, bool) else flat[0]
        return flat.reshape(shape)
    low, high = np.asarray(low), np.asarray(high)
    shape, (low, high) = _broadcast(size, low, high)
    low, high = low.astype(np.int64), high.astype(np.int64) - (0 if endpoint else 1)
    if np.any(low < least):
        raise ValueError(f"low is out of bounds for {own}")
    if np.any(high > most):
        raise ValueError(f"high is out of bounds for {own}")
    if np.any(low > high):
        raise ValueError("low > high" if endpoint else "low >= high")
    return bits.integers_each(low, high, own).reshape(shape)


class Generator(_Distributions):
    def __init__(self, bit_generator):
        self.bit_generator = bit_generator
        self._bits = bit_generator._bits

    def __repr__(self):
        return f"Generator(PCG64) at 0x{id(self):X}"

    def __str__(self):
        return "Generator(PCG64)"

    def spawn(self, n_children):
        return [Generator(PCG64(one)) for one in self.bit_generator.seed_seq.spawn(n_children)]

    def random(self, size=None, dtype=np.float64, out=None):
        shape = _shape(size) if out is None else out.shape
        own = np.dtype(dtype)
        if own == np.float32:
            flat = self._bits.floats(_count(shape))
        elif own == np.float64:
            flat = self._bits.doubles(_count(shape))
        else:
            raise TypeError(f"Unsupported dtype {own!r} for random")
        if out is not None:
            out[...] = flat.reshape(shape)
            return out
        return _shaped(flat, size, shape)

    def _standard(self, draw, size, dtype, out, name):
        if np.dtype(dtype) != np.float64:
            raise NotImplementedError(f"Generator.{name}(dtype=float32) is not here; nearest: {name}().astype(numpy.float32)")
        shape = _shape(size) if out is None else out.shape
        flat = draw(_count(shape))
        if out is not None:
            out[...] = flat.reshape(shape)
            return out
        return _shaped(flat, size, shape)

    def standard_normal(self, size=None, dtype=np.float64, out=None):
        return self._standard(self._bits.normals, size, dtype, out, "standard_normal")

    def standard_exponential(self, size=None, dtype=np.float64, method="zig", out=None):
        if method != "zig":
            raise NotImplementedError("Generator.standard_exponential(method='inv') is not here; nearest: method='zig'")
        return self._standard(self._bits.exponentials, size, dtype, out, "standard_exponential")

    def standard_cauchy(self, size=None):
        return RandomState.standard_cauchy(self, size)

    def standard_t(self, df, size=None):
        return RandomState.standard_t(self, df, size)

    def triangular(self, left, mode, right, size=None):
        return RandomState.triangular(self, left, mode, right, size)

    def uniform(self, low=0.0, high=1.0, size=None):
        return RandomState.uniform(self, low, high, size)

    def integers(self, low, high=None, size=None, dtype=np.int64, endpoint=False):
        return _integers(self._bits, low, high, size, dtype, endpoint)

    def bytes(self, length):
        return RandomState.bytes(self, length)

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        pool, count, p = self._pick(a, replace, p, size, axis)
        shape = _shape(size)
        wanted = _count(shape)
        if replace:
            if p is None:
                places = self._bits.integers(0, count - 1, wanted, np.int64) if wanted else np.zeros(0, int)
            else:
                sums = p.cumsum()
                sums /= sums[-1]
                places = sums.searchsorted(self._bits.doubles(wanted), side="right")
        else:
            if wanted > count:
                raise ValueError("Cannot take a larger sample than population when replace is False")
            if p is not None:
                places = self._weighted(count, p, wanted)
            elif count > 10000 and wanted > count // (50 if shuffle else 20):
                places = self._bits.tail(count, max(count - wanted, 1))[count - wanted:]
            else:
                places = self._bits.sampled(count, wanted)
                if shuffle:
                    places = places[self._bits.tail(wanted, 1)]
        if size is None:
            place = places.tolist()[0]
            return place if pool is None else pool[(slice(None),) * axis + (place,)]
        places = places.reshape(shape)
        return places if pool is None else np.take(pool, places, axis=axis)

    def shuffle(self, x, axis=0):
        _shuffle(self._bits, x, axis)

    def permutation(self, x, axis=0):
        if isinstance(x, (int, np.integer)):
            return self._bits.shuffled(operator.index(x))
        x = np.asarray(x)
        return np.take(x, self._bits.shuffled(x.shape[axis]), axis=axis)

    def permuted(self, x, *, axis=None, out=None):
        x = np.asarray(x)
        result = x.copy() if out is None else out
        if axis is None:
            flat = x.ravel()[self._bits.shuffled(x.size)]
            result[...] = flat.reshape(x.shape)
            return result
        lines = np.moveaxis(result, axis, -1)
        for place in np.ndindex(*lines.shape[:-1]):
            lines[place] = lines[place][self._bits.shuffled(lines.shape[-1])]
        return result


def default_rng(seed=None):
    if isinstance(seed, Generator):
        return seed
    if isinstance(seed, PCG64):
        return Generator(seed)
    return Generator(PCG64(seed))


_state = RandomState()
for _name in (
    "seed get_state set_state random_sample random sample ranf rand randn standard_normal standard_exponential uniform randint "
    "random_integers bytes standard_cauchy standard_t triangular choice shuffle permutation normal lognormal exponential gumbel "
    "logistic laplace rayleigh standard_gamma gamma chisquare beta weibull pareto poisson binomial geometric multinomial "
    "dirichlet multivariate_normal"
).split():
    globals()[_name] = getattr(_state, _name)


def __getattr__(name):
    if name in ("SFC64", "Philox", "PCG64DXSM"):
        raise AttributeError(f"module 'numpy.random' has no attribute '{name}': it is not here; nearest: numpy.random.PCG64")
    raise AttributeError(f"module 'numpy.random' has no attribute '{name}'")
