"""What NumPy's functions raise beside Python's own exceptions and warn of."""


class AxisError(ValueError, IndexError):
    """Axis supplied was invalid."""

    def __init__(self, axis, ndim=None, msg_prefix=None):
        if ndim is None and msg_prefix is None:
            message = axis
            self.axis = self.ndim = None
        else:
            self.axis, self.ndim = axis, ndim
            message = f"axis {axis} is out of bounds for array of dimension {ndim}"
            if msg_prefix is not None:
                message = f"{msg_prefix}: {message}"
        super().__init__(message)


AxisError.__module__ = "numpy"


class LinAlgError(Exception):
    """A matrix has no inverse, no such decomposition, or the wrong shape."""


LinAlgError.__module__ = "numpy.linalg"


class ComplexWarning(RuntimeWarning):
    pass


class RankWarning(UserWarning):
    pass


class VisibleDeprecationWarning(UserWarning):
    pass


class TooHardError(RuntimeError):
    pass
