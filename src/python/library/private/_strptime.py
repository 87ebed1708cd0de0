"""CPython's own part of time.strptime and datetime.strptime."""
import datetime as _datetime
import time as _time


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    return _time.strptime(data_string, format)


def _strptime_datetime(cls, data_string, format="%a %b %d %H:%M:%S %Y"):
    return cls.strptime(data_string, format)
