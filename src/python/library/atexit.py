"""What runs when a program ends, last registered first."""

_entries = []


def register(func, /, *args, **kwargs):
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _entries.append((func, args, kwargs))
    return func


def unregister(func):
    _entries[:] = [entry for entry in _entries if entry[0] != func]


def _clear():
    _entries.clear()


def _ncallbacks():
    return len(_entries)


def _run_exitfuncs():
    import sys

    while _entries:
        func, args, kwargs = _entries.pop()
        try:
            func(*args, **kwargs)
        except BaseException as error:
            if not isinstance(error, SystemExit):
                print("Exception ignored in atexit callback:", repr(func), file=sys.stderr)
                sys.excepthook(type(error), error, error.__traceback__)
