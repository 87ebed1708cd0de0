"""What a program is granted of a system: files, environment, a few facts."""

import _host
import sys
from _host import stat_result, terminal_size

name = "posix"
linesep = "\n"
curdir = "."
pardir = ".."
sep = "/"
extsep = "."
altsep = None
pathsep = ":"
defpath = "/bin:/usr/bin"
devnull = "/dev/null"
error = OSError
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
supports_follow_symlinks = set()
supports_dir_fd = set()
supports_fd = set()
supports_bytes_environ = False


class _PathLikeType(type):
    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if cls is PathLike:
            return any("__fspath__" in vars(one) for one in subclass.__mro__)
        return type.__subclasscheck__(cls, subclass)


class PathLike(metaclass=_PathLikeType):
    def __fspath__(self):
        raise NotImplementedError

    def __class_getitem__(cls, item):
        return cls


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    method = getattr(kind, "__fspath__", None)
    if method is None:
        raise TypeError(
            f"expected str, bytes or os.PathLike object, not {kind.__name__}"
        )
    result = method(path)
    if isinstance(result, (str, bytes)):
        return result
    raise TypeError(
        f"expected {kind.__name__}.__fspath__() to return str or bytes, not {type(result).__name__}"
    )


def fsencode(filename):
    filename = fspath(filename)
    if isinstance(filename, str):
        return filename.encode("utf-8", "surrogateescape")
    return filename


def fsdecode(filename):
    filename = fspath(filename)
    if isinstance(filename, bytes):
        return filename.decode("utf-8", "surrogateescape")
    return filename


def _absolute(path):
    path = fsdecode(path)
    if path == "" or path.startswith("/"):
        return path
    cwd = _host.getcwd()
    return cwd + path if cwd.endswith("/") else cwd + "/" + path


def _do(effect, path, *args, second=None):
    """Does an effect on a path; what fails is told with the names that the program used."""
    try:
        return _host.perform(effect, _absolute(path), *args)
    except OSError as problem:
        if problem.errno is None:
            raise
        names = [fspath(path)]
        if second is not None:
            names += [None, fspath(second)]
        failure = type(problem)(problem.errno, problem.strerror, *names)
    raise failure from None


_KINDS = {"file": 0o100000, "directory": 0o040000, "link": 0o120000, "other": 0o010000}


def _stat_of(found):
    seconds = found["mtime"] / 1000
    nanoseconds = int(found["mtime"] * 1000000)
    mode = _KINDS[found["kind"]] | found["mode"]
    whole = int(seconds)
    return stat_result(
        (mode, found["ino"], found["dev"], 1, 0, 0, found["size"], whole, whole, whole)
        + (seconds, seconds, seconds, nanoseconds, nanoseconds, nanoseconds)
    )


def stat(path, *, dir_fd=None, follow_symlinks=True):
    if isinstance(path, int):
        return fstat(path)
    return _stat_of(_do("fs.stat", path, follow_symlinks))


def lstat(path, *, dir_fd=None):
    return stat(path, follow_symlinks=False)


def fstat(fd):
    return _stat_of(_host.perform("fs.fstat", fd))


def listdir(path="."):
    names = [entry[0] for entry in _do("fs.list", "." if path is None else path)]
    return [one.encode() for one in names] if isinstance(path, bytes) else names


class DirEntry:
    def __init__(self, directory, name, kind):
        self.name = name
        self.path = join(directory, name)
        self._kind = kind

    def __fspath__(self):
        return self.path

    def is_dir(self, *, follow_symlinks=True):
        if self._kind == "link" and follow_symlinks:
            return path.isdir(self.path)
        return self._kind == "directory"

    def is_file(self, *, follow_symlinks=True):
        if self._kind == "link" and follow_symlinks:
            return path.isfile(self.path)
        return self._kind == "file"

    def is_symlink(self):
        return self._kind == "link"

    def is_junction(self):
        return False

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        return lstat(self.path).st_ino

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def close(self):
        self._entries = iter(())


def scandir(path="."):
    path = fspath(path)
    return _Scan([DirEntry(path, name, kind) for name, kind in _do("fs.list", path)])


def mkdir(path, mode=0o777, *, dir_fd=None):
    _do("fs.mkdir", path)


def makedirs(name, mode=0o777, exist_ok=False):
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def remove(path, *, dir_fd=None):
    _do("fs.unlink", path)


def unlink(path, *, dir_fd=None):
    _do("fs.unlink", path)


def rmdir(path, *, dir_fd=None):
    _do("fs.rmdir", path)


def removedirs(name):
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    _do("fs.rename", src, _absolute(dst), second=dst)


replace = rename


def renames(old, new):
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)


def truncate(path, length):
    with open(path, "r+b") as file:
        file.truncate(length)


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    return _exists(path)


def _exists(name):
    return path.exists(name)


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    sys.audit("os.walk", top)
    try:
        entries = list(scandir(top))
    except OSError as problem:
        if onerror is not None:
            onerror(problem)
        return
    directories = [one.name for one in entries if one.is_dir()]
    files = [one.name for one in entries if not one.is_dir()]
    links = {one.name for one in entries if one.is_symlink()}
    if topdown:
        yield top, directories, files
    for one in directories:
        if followlinks or one not in links:
            yield from walk(join(top, one), topdown, onerror, followlinks)
    if not topdown:
        yield top, directories, files


def getcwd():
    return _host.getcwd()


def getcwdb():
    return getcwd().encode()


def chdir(path):
    target = _absolute(path)
    if _do("fs.stat", path, True)["kind"] != "directory":
        raise NotADirectoryError(20, "Not a directory", path)
    _host.chdir(_normal(target))


def _normal(target):
    return path.normpath(target)


def urandom(size):
    if size < 0:
        raise ValueError("negative argument not allowed")
    parts = []
    while size > 0:
        parts.append(_host.perform("random.bytes", min(size, 65536)))
        size -= len(parts[-1])
    return b"".join(parts)


def getpid():
    return 1


def getppid():
    return 0


def cpu_count():
    return 1


def getlogin():
    raise OSError(6, "No such device or address")


def get_terminal_size(fd=1):
    raise OSError(25, "Inappropriate ioctl for device")


def isatty(fd):
    return False


def strerror(code):
    return _host.strerror(code)


def close(fd):
    _host.perform("fs.close", fd)


def umask(mask):
    return 0o022


class _Environ(dict):
    """What is granted of the environment; what a program changes is its own."""

    def __getitem__(self, key):
        if not isinstance(key, str):
            raise TypeError(f"str expected, not {type(key).__name__}")
        if key not in self:
            raise KeyError(key) from None
        return dict.__getitem__(self, key)

    def __setitem__(self, key, value):
        for one in (key, value):
            if not isinstance(one, str):
                raise TypeError(f"str expected, not {type(one).__name__}")
        dict.__setitem__(self, key, value)

    def copy(self):
        return dict(self)

    def __repr__(self):
        return f"environ({dict.__repr__(self)})"


def _environ():
    found = _Environ()
    if _host.granted("env"):
        for one in _host.perform("env.names"):
            found[one] = _host.perform("env.get", one)
    return found


environ = _environ()


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(name, value):
    environ[name] = value


def unsetenv(name):
    environ.pop(name, None)


import posixpath as path
from posixpath import join

sys.modules["os.path"] = path
