"""`pytest.approx`: numbers that are equal but for rounding, alone and in sequences, mappings and arrays."""
import math
import sys
from collections.abc import Collection, Mapping, Sized
from decimal import Decimal
from numbers import Complex


def approx(expected, rel=None, abs=None, nan_ok=False):
    """What compares equal to numbers that are near: within a millionth, or 1e-12, unless said otherwise."""
    if isinstance(expected, Decimal):
        return ApproxDecimal(expected, rel, abs, nan_ok)
    if isinstance(expected, Mapping):
        return ApproxMapping(expected, rel, abs, nan_ok)
    array = as_array(expected)
    if array is not None:
        return ApproxNumpy(array, rel, abs, nan_ok)
    if is_sequence(expected):
        return ApproxSequenceLike(expected, rel, abs, nan_ok)
    if isinstance(expected, Collection) and not isinstance(expected, (str, bytes)):
        raise TypeError('pytest.approx() only supports ordered sequences, but got: {!r}'.format(expected))
    return ApproxScalar(expected, rel, abs, nan_ok)


def is_sequence(value):
    return hasattr(value, '__getitem__') and isinstance(value, Sized) and not isinstance(value, (str, bytes))


def is_scalar(value):
    """A number, a text, or a number of numpy's."""
    if isinstance(value, (int, float, complex, str, bytes)):
        return True
    numpy = sys.modules.get('numpy')
    return isinstance(value, getattr(numpy, 'generic', ()))


def as_array(value):
    """An array, or what gives one; None for anything else, and before numpy was imported."""
    numpy = sys.modules.get('numpy')
    if numpy is None or value is None or isinstance(value, (list, tuple, dict)) or is_scalar(value):
        return None
    if isinstance(value, numpy.ndarray):
        return value
    return numpy.asarray(value) if hasattr(value, '__array__') else None


def nested_map(function, value):
    """The same structure with each of its numbers replaced."""
    if isinstance(value, (list, tuple)):
        return type(value)(nested_map(function, one) for one in value)
    if is_sequence(value):
        return [nested_map(function, one) for one in value]
    return function(value)


class Differences:
    """Elements that differ, and how far at most."""

    def __init__(self):
        self.places = []
        self.absolute = -math.inf
        self.relative = -math.inf

    def table(self, count, rows):
        rows = [('Index', 'Obtained', 'Expected'), *rows]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        return [
            'comparison failed. Mismatched elements: {} / {}:'.format(len(self.places), count),
            'Max absolute difference: {}'.format(self.absolute),
            'Max relative difference: {}'.format(self.relative),
            *(' | '.join(text.ljust(width) for text, width in zip(row, widths)) for row in rows),
        ]


class ApproxBase:
    __array_ufunc__ = None
    __array_priority__ = 100
    __hash__ = None

    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected = expected
        self.abs = abs
        self.rel = rel
        self.nan_ok = nan_ok
        self.check_type()

    def check_type(self):
        pass

    def scalar(self, value):
        kind = ApproxDecimal if isinstance(value, Decimal) else ApproxScalar
        return kind(value, rel=self.rel, abs=self.abs, nan_ok=self.nan_ok)

    def _repr_compare(self, other):
        return ['comparison failed', 'Obtained: {}'.format(other), 'Expected: {}'.format(self)]

    def __eq__(self, actual):
        return all(a == self.scalar(x) for a, x in self.compared(actual))

    def __ne__(self, actual):
        return not (actual == self)

    def __bool__(self):
        raise AssertionError('approx() is not supported in a boolean context.\n'
                             'Did you mean: `assert a == approx(b)`?')


class ApproxNumpy(ApproxBase):
    def __repr__(self):
        return 'approx({!r})'.format(nested_map(self.scalar, self.expected.tolist()))

    def places(self):
        import itertools
        return itertools.product(*(range(size) for size in self.expected.shape))

    def _repr_compare(self, other):
        array = as_array(other)
        if array is None:
            import numpy
            array = numpy.asarray(other)
        if tuple(self.expected.shape) != tuple(array.shape):
            return ['Impossible to compare arrays with different shapes.',
                    'Shapes: {} and {}'.format(tuple(self.expected.shape), tuple(array.shape))]
        found = Differences()
        rows = []
        for place in self.places():
            near, actual = self.scalar(self.expected[place].item()), array[place].item()
            if near != actual:
                difference = abs(near.expected - actual)
                found.absolute = max(found.absolute, difference)
                found.relative = math.inf if actual == 0.0 else max(found.relative, difference / abs(actual))
                found.places.append(place)
                rows.append((str(place), str(actual), str(near)))
        return found.table(self.expected.size, rows)

    def __eq__(self, actual):
        import numpy
        if not is_scalar(actual):
            try:
                actual = numpy.asarray(actual)
            except Exception as error:
                raise TypeError("cannot compare '{}' to numpy.ndarray".format(actual)) from error
            if tuple(actual.shape) != tuple(self.expected.shape):
                return False
        return super().__eq__(actual)

    def compared(self, actual):
        single = is_scalar(actual)
        for place in self.places():
            yield actual if single else actual[place].item(), self.expected[place].item()


class ApproxMapping(ApproxBase):
    def __repr__(self):
        return 'approx({!r})'.format({key: self.scalar(value) for key, value in self.expected.items()})

    def check_type(self):
        for key, value in self.expected.items():
            if isinstance(value, type(self.expected)):
                from pprint import pformat
                raise TypeError('pytest.approx() does not support nested dictionaries: key={!r} value={!r}\n'
                                '  full mapping={}'.format(key, value, pformat(self.expected)))

    def _repr_compare(self, other):
        if len(self.expected) != len(other):
            return ['Impossible to compare mappings with different sizes.',
                    'Lengths: {} and {}'.format(len(self.expected), len(other))]
        if self.expected.keys() != other.keys():
            return ['comparison failed.', 'Mappings has different keys: expected {} but got {}'.format(
                self.expected.keys(), other.keys())]
        found = Differences()
        rows = []
        for key, value in self.expected.items():
            near, actual = self.scalar(value), other[key]
            if near == actual:
                continue
            if value is not None and actual is not None:
                try:
                    difference = abs(value - actual)
                    found.absolute = max(found.absolute, difference)
                    found.relative = math.inf if value == 0.0 else max(found.relative, abs((value - actual) / value))
                except ZeroDivisionError:
                    pass
            found.places.append(key)
            rows.append((str(key), str(actual), str(near)))
        return found.table(len(self.expected), rows)

    def __eq__(self, actual):
        try:
            if set(actual.keys()) != set(self.expected.keys()):
                return False
        except AttributeError:
            return False
        return super().__eq__(actual)

    def compared(self, actual):
        for key in self.expected.keys():
            yield actual[key], self.expected[key]


class ApproxSequenceLike(ApproxBase):
    def __repr__(self):
        kind = type(self.expected)
        if kind not in (tuple, list):
            kind = list
        return 'approx({!r})'.format(kind(self.scalar(one) for one in self.expected))

    def check_type(self):
        for at, one in enumerate(self.expected):
            if isinstance(one, type(self.expected)):
                from pprint import pformat
                raise TypeError('pytest.approx() does not support nested data structures: {!r} at index {}\n'
                                '  full sequence: {}'.format(one, at, pformat(self.expected)))

    def _repr_compare(self, other):
        if len(self.expected) != len(other):
            return ['Impossible to compare lists with different sizes.',
                    'Lengths: {} and {}'.format(len(self.expected), len(other))]
        found = Differences()
        rows = []
        for at, (value, actual) in enumerate(zip(self.expected, other)):
            near = self.scalar(value)
            if near == actual:
                continue
            try:
                difference = abs(value - actual)
                found.absolute = max(found.absolute, difference)
            except TypeError:
                pass
            else:
                found.relative = math.inf if actual == 0.0 else max(found.relative, difference / abs(actual))
            found.places.append(at)
            rows.append((str(at), str(actual), str(near)))
        return found.table(len(self.expected), rows)

    def __eq__(self, actual):
        try:
            if len(actual) != len(self.expected):
                return False
        except TypeError:
            return False
        return super().__eq__(actual)

    def compared(self, actual):
        return zip(actual, self.expected, strict=True)


class ApproxScalar(ApproxBase):
    ABSOLUTE = 1e-12
    RELATIVE = 1e-6
    __hash__ = None

    def __repr__(self):
        expected = self.expected
        if isinstance(expected, bool) or not isinstance(expected, (Complex, Decimal)) or math.isinf(abs(expected)):
            return str(expected)
        try:
            size = self.tolerance
            words = '{:n}'.format(size) if 1e-3 <= size < 1e3 else '{:.1e}'.format(size)
            if isinstance(expected, Complex) and expected.imag and not math.isinf(size):
                words += ' ∠ ±180°'
        except ValueError:
            words = '???'
        return '{} ± {}'.format(expected, words)

    def __eq__(self, actual):
        expected = self.expected
        array = as_array(actual)
        if array is not None:
            return all(self == one for one in array.ravel().tolist())
        if is_bool(expected) and not is_bool(actual):
            return False
        if actual == expected:
            return True
        if is_bool(expected) or not (isinstance(expected, (Complex, Decimal)) and isinstance(
                actual, (Complex, Decimal))):
            return False
        if math.isnan(abs(expected)):
            return self.nan_ok and math.isnan(abs(actual))
        if math.isinf(abs(expected)):
            return False
        return abs(expected - actual) <= self.tolerance

    @property
    def tolerance(self):
        """How far off a number may be: the wider of both tolerances, or the absolute one if it alone is given."""
        absolute = self.ABSOLUTE if self.abs is None else self.abs
        if absolute < 0:
            raise ValueError("absolute tolerance can't be negative: {}".format(absolute))
        if math.isnan(absolute):
            raise ValueError("absolute tolerance can't be NaN.")
        if self.rel is None and self.abs is not None:
            return absolute
        relative = (self.RELATIVE if self.rel is None else self.rel) * abs(self.expected)
        if relative < 0:
            raise ValueError("relative tolerance can't be negative: {}".format(relative))
        if math.isnan(relative):
            raise ValueError("relative tolerance can't be NaN.")
        return max(relative, absolute)


class ApproxDecimal(ApproxScalar):
    ABSOLUTE = Decimal('1e-12')
    RELATIVE = Decimal('1e-6')
    __hash__ = None

    def __repr__(self):
        rel = Decimal.from_float(self.rel) if isinstance(self.rel, float) else self.rel
        absolute = Decimal.from_float(self.abs) if isinstance(self.abs, float) else self.abs
        words = '???'
        if rel is not None and Decimal('1e-3') <= rel <= Decimal('1e3'):
            words = '{:.1e}'.format(rel)
        elif absolute is not None:
            words = '{:.1e}'.format(absolute)
        return '{} ± {}'.format(self.expected, words)


def is_bool(value):
    if isinstance(value, bool):
        return True
    numpy = sys.modules.get('numpy')
    return numpy is not None and hasattr(numpy, 'bool_') and isinstance(value, numpy.bool_)
