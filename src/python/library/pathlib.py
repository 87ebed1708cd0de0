"""Paths as objects."""

import io
import os
import posixpath
from fnmatch import fnmatchcase

__all__ = [
    "PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath",
]


class _Parents:
    def __init__(self, path):
        self._path = path
        self._count = len(path._parts)

    def __len__(self):
        return self._count

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        if index < 0:
            index += len(self)
        path = self._path
        return path._make(path._root, path._parts[: len(path._parts) - index - 1])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


class PurePath:
    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PurePosixPath
        elif cls is Path:
            cls = PosixPath
        return object.__new__(cls)

    def __init__(self, *args):
        texts = []
        for one in args:
            if isinstance(one, PurePath):
                texts.append(str(one))
                continue
            text = os.fspath(one)
            if not isinstance(text, str):
                raise TypeError(
                    "argument should be a str object or an os.PathLike object returning str, "
                    f"not {type(text)!r}"
                )
            texts.append(text)
        text = posixpath.join(*texts) if texts else ""
        _, self._root, rest = posixpath.splitroot(text)
        self._parts = [one for one in rest.split("/") if one and one != "."]

    def _make(self, root, parts):
        path = type(self).__new__(type(self))
        PurePath.__init__(path)
        path._root = root
        path._parts = list(parts)
        return path

    def with_segments(self, *args):
        return type(self)(*args)

    def __str__(self):
        return self._root + "/".join(self._parts) or "."

    def __fspath__(self):
        return str(self)

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return f"{type(self).__name__}({self.as_posix()!r})"

    def as_posix(self):
        return str(self)

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        safe = b"/-._~"
        return "file://" + "".join(
            chr(one) if one in safe or chr(one).isalnum() and one < 128 else f"%{one:02X}"
            for one in bytes(self)
        )

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return str(self) == str(other)

    def __hash__(self):
        return hash(str(self))

    def _order(self):
        return [self._root, *self._parts] if self._root else self._parts

    def __lt__(self, other):
        return self._order() < other._order() if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self._order() <= other._order() if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self._order() > other._order() if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self._order() >= other._order() if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, key):
        try:
            return self.joinpath(key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return type(self)(key, self)
        except TypeError:
            return NotImplemented

    @property
    def parts(self):
        return ((self._root,) if self._root else ()) + tuple(self._parts)

    @property
    def drive(self):
        return ""

    @property
    def root(self):
        return self._root

    @property
    def anchor(self):
        return self._root

    @property
    def name(self):
        return self._parts[-1] if self._parts else ""

    @property
    def suffix(self):
        name = self.name
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        if name.endswith("."):
            return []
        return ["." + one for one in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        name = self.name
        at = name.rfind(".")
        return name[:at] if 0 < at < len(name) - 1 else name

    @property
    def parent(self):
        return self._make(self._root, self._parts[:-1]) if self._parts else self

    @property
    def parents(self):
        return _Parents(self)

    def joinpath(self, *args):
        return type(self)(self, *args)

    def is_absolute(self):
        return bool(self._root)

    def is_reserved(self):
        return False

    def is_relative_to(self, other, /, *more):
        other = type(self)(other, *more)
        size = len(other._parts)
        return self._root == other._root and self._parts[:size] == other._parts

    def relative_to(self, other, /, *more, walk_up=False):
        other = type(self)(other, *more)
        parts = list(other._parts)
        up = 0
        while self._parts[: len(parts)] != parts:
            if not walk_up or parts[-1] == "..":
                break
            parts.pop()
            up += 1
        if self._root != other._root or self._parts[: len(parts)] != parts:
            raise ValueError(
                f"{str(self)!r} is not in the subpath of {str(other)!r}"
                " OR one path is relative and the other is absolute."
            )
        return self._make("", [".."] * up + self._parts[len(parts) :])

    def with_name(self, name):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        if not name or "/" in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        return self._make(self._root, [*self._parts[:-1], name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if "/" in suffix or suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError(f"Invalid suffix {suffix!r}")
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self.with_name(self.stem + suffix)

    def match(self, path_pattern, *, case_sensitive=None):
        pattern = PurePosixPath(path_pattern)
        wanted = pattern._parts
        if not pattern.parts:
            raise ValueError("empty pattern")
        if pattern._root and (pattern._root != self._root or len(wanted) != len(self._parts)):
            return False
        if len(wanted) > len(self._parts):
            return False
        return all(map(fnmatchcase, reversed(self._parts), reversed(wanted)))


class PurePosixPath(PurePath):
    pass


class PureWindowsPath(PurePath):
    def __new__(cls, *args, **kwargs):
        raise NotImplementedError("cannot instantiate 'PureWindowsPath' on your system")


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        home = posixpath.expanduser("~")
        if home == "~":
            raise RuntimeError("Could not determine home directory.")
        return cls(home)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def stat(self, *, follow_symlinks=True):
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        return os.lstat(self)

    def exists(self, *, follow_symlinks=True):
        return posixpath.exists(self) if follow_symlinks else posixpath.lexists(self)

    def is_dir(self):
        return posixpath.isdir(self)

    def is_file(self):
        return posixpath.isfile(self)

    def is_symlink(self):
        return posixpath.islink(self)

    def is_mount(self):
        return posixpath.ismount(self)

    def is_junction(self):
        return False

    def is_fifo(self):
        return False

    is_socket = is_block_device = is_char_device = is_fifo

    def samefile(self, other_path):
        return posixpath.samefile(self, other_path)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        with self.open("r", encoding=encoding, errors=errors) as file:
            return file.read()

    def read_bytes(self):
        with self.open("rb") as file:
            return file.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        with self.open("w", encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    def write_bytes(self, data):
        with self.open("wb") as file:
            return file.write(memoryview(data))

    def touch(self, mode=0o666, exist_ok=True):
        self.open("ab" if exist_ok else "xb").close()

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        os.rmdir(self)

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        os.rename(self, target)
        return type(self)(target)

    def replace(self, target):
        os.replace(self, target)
        return type(self)(target)

    def chmod(self, mode, *, follow_symlinks=True):
        raise PermissionError(1, "Operation not permitted", str(self))

    def absolute(self):
        return self if self.is_absolute() else self._make_absolute()

    def _make_absolute(self):
        return type(self)(os.getcwd(), self)

    def resolve(self, strict=False):
        return type(self)(posixpath.realpath(self, strict=strict))

    def expanduser(self):
        if self._root or not self._parts or not self._parts[0].startswith("~"):
            return self
        home = posixpath.expanduser(self._parts[0])
        if home.startswith("~"):
            raise RuntimeError("Could not determine home directory.")
        return type(self)(home, *self._parts[1:])

    def iterdir(self):
        for name in os.listdir(self):
            yield self._make(self._root, [*self._parts, name])

    def _entries(self):
        try:
            return [(entry.name, entry.is_dir()) for entry in os.scandir(self)]
        except OSError:
            return []

    def glob(self, pattern, *, case_sensitive=None):
        pattern = os.fspath(pattern)
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        wanted = PurePosixPath(pattern)
        if wanted._root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        yield from self._glob(wanted._parts, pattern.endswith("/"))

    def rglob(self, pattern, *, case_sensitive=None):
        pattern = os.fspath(pattern)
        wanted = PurePosixPath(pattern)
        if wanted._root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        yield from self._glob(["**", *wanted._parts], pattern.endswith("/"))

    def _glob(self, parts, directories):
        seen = set()
        for found in self._select(parts, directories):
            if found not in seen:
                seen.add(found)
                yield found

    def _select(self, parts, directories):
        if not parts:
            if not directories or self.is_dir():
                yield self
            return
        first, rest = parts[0], parts[1:]
        if first == "**":
            for found in self._trees():
                yield from found._select(rest, directories or not rest)
        elif not any(one in first for one in "*?["):
            found = self / first
            if found.exists():
                yield from found._select(rest, directories)
        else:
            if "**" in first:
                raise ValueError("Invalid pattern: '**' can only be an entire path component")
            for name, inner in self._entries():
                if fnmatchcase(name, first) and (inner or not rest):
                    found = self._make(self._root, [*self._parts, name])
                    yield from found._select(rest, directories)

    def _trees(self):
        yield self
        for name, inner in self._entries():
            if inner:
                yield from self._make(self._root, [*self._parts, name])._trees()

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        for top, directories, files in os.walk(self, top_down, on_error, follow_symlinks):
            yield type(self)(top), directories, files


class PosixPath(Path, PurePosixPath):
    pass


class WindowsPath(Path, PureWindowsPath):
    pass
