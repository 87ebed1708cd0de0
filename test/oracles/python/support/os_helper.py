import collections.abc
import contextlib
import os
import shutil
import sys
import unittest

# Each module's own, because several run at the same time.
TESTFN = "@test_" + os.path.basename(sys.argv[0]).replace(".py", "")
TESTFN_ASCII = TESTFN
FS_NONASCII = "\xe6"
TESTFN_NONASCII = TESTFN + FS_NONASCII
TESTFN_UNICODE = TESTFN + "-\xe0\xf2\u0258\u0141\u011f"
TESTFN_UNENCODABLE = None
TESTFN_UNDECODABLE = None
SAVEDCWD = os.getcwd()


def unlink(name):
    try:
        os.unlink(name)
    except OSError:
        pass


def rmdir(name):
    try:
        os.rmdir(name)
    except OSError:
        pass


def rmtree(path):
    shutil.rmtree(path, ignore_errors=True)


def create_empty_file(name):
    with open(name, "wb"):
        pass


def fs_is_case_insensitive(directory):
    return False


_symlinks = None


def can_symlink():
    global _symlinks
    if _symlinks is None:
        link = TESTFN + "can_symlink"
        try:
            os.symlink(TESTFN, link)
            _symlinks = True
        except (OSError, NotImplementedError, AttributeError):
            _symlinks = False
        unlink(link)
    return _symlinks


def skip_unless_symlink(test):
    return test if can_symlink() else unittest.skip("needs symbolic links")(test)


def skip_if_dac_override(test):
    return unittest.skip("needs file modes that hold")(test)


skip_unless_dac_override = skip_unless_working_chmod = skip_if_dac_override


def skip_unless_xattr(test):
    return unittest.skip("needs extended attributes")(test)


def make_bad_fd():
    raise unittest.SkipTest("needs file descriptors")


def _longpath(path):
    return path


@contextlib.contextmanager
def temp_dir(path=None, quiet=False):
    import tempfile

    path = path or tempfile.mkdtemp()
    os.makedirs(path, exist_ok=True)
    try:
        yield path
    finally:
        rmtree(path)


@contextlib.contextmanager
def change_cwd(path, quiet=False):
    raise unittest.SkipTest("needs a directory of its own")
    yield


@contextlib.contextmanager
def temp_cwd(name=None, quiet=False):
    raise unittest.SkipTest("needs a directory of its own")
    yield


class FakePath:
    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f"<FakePath {self.path!r}>"

    def __fspath__(self):
        failing = isinstance(self.path, BaseException) or (
            isinstance(self.path, type) and issubclass(self.path, BaseException)
        )
        if failing:
            raise self.path
        return self.path


class EnvironmentVarGuard(collections.abc.MutableMapping):
    """os.environ, which is as it was when the block ends."""

    def __init__(self):
        self._before = {}

    def _keep(self, name):
        self._before.setdefault(name, os.environ.get(name))

    def __getitem__(self, name):
        return os.environ[name]

    def __setitem__(self, name, value):
        self._keep(name)
        os.environ[name] = value

    def __delitem__(self, name):
        self._keep(name)
        os.environ.pop(name, None)

    def __iter__(self):
        return iter(os.environ)

    def __len__(self):
        return len(os.environ)

    set = __setitem__
    unset = __delitem__

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def temp_umask(mask):
    raise unittest.SkipTest("needs file modes that hold")
