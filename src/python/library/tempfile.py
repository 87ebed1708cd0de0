"""Files and directories that are gone when they are not needed any more, in a directory that was granted."""

import io as _io
import os as _os
import shutil as _shutil

__all__ = [
    "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp",
    "mkdtemp", "mktemp", "TMP_MAX", "gettempprefix", "tempdir", "gettempdir",
]

TMP_MAX = 10000
template = "tmp"
tempdir = None

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def _names():
    while True:
        yield "".join(_LETTERS[byte % len(_LETTERS)] for byte in _os.urandom(8))


def gettempprefix():
    return template


def _is_writable(directory):
    path = _os.path.join(directory, next(_names()))
    try:
        with open(path, "xb"):
            pass
        _os.unlink(path)
    except OSError:
        return False
    return True


def gettempdir():
    global tempdir
    if tempdir is None:
        wanted = [_os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
        for one in [*wanted, "/tmp", "/var/tmp", _os.getcwd()]:
            if one and _is_writable(one):
                tempdir = one
                break
        else:
            raise FileNotFoundError(2, "No usable temporary directory found")
    return tempdir


def _made(make, suffix, prefix, dir):
    directory = gettempdir() if dir is None else dir
    for _, name in zip(range(TMP_MAX), _names()):
        path = _os.path.join(
            directory, (template if prefix is None else prefix) + name + (suffix or "")
        )
        try:
            return make(path), _os.path.abspath(path)
        except FileExistsError:
            continue
    raise FileExistsError(17, "No usable temporary file name found")


def mkdtemp(suffix=None, prefix=None, dir=None):
    return _made(_os.mkdir, suffix, prefix, dir)[1]


def mktemp(suffix="", prefix=template, dir=None):
    directory = gettempdir() if dir is None else dir
    for name in _names():
        path = _os.path.join(directory, prefix + name + suffix)
        if not _os.path.exists(path):
            return path


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    raw, path = _made(lambda path: _io.FileIO(path, "x+"), suffix, prefix, dir)
    return raw.fileno(), path


class _TemporaryFileWrapper:
    def __init__(self, file, name, delete):
        self.file = file
        self.name = name
        self.delete = delete

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *args):
        self.close()

    def __iter__(self):
        return iter(self.file)

    def close(self):
        if not self.file.closed:
            self.file.close()
            if self.delete:
                _os.unlink(self.name)


def NamedTemporaryFile(
    mode="w+b",
    buffering=-1,
    encoding=None,
    newline=None,
    suffix=None,
    prefix=None,
    dir=None,
    delete=True,
    *,
    errors=None,
    delete_on_close=True,
):
    _, name = _made(lambda path: open(path, "x").close(), suffix, prefix, dir)
    file = open(name, mode, buffering, encoding, errors, newline)
    return _TemporaryFileWrapper(file, name, delete)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    return NamedTemporaryFile(
        mode, buffering, encoding, newline, suffix, prefix, dir, errors=errors
    )


class SpooledTemporaryFile:
    def __init__(self, max_size=0, mode="w+b", **options):
        self._file = _io.BytesIO() if "b" in mode else _io.StringIO(newline="\n")

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self._file.close()

    def __iter__(self):
        return iter(self._file)

    def rollover(self):
        pass


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore = ignore_cleanup_errors
        self._delete = delete

    def __repr__(self):
        return f"<TemporaryDirectory {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, *args):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        if _os.path.exists(self.name):
            _shutil.rmtree(self.name, ignore_errors=self._ignore)
