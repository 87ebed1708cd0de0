"""Time zones by name: https://docs.python.org/3/library/zoneinfo.html

Offsets are those of the IANA database that the executable has; names and daylight saving are
told by the rules of today, and by the year's smallest offset.
"""

import _zones
from datetime import datetime, timedelta, tzinfo

__all__ = [
    "TZPATH",
    "InvalidTZPathWarning",
    "ZoneInfo",
    "ZoneInfoNotFoundError",
    "available_timezones",
    "reset_tzpath",
]

TZPATH = ()
_ZERO = timedelta(0)
_EPOCH = datetime(1970, 1, 1)
_DAY = 86400
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
        titles = _zones.titles(key)
        if titles is None:
            if key.startswith("/") or ".." in key.split("/"):
                raise ValueError(f"ZoneInfo keys must be relative paths, got: {key}")
            raise ZoneInfoNotFoundError(f"No time zone found with key {key}")
        made = super().__new__(cls)
        made._key = key
        made._titles = titles
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

    def _offset(self, dt):
        """Seconds east of UTC of what the clock shows; where it shows it twice, or never, by the fold."""
        shown = (dt.replace(tzinfo=None) - _EPOCH) // timedelta(seconds=1)
        before = _zones.offset(self._key, shown - _DAY)
        after = _zones.offset(self._key, shown + _DAY)
        if before == after:
            return before
        if dt.fold:
            chosen = [after, before]
        else:
            chosen = [before, after]
        for offset in chosen:
            if _zones.offset(self._key, shown - offset) == offset:
                return offset
        return chosen[0]

    def _standard(self, year):
        months = [_zones.offset(self._key, (datetime(year, month, 1) - _EPOCH).days * _DAY) for month in (1, 7)]
        return min(months)

    def utcoffset(self, dt):
        if dt is None:
            return _ZERO if len(self._titles) == 1 and self._titles[0] in ("UTC", "GMT") else None
        return timedelta(seconds=self._offset(dt))

    def dst(self, dt):
        if dt is None:
            return _ZERO if len(self._titles) == 1 and self._titles[0] in ("UTC", "GMT") else None
        return timedelta(seconds=max(0, self._offset(dt) - self._standard(dt.year)))

    def tzname(self, dt):
        if dt is None:
            return self._titles[0] if len(self._titles) == 1 and self._titles[0] in ("UTC", "GMT") else None
        if self._titles:
            return self._titles[-1 if self.dst(dt) else 0]
        offset = self._offset(dt)
        hours, minutes = divmod(abs(offset) // 60, 60)
        return f"{'-' if offset < 0 else '+'}{hours:02}{minutes:02}".removesuffix("00") if hours or minutes else "+00"

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        time = (dt.replace(tzinfo=None) - _EPOCH) // timedelta(seconds=1)
        offset = _zones.offset(self._key, time)
        local = (dt + timedelta(seconds=offset)).replace(fold=0)
        return local if self._offset(local) == offset else local.replace(fold=1)

    def __str__(self):
        return self._key

    def __repr__(self):
        return f"zoneinfo.ZoneInfo(key={self._key!r})"

    def __reduce__(self):
        return self.__class__, (self._key,)


def available_timezones():
    return set(_zones.keys())


def reset_tzpath(to=None):
    """There is no path to set anew."""
