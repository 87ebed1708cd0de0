"""Time zones by name: https://docs.python.org/3/library/zoneinfo.html

No database of zones comes along: what is known are the names of UTC.
"""

from datetime import timedelta, tzinfo

__all__ = [
    "TZPATH",
    "InvalidTZPathWarning",
    "ZoneInfo",
    "ZoneInfoNotFoundError",
    "available_timezones",
    "reset_tzpath",
]

TZPATH = ()
_TITLES = {
    "UTC": "UTC",
    "Etc/UTC": "UTC",
    "Etc/UCT": "UTC",
    "Etc/Universal": "UTC",
    "Etc/Zulu": "UTC",
    "UCT": "UTC",
    "Universal": "UTC",
    "Zulu": "UTC",
    "GMT": "GMT",
    "Etc/GMT": "GMT",
    "Etc/GMT+0": "GMT",
    "Etc/GMT-0": "GMT",
    "Etc/GMT0": "GMT",
    "Etc/Greenwich": "GMT",
    "GMT+0": "GMT",
    "GMT-0": "GMT",
    "GMT0": "GMT",
    "Greenwich": "GMT",
}
_ZERO = timedelta(0)
_made = {}


class ZoneInfoNotFoundError(KeyError):
    """No zone has this name."""


class InvalidTZPathWarning(RuntimeWarning):
    """A search path that is no absolute path."""


class ZoneInfo(tzinfo):
    """A zone by its name; the same object for the same name."""

    def __new__(cls, key):
        if cls is ZoneInfo and key in _made:
            return _made[key]
        made = cls._find(key)
        if cls is ZoneInfo:
            _made[key] = made
        return made

    @classmethod
    def _find(cls, key):
        if not isinstance(key, str):
            raise TypeError(f"expected str, bytes or os.PathLike object, not {type(key).__name__}")
        if key not in _TITLES:
            raise ZoneInfoNotFoundError(f"No time zone found with key {key}")
        made = super().__new__(cls)
        made._key = key
        return made

    @classmethod
    def no_cache(cls, key):
        return cls._find(key)

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        for key in list(_made) if only_keys is None else only_keys:
            _made.pop(key, None)

    @property
    def key(self):
        return self._key

    def utcoffset(self, dt):
        return _ZERO

    def dst(self, dt):
        return _ZERO

    def tzname(self, dt):
        return _TITLES[self._key]

    def fromutc(self, dt):
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt

    def __str__(self):
        return self._key

    def __repr__(self):
        return f"zoneinfo.ZoneInfo(key={self._key!r})"

    def __reduce__(self):
        return self.__class__, (self._key,)


def available_timezones():
    return set(_TITLES)


def reset_tzpath(to=None):
    """There is no path to set anew."""
