"""Statistics of numbers: https://docs.python.org/3/library/statistics.html

Sums are exact, so that no order of the data and no cancellation shows in a result.
"""

import math
import numbers
import random
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from fractions import Fraction
from itertools import repeat

__all__ = [
    "NormalDist",
    "StatisticsError",
    "correlation",
    "covariance",
    "fmean",
    "geometric_mean",
    "harmonic_mean",
    "linear_regression",
    "mean",
    "median",
    "median_grouped",
    "median_high",
    "median_low",
    "mode",
    "multimode",
    "pstdev",
    "pvariance",
    "quantiles",
    "stdev",
    "variance",
]


class StatisticsError(ValueError):
    pass


def _is_decimal(kind):
    decimal = sys.modules.get("decimal")
    return decimal is not None and issubclass(kind, decimal.Decimal)


def _common(first, second):
    """The type of a result that data of both types have."""
    if first is second or second is int or second is bool:
        return first
    if first is int:
        return second
    if issubclass(second, first):
        return second
    if issubclass(first, second):
        return first
    if issubclass(first, int):
        return second
    if issubclass(second, int):
        return first
    if issubclass(first, Fraction) and issubclass(second, float):
        return second
    if issubclass(first, float) and issubclass(second, Fraction):
        return first
    raise TypeError(f"don't know how to coerce {first.__name__} and {second.__name__}")


def _ratio(value):
    """Numerator and denominator; of what is no finite number, the value and None."""
    try:
        return value.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return value, None
    try:
        return value.numerator, value.denominator
    except AttributeError:
        name = type(value).__name__
        raise TypeError(f"can't convert type '{name}' to numerator/denominator")


def _total(partials):
    """The sum of numerators kept by their denominators."""
    if None in partials:
        return partials[None]
    return sum(Fraction(top, bottom) for bottom, top in partials.items())


def _sum(data):
    """The common type of data, their exact sum, and their count."""
    count = 0
    kinds = dict.fromkeys([int])
    partials = {}
    for value in data:
        count += 1
        kinds[type(value)] = None
        top, bottom = _ratio(value)
        partials[bottom] = partials.get(bottom, 0) + top
    kind = int
    for other in kinds:
        kind = _common(kind, other)
    return kind, _total(partials), count


def _squares(data, center=None):
    """Common type, sum of squared deviations, center and count."""
    if center is not None:
        kind, total, count = _sum((x - center) * (x - center) for x in data)
        return kind, total, center, count
    count = 0
    kinds = dict.fromkeys([int])
    sums = {}
    squares = {}
    for value in data:
        count += 1
        kinds[type(value)] = None
        top, bottom = _ratio(value)
        sums[bottom] = sums.get(bottom, 0) + top
        squares[bottom] = squares.get(bottom, 0) + top * top
    kind = int
    for other in kinds:
        kind = _common(kind, other)
    if count == 0:
        return kind, Fraction(0), Fraction(0), 0
    if None in sums:
        return kind, sums[None], sums[None], count
    total = sum(Fraction(top, bottom) for bottom, top in sums.items())
    square = sum(Fraction(top, bottom * bottom) for bottom, top in squares.items())
    return kind, (count * square - total * total) / count, total / count, count


def _convert(value, kind):
    """An exact value as the type that the data have."""
    if type(value) is kind:
        return value
    if issubclass(kind, int) and value.denominator != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        if _is_decimal(kind):
            return kind(value.numerator) / kind(value.denominator)
        raise


def _root_to_odd(top, bottom):
    """The whole square root; an odd one where it is no exact one."""
    root = math.isqrt(top // bottom)
    return root | (root * root * bottom != top)


def _float_root(top, bottom):
    """The square root of a fraction as the nearest float."""
    shift = (top.bit_length() - bottom.bit_length() - 109) // 2
    if shift >= 0:
        return (_root_to_odd(top, bottom << 2 * shift) << shift) / 1
    return _root_to_odd(top << -2 * shift, bottom) / (1 << -shift)


def _root(value, kind):
    """The square root of an exact value, of the type of the data."""
    top, bottom = value.numerator, value.denominator
    if not _is_decimal(kind):
        return _float_root(top, bottom) if top > 0 else 0.0
    decimal = sys.modules["decimal"]
    if top <= 0:
        return decimal.Decimal("0.0")
    with decimal.localcontext() as context:
        target = context.prec
        context.prec = 2 * target + 10
        root = (decimal.Decimal(top) / decimal.Decimal(bottom)).sqrt()
        context.prec = target
        return +root


def mean(data):
    kind, total, count = _sum(data)
    if count < 1:
        raise StatisticsError("mean requires at least one data point")
    return _convert(total / count, kind)


def fmean(data, weights=None):
    if weights is None:
        values = list(data)
        if not values:
            raise StatisticsError("fmean requires at least one data point")
        return math.fsum(values) / len(values)
    if not isinstance(weights, (list, tuple)):
        weights = list(weights)
    values = list(data)
    if len(values) != len(weights):
        raise StatisticsError("data and weights must be the same length")
    divisor = math.fsum(weights)
    if not divisor:
        raise StatisticsError("sum of weights must be non-zero")
    return math.fsum(x * w for x, w in zip(values, weights)) / divisor


def geometric_mean(data):
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError(
            "geometric mean requires a non-empty dataset containing positive numbers"
        ) from None


def _not_negative(values, message):
    for value in values:
        if value < 0:
            raise StatisticsError(message)
        yield value


def harmonic_mean(data, weights=None):
    values = list(data)
    message = "harmonic mean does not support negative values"
    if not values:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if len(values) == 1 and weights is None:
        only = values[0]
        if isinstance(only, (numbers.Real, *_decimals())):
            if only < 0:
                raise StatisticsError(message)
            return only
        raise TypeError("unsupported type")
    if weights is None:
        weights = repeat(1, len(values))
        weight = len(values)
    else:
        weights = list(weights)
        if len(weights) != len(values):
            raise StatisticsError("Number of weights does not match data size")
        _, weight, _ = _sum(w for w in _not_negative(weights, message))
    try:
        pairs = zip(weights, _not_negative(values, message))
        kind, total, count = _sum(w / x if w else 0 for w, x in pairs)
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _convert(weight / total, kind)


def _decimals():
    decimal = sys.modules.get("decimal")
    return () if decimal is None else (decimal.Decimal,)


def _ordered(data, name):
    values = sorted(data)
    if not values:
        raise StatisticsError(f"no {name} for empty data")
    return values


def median(data):
    values = _ordered(data, "median")
    half = len(values) // 2
    if len(values) % 2 == 1:
        return values[half]
    return (values[half - 1] + values[half]) / 2


def median_low(data):
    values = _ordered(data, "median")
    return values[(len(values) - 1) // 2]


def median_high(data):
    values = _ordered(data, "median")
    return values[len(values) // 2]


def median_grouped(data, interval=1):
    values = _ordered(data, "median")
    count = len(values)
    middle = values[count // 2]
    first = bisect_left(values, middle)
    last = bisect_right(values, middle, lo=first)
    try:
        interval = float(interval)
        middle = float(middle)
    except ValueError:
        raise TypeError("Value cannot be converted to a float")
    low = middle - interval / 2.0
    return low + interval * (count / 2 - first) / (last - first)


def mode(data):
    pairs = Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError("no mode for empty data")
    return pairs[0][0]


def multimode(data):
    counts = Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    values = sorted(data)
    count = len(values)
    if count < 2:
        raise StatisticsError("must have at least two data points")
    result = []
    if method == "inclusive":
        for i in range(1, n):
            at, rest = divmod(i * (count - 1), n)
            result.append((values[at] * (n - rest) + values[at + 1] * rest) / n)
        return result
    if method == "exclusive":
        for i in range(1, n):
            at = min(max(i * (count + 1) // n, 1), count - 1)
            rest = i * (count + 1) - at * n
            result.append((values[at - 1] * (n - rest) + values[at] * rest) / n)
        return result
    raise ValueError(f"Unknown method: {method!r}")


def variance(data, xbar=None):
    kind, squares, _, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("variance requires at least two data points")
    return _convert(squares / (count - 1), kind)


def pvariance(data, mu=None):
    kind, squares, _, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pvariance requires at least one data point")
    return _convert(squares / count, kind)


def stdev(data, xbar=None):
    kind, squares, _, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("stdev requires at least two data points")
    return _root(squares / (count - 1), kind)


def pstdev(data, mu=None):
    kind, squares, _, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pstdev requires at least one data point")
    return _root(squares / count, kind)


def _paired(x, y, name):
    count = len(x)
    if len(y) != count:
        raise StatisticsError(f"{name} requires that both inputs have same number of data points")
    if count < 2:
        raise StatisticsError(f"{name} requires at least two data points")
    return count, math.fsum(x) / count, math.fsum(y) / count


def covariance(x, y, /):
    count, xbar, ybar = _paired(x, y, "covariance")
    return math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y)) / (count - 1)


def correlation(x, y, /):
    count, xbar, ybar = _paired(x, y, "correlation")
    sxy = math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y))
    sxx = math.fsum((d := a - xbar) * d for a in x)
    syy = math.fsum((d := b - ybar) * d for b in y)
    try:
        return sxy / math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant")


LinearRegression = namedtuple("LinearRegression", ("slope", "intercept"))


def linear_regression(x, y, /, *, proportional=False):
    count, xbar, ybar = _paired(x, y, "linear regression")
    if proportional:
        sxy = math.fsum(a * b for a, b in zip(x, y))
        sxx = math.fsum(a * a for a in x)
    else:
        sxy = math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y))
        sxx = math.fsum((d := a - xbar) * d for a in x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError("x is constant")
    return LinearRegression(slope=slope, intercept=0.0 if proportional else ybar - slope * xbar)


def _polynomial(coefficients, x):
    value = 0.0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value


# M. J. Wichura, Algorithm AS241: The Percentage Points of the Normal Distribution, 1988.
_CENTER = (
    (
        2.50908_09287_30122_6727e3,
        3.34305_75583_58812_8105e4,
        6.72657_70927_00870_0853e4,
        4.59219_53931_54987_1457e4,
        1.37316_93765_50946_1125e4,
        1.97159_09503_06551_4427e3,
        1.33141_66789_17843_7745e2,
        3.38713_28727_96366_6080e0,
    ),
    (
        5.22649_52788_52854_5610e3,
        2.87290_85735_72194_2674e4,
        3.93078_95800_09271_0610e4,
        2.12137_94301_58659_5867e4,
        5.39419_60214_24751_1077e3,
        6.87187_00749_20579_0830e2,
        4.23133_30701_60091_1252e1,
        1.0,
    ),
)
_MIDDLE = (
    (
        7.74545_01427_83414_07640e-4,
        2.27238_44989_26918_45833e-2,
        2.41780_72517_74506_11770e-1,
        1.27045_82524_52368_38258e0,
        3.64784_83247_63204_60504e0,
        5.76949_72214_60691_40550e0,
        4.63033_78461_56545_29590e0,
        1.42343_71107_49683_57734e0,
    ),
    (
        1.05075_00716_44416_84324e-9,
        5.47593_80849_95344_94600e-4,
        1.51986_66563_61645_71966e-2,
        1.48103_97642_74800_74590e-1,
        6.89767_33498_51000_04550e-1,
        1.67638_48301_83803_84940e0,
        2.05319_16266_37758_82187e0,
        1.0,
    ),
)
_TAIL = (
    (
        2.01033_43992_92288_13265e-7,
        2.71155_55687_43487_57815e-5,
        1.24266_09473_88078_43860e-3,
        2.65321_89526_57612_30930e-2,
        2.96560_57182_85048_91230e-1,
        1.78482_65399_17291_33580e0,
        5.46378_49111_64114_36990e0,
        6.65790_46435_01103_77720e0,
    ),
    (
        2.04426_31033_89939_78564e-15,
        1.42151_17583_16445_88870e-7,
        1.84631_83175_10054_68180e-5,
        7.86869_13114_56132_59100e-4,
        1.48753_61290_85061_48525e-2,
        1.36929_88092_27358_05310e-1,
        5.99832_20655_58879_37690e-1,
        1.0,
    ),
)


def _normal_quantile(p, mu, sigma):
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        x = _polynomial(_CENTER[0], r) * q / _polynomial(_CENTER[1], r)
        return mu + x * sigma
    r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
    near, (top, bottom) = (1.6, _MIDDLE) if r <= 5.0 else (5.0, _TAIL)
    r -= near
    x = _polynomial(top, r) / _polynomial(bottom, r)
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    """A normal distribution of a random variable."""

    __slots__ = {
        "_mu": "Arithmetic mean of a normal distribution",
        "_sigma": "Standard deviation of a normal distribution",
    }

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        values = list(data)
        kind, squares, center, count = _squares(values)
        if count < 2:
            raise StatisticsError("stdev requires at least two data points")
        return cls(_convert(center, kind), _root(squares / (count - 1), kind))

    def samples(self, n, *, seed=None):
        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in repeat(None, n)]

    def pdf(self, x):
        spread = self._sigma * self._sigma
        if not spread:
            raise StatisticsError("pdf() not defined when sigma is zero")
        away = x - self._mu
        return math.exp(away * away / (-2.0 * spread)) / math.sqrt(math.tau * spread)

    def cdf(self, x):
        if not self._sigma:
            raise StatisticsError("cdf() not defined when sigma is zero")
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * math.sqrt(2.0))))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return _normal_quantile(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        x, y = self, other
        if (y._sigma, y._mu) < (x._sigma, x._mu):
            x, y = y, x
        first, second = x.variance, y.variance
        if not first or not second:
            raise StatisticsError("overlap() not defined when sigma is zero")
        spread = second - first
        away = math.fabs(y._mu - x._mu)
        if not spread:
            return 1.0 - math.erf(away / (2.0 * x._sigma * math.sqrt(2.0)))
        a = x._mu * second - y._mu * first
        b = x._sigma * y._sigma * math.sqrt(away * away + spread * math.log(second / first))
        low = (a + b) / spread
        high = (a - b) / spread
        return 1.0 - (
            math.fabs(y.cdf(low) - x.cdf(low)) + math.fabs(y.cdf(high) - x.cdf(high))
        )

    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        return self._mu

    @property
    def median(self):
        return self._mu

    @property
    def mode(self):
        return self._mu

    @property
    def stdev(self):
        return self._sigma

    @property
    def variance(self):
        return self._sigma * self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, factor):
        return NormalDist(self._mu * factor, self._sigma * math.fabs(factor))

    def __truediv__(self, divisor):
        return NormalDist(self._mu / divisor, self._sigma / math.fabs(divisor))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    __radd__ = __add__

    def __rsub__(self, other):
        return -(self - other)

    __rmul__ = __mul__

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"
