"""Streams: raw files on the host's effects, buffers around them, and text around those."""

import _host
import sys

DEFAULT_BUFFER_SIZE = 8192
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
BlockingIOError = BlockingIOError

# What one reading of the host gives at most.
_PART = 1 << 20


class UnsupportedOperation(OSError, ValueError):
    pass


UnsupportedOperation.__module__ = "io"


def text_encoding(encoding, stacklevel=2):
    return "utf-8" if encoding is None else encoding


def open_code(path):
    return open(path, "rb")


class IOBase:
    _closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    def _check_closed(self, message="I/O operation on closed file."):
        if self.closed:
            raise ValueError(message)

    def _check_readable(self, message="File or stream is not readable."):
        if not self.readable():
            raise UnsupportedOperation(message)

    def _check_writable(self, message="File or stream is not writable."):
        if not self.writable():
            raise UnsupportedOperation(message)

    def _check_seekable(self, message="File or stream is not seekable."):
        if not self.seekable():
            raise UnsupportedOperation(message)

    @property
    def closed(self):
        return self._closed

    def seek(self, offset, whence=0):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None):
        self._unsupported("truncate")

    def flush(self):
        self._check_closed()

    def close(self):
        if not self._closed:
            try:
                self.flush()
            finally:
                self._closed = True

    def seekable(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def fileno(self):
        self._unsupported("fileno")

    def isatty(self):
        self._check_closed()
        return False

    def __enter__(self):
        self._check_closed()
        return self

    def __exit__(self, *args):
        self.close()

    def readline(self, size=-1):
        if size is None:
            size = -1
        line = bytearray()
        while size < 0 or len(line) < size:
            byte = self.read(1)
            if not byte:
                break
            line += byte
            if byte == b"\n":
                break
        return bytes(line)

    def __iter__(self):
        self._check_closed()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=None):
        if hint is None or hint <= 0:
            return list(self)
        lines = []
        size = 0
        for line in self:
            lines.append(line)
            size += len(line)
            if size >= hint:
                break
        return lines

    def writelines(self, lines):
        self._check_closed()
        for line in lines:
            self.write(line)


class RawIOBase(IOBase):
    def read(self, size=-1):
        if size is None or size < 0:
            return self.readall()
        buffer = bytearray(size)
        count = self.readinto(buffer)
        return None if count is None else bytes(buffer[:count])

    def readall(self):
        parts = []
        while part := self.read(DEFAULT_BUFFER_SIZE):
            parts.append(part)
        return b"".join(parts)

    def readinto(self, buffer):
        self._unsupported("readinto")

    def write(self, data):
        self._unsupported("write")


class BufferedIOBase(IOBase):
    def read(self, size=-1):
        self._unsupported("read")

    def read1(self, size=-1):
        self._unsupported("read1")

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    readinto1 = readinto

    def write(self, data):
        self._unsupported("write")

    def detach(self):
        self._unsupported("detach")


class TextIOBase(IOBase):
    encoding = None
    errors = None
    newlines = None

    def read(self, size=-1):
        self._unsupported("read")

    def write(self, text):
        self._unsupported("write")

    def readline(self, size=-1):
        self._unsupported("readline")

    def detach(self):
        self._unsupported("detach")


def _path_of(file):
    if isinstance(file, (str, bytes)):
        return file
    if isinstance(file, int):
        raise OSError(9, "Bad file descriptor")
    method = getattr(type(file), "__fspath__", None)
    if method is None:
        raise TypeError(
            f"expected str, bytes or os.PathLike object, not {type(file).__name__}"
        )
    return method(file)


def _absolute(path):
    if isinstance(path, bytes):
        path = path.decode("utf-8", "surrogateescape")
    if path == "" or path.startswith("/"):
        return path
    cwd = _host.getcwd()
    return cwd + path if cwd.endswith("/") else cwd + "/" + path


def _named(call, name, *args):
    """Does an effect on a path; what fails is told with the name that the program used."""
    try:
        return call(*args)
    except OSError as error:
        if error.errno is None:
            raise
        failure = type(error)(error.errno, error.strerror, name)
    raise failure from None


_FLAGS = {
    "r": "r",
    "r+": "rw",
    "w": "wct",
    "w+": "rwct",
    "a": "wca",
    "a+": "rwca",
    "x": "wcx",
    "x+": "rwcx",
}


class FileIO(RawIOBase):
    def __init__(self, file, mode="r", closefd=True, opener=None):
        kind = mode.replace("b", "")
        if kind not in _FLAGS:
            if not kind.replace("+", "") or set(kind) - set("rwax+"):
                raise ValueError(f"invalid mode: {mode}")
            raise ValueError(
                "Must have exactly one of create/read/write/append mode and at most one plus"
            )
        self.name = file
        path = _path_of(file)
        self._flags = _FLAGS[kind]
        self._handle = None
        self._closed = True
        self._handle = _named(
            _host.perform, file, "fs.open", _absolute(path), self._flags
        )
        self._closed = False
        self._position = 0
        self.closefd = closefd
        if kind.startswith("a"):
            self._position = self._size()

    def _size(self):
        return _host.perform("fs.fstat", self._handle)["size"]

    @property
    def mode(self):
        flags = self._flags
        plus = "+" if "r" in flags and "w" in flags else ""
        if "x" in flags:
            return "xb" + plus
        if "a" in flags:
            return "ab" + plus
        return "rb" + plus if "r" in flags else "wb"

    def readable(self):
        self._check_closed("I/O operation on closed file")
        return "r" in self._flags

    def writable(self):
        self._check_closed("I/O operation on closed file")
        return "w" in self._flags

    def seekable(self):
        self._check_closed("I/O operation on closed file")
        return True

    def fileno(self):
        self._check_closed("I/O operation on closed file")
        return self._handle

    def read(self, size=-1):
        self._check_closed("I/O operation on closed file")
        self._check_readable("File not open for reading")
        if size is None or size < 0:
            return self.readall()
        data = _host.perform("fs.read", self._handle, self._position, min(size, _PART))
        self._position += len(data)
        return data

    def readall(self):
        self._check_closed("I/O operation on closed file")
        self._check_readable("File not open for reading")
        parts = []
        while part := self.read(_PART):
            parts.append(part)
        return b"".join(parts)

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data):
        self._check_closed("I/O operation on closed file")
        self._check_writable("File not open for writing")
        data = bytes(data)
        self._position = _host.perform("fs.write", self._handle, self._position, data)
        return len(data)

    def seek(self, offset, whence=0):
        self._check_closed("I/O operation on closed file")
        if whence == 1:
            offset += self._position
        elif whence == 2:
            offset += self._size()
        elif whence != 0:
            raise OSError(22, "Invalid argument")
        if offset < 0:
            raise OSError(22, "Invalid argument")
        self._position = offset
        return offset

    def tell(self):
        self._check_closed("I/O operation on closed file")
        return self._position

    def truncate(self, size=None):
        self._check_closed("I/O operation on closed file")
        self._check_writable("File not open for writing")
        if size is None:
            size = self._position
        _host.perform("fs.truncate", self._handle, size)
        return size

    def close(self):
        if not self._closed:
            self._closed = True
            _host.perform("fs.close", self._handle)

    def __repr__(self):
        if self._closed:
            return "<_io.FileIO [closed]>"
        return f"<_io.FileIO name={self.name!r} mode={self.mode!r} closefd={self.closefd}>"


class _Buffered(BufferedIOBase):
    """A buffer of what was read ahead, and one of what is not written yet; one of them is empty."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if buffer_size <= 0:
            raise ValueError("invalid buffer size")
        self.raw = raw
        self._size = buffer_size
        self._ahead = b""
        self._at = 0
        self._waiting = []
        self._waits = 0

    @property
    def closed(self):
        return self.raw.closed

    @property
    def name(self):
        return self.raw.name

    @property
    def mode(self):
        return self.raw.mode

    def readable(self):
        return self.raw.readable()

    def writable(self):
        return self.raw.writable()

    def seekable(self):
        return self.raw.seekable()

    def fileno(self):
        return self.raw.fileno()

    def isatty(self):
        return self.raw.isatty()

    def detach(self):
        self.flush()
        raw = self.raw
        self.raw = None
        return raw

    def _begin_read(self):
        if self.closed:
            raise ValueError("read of closed file")
        if not self.raw.readable():
            raise UnsupportedOperation("read")
        if self._waits:
            self._write_out()

    def _begin_write(self):
        if self.closed:
            raise ValueError("write to closed file")
        if not self.raw.writable():
            raise UnsupportedOperation("write")
        self._forget_ahead()

    def _forget_ahead(self):
        left = len(self._ahead) - self._at
        self._ahead = b""
        self._at = 0
        if left:
            self.raw.seek(-left, 1)

    def _write_out(self):
        data = b"".join(self._waiting)
        self._waiting = []
        self._waits = 0
        while data:
            data = data[self.raw.write(data) :]

    def read(self, size=-1):
        self._begin_read()
        if size is None or size < 0:
            data = self._ahead[self._at :]
            self._ahead = b""
            self._at = 0
            return data + (self.raw.readall() or b"")
        ahead = self._ahead[self._at : self._at + size]
        self._at += len(ahead)
        if len(ahead) == size:
            return ahead
        parts = [ahead]
        left = size - len(ahead)
        while left > 0:
            part = self.raw.read(max(left, self._size))
            if not part:
                break
            parts.append(part[:left])
            if len(part) > left:
                self._ahead = part
                self._at = left
            left -= len(part)
        return b"".join(parts)

    def read1(self, size=-1):
        self._begin_read()
        if size is None or size < 0:
            size = self._size
        if self._at < len(self._ahead):
            data = self._ahead[self._at : self._at + size]
            self._at += len(data)
            return data
        return self.raw.read(size) or b""

    def peek(self, size=0):
        self._begin_read()
        if self._at >= len(self._ahead):
            self._ahead = self.raw.read(self._size) or b""
            self._at = 0
        return self._ahead[self._at :]

    def readline(self, size=-1):
        self._begin_read()
        limit = -1 if size is None or size < 0 else size
        parts = []
        while limit != 0:
            ahead = self.peek()
            if not ahead:
                break
            end = ahead.find(b"\n") + 1
            part = ahead[:end] if end else ahead
            if 0 <= limit < len(part):
                part = part[:limit]
            self._at += len(part)
            parts.append(part)
            if limit > 0:
                limit -= len(part)
            if part.endswith(b"\n"):
                break
        return b"".join(parts)

    def write(self, data):
        self._begin_write()
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(data)
        self._waiting.append(data)
        self._waits += len(data)
        if self._waits > self._size:
            self._write_out()
        return len(data)

    def flush(self):
        self._check_closed("flush of closed file")
        if self._waits:
            self._write_out()
        self.raw.flush()

    def seek(self, offset, whence=0):
        self._check_closed("seek of closed file")
        if whence not in (0, 1, 2):
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        if self._waits:
            self._write_out()
        if whence == 1:
            offset -= len(self._ahead) - self._at
        self._ahead = b""
        self._at = 0
        return self.raw.seek(offset, whence)

    def tell(self):
        self._check_closed("tell of closed file")
        return self.raw.tell() - (len(self._ahead) - self._at) + self._waits

    def truncate(self, size=None):
        self._begin_write()
        if size is None:
            size = self.tell()
        self.flush()
        return self.raw.truncate(size)

    def close(self):
        if self.raw is not None and not self.closed:
            try:
                self.flush()
            finally:
                self.raw.close()

    def __repr__(self):
        try:
            return f"<_io.{type(self).__name__} name={self.name!r}>"
        except AttributeError:
            return f"<_io.{type(self).__name__}>"


class BufferedReader(_Buffered):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise OSError('"raw" argument must be readable.')
        super().__init__(raw, buffer_size)


class BufferedWriter(_Buffered):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise OSError('"raw" argument must be writable.')
        super().__init__(raw, buffer_size)


class BufferedRandom(_Buffered):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        raw._check_seekable()
        super().__init__(raw, buffer_size)


class BufferedRWPair(BufferedIOBase):
    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        self.reader = BufferedReader(reader, buffer_size)
        self.writer = BufferedWriter(writer, buffer_size)

    def read(self, size=-1):
        return self.reader.read(size)

    def read1(self, size=-1):
        return self.reader.read1(size)

    def peek(self, size=0):
        return self.reader.peek(size)

    def write(self, data):
        return self.writer.write(data)

    def readable(self):
        return True

    def writable(self):
        return True

    def flush(self):
        self.writer.flush()

    def close(self):
        self.writer.close()
        self.reader.close()

    @property
    def closed(self):
        return self.writer.closed


class BytesIO(BufferedIOBase):
    def __init__(self, initial_bytes=b""):
        self._data = bytearray()
        self._at = 0
        if initial_bytes is not None:
            self.write(initial_bytes)
            self._at = 0

    def readable(self):
        self._check_closed()
        return True

    writable = readable
    seekable = readable

    def getvalue(self):
        self._check_closed()
        return bytes(self._data)

    def getbuffer(self):
        self._check_closed()
        return memoryview(self._data)

    def flush(self):
        self._check_closed()

    def read(self, size=-1):
        self._check_closed()
        end = len(self._data) if size is None or size < 0 else self._at + size
        data = bytes(self._data[self._at : end])
        self._at += len(data)
        return data

    read1 = read

    def readline(self, size=-1):
        self._check_closed()
        end = self._data.find(b"\n", self._at) + 1 or len(self._data)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        return self.read(max(end - self._at, 0))

    def write(self, data):
        self._check_closed()
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(data)
        if not data:
            return 0
        if self._at > len(self._data):
            self._data += bytes(self._at - len(self._data))
        self._data[self._at : self._at + len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset, whence=0):
        self._check_closed()
        if whence == 0:
            if offset < 0:
                raise ValueError(f"negative seek value {offset}")
            self._at = offset
        elif whence == 1:
            self._at = max(0, self._at + offset)
        elif whence == 2:
            self._at = max(0, len(self._data) + offset)
        else:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        return self._at

    def tell(self):
        self._check_closed()
        return self._at

    def truncate(self, size=None):
        self._check_closed()
        if size is None:
            size = self._at
        elif size < 0:
            raise ValueError(f"negative size value {size}")
        del self._data[size:]
        return size

    def close(self):
        self._closed = True

    def __repr__(self):
        return f"<_io.BytesIO object at {id(self):#x}>"


_NEWLINES = (None, "", "\n", "\r", "\r\n")


def _check_newline(newline):
    if newline is not None and not isinstance(newline, str):
        raise TypeError(
            f"newline must be str or None, not {type(newline).__name__}"
        )
    if newline not in _NEWLINES:
        raise ValueError(f"illegal newline value: {newline}")


def _universal(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _note_ends(text, seen):
    """Adds the kinds of line ends of a text to a set."""
    if "\r" in text:
        pairs = text.count("\r\n")
        if pairs:
            seen.add("\r\n")
        if text.count("\r") > pairs:
            seen.add("\r")
        if text.count("\n") > pairs:
            seen.add("\n")
    elif "\n" in text:
        seen.add("\n")


def _seen_ends(seen):
    """What `newlines` shows of them: None, the only one, or a tuple."""
    order = tuple(one for one in ("\r", "\n", "\r\n") if one in seen)
    return order if len(order) > 1 else order[0] if order else None


def _line_end(text, start, newline):
    """Where the line ends that begins at `start`; 0 when its end is not there."""
    if newline != "":
        end = newline or "\n"
        found = text.find(end, start)
        return found + len(end) if found >= 0 else 0
    feed = text.find("\n", start)
    back = text.find("\r", start, feed if feed >= 0 else len(text))
    if back < 0:
        return feed + 1
    return back + 2 if text.startswith("\n", back + 1) else back + 1


class StringIO(TextIOBase):
    def __init__(self, initial_value="", newline="\n"):
        _check_newline(newline)
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(
                f"initial_value must be str or None, not {type(initial_value).__name__}"
            )
        self._newline = newline
        self._parts = []
        self._held = ""
        self._at = 0
        self._seen = set()
        if initial_value:
            self.write(initial_value)
            self._at = 0

    def _check_closed(self, message="I/O operation on closed file"):
        super()._check_closed(message)

    def _text(self):
        if self._parts:
            self._held += "".join(self._parts)
            self._parts = []
        return self._held

    def readable(self):
        self._check_closed()
        return True

    writable = readable
    seekable = readable

    @property
    def line_buffering(self):
        self._check_closed()
        return False

    @property
    def newlines(self):
        self._check_closed()
        return _seen_ends(self._seen)

    def getvalue(self):
        self._check_closed()
        return self._text()

    def write(self, text):
        if self._closed:
            raise ValueError("I/O operation on closed file")
        if not isinstance(text, str):
            raise TypeError(f"string argument expected, got {type(text).__name__!r}")
        size = len(text)
        if not self._newline:
            _note_ends(text, self._seen)
        if self._newline is None:
            text = _universal(text)
        elif self._newline in ("\r", "\r\n"):
            text = text.replace("\n", self._newline)
        if not text:
            return size
        # -1 is the end, where writing goes on mostly.
        if self._at < 0:
            self._parts.append(text)
            return size
        held = self._text()
        if self._at > len(held):
            held += "\0" * (self._at - len(held))
        end = self._at + len(text)
        if end >= len(held):
            self._held = held[: self._at]
            self._parts.append(text)
            self._at = -1
        else:
            self._held = held[: self._at] + text + held[end:]
            self._at = end
        return size

    def _place(self):
        return len(self._text()) if self._at < 0 else self._at

    def read(self, size=-1):
        self._check_closed()
        held = self._text()
        at = self._place()
        end = len(held) if size is None or size < 0 else at + size
        text = held[at:end]
        self._at = at + len(text)
        return text

    def readline(self, size=-1):
        self._check_closed()
        held = self._text()
        at = self._place()
        end = _line_end(held, at, self._newline) or len(held)
        if size is not None and size >= 0:
            end = min(end, at + size)
        self._at = max(at, end)
        return held[at:end]

    def seek(self, offset, whence=0):
        self._check_closed()
        if whence not in (0, 1, 2):
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        if whence == 0:
            if offset < 0:
                raise ValueError(f"Negative seek position {offset}")
            self._at = offset
        elif offset != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        elif whence == 1:
            self._at = self._place()
        else:
            self._at = len(self._text())
        return self._at

    def tell(self):
        self._check_closed()
        return self._place()

    def truncate(self, size=None):
        self._check_closed()
        held = self._text()
        if size is None:
            size = self._place()
        elif size < 0:
            raise ValueError(f"Negative size value {size}")
        self._at = self._place()
        self._held = held[:size]
        return size

    def close(self):
        self._closed = True

    def __repr__(self):
        return f"<_io.StringIO object at {id(self):#x}>"


class TextIOWrapper(TextIOBase):
    def __init__(
        self,
        buffer,
        encoding=None,
        errors=None,
        newline=None,
        line_buffering=False,
        write_through=False,
    ):
        _check_newline(newline)
        self.buffer = buffer
        self._closed = False
        self.encoding = "UTF-8" if encoding in (None, "locale") else encoding
        "".encode(self.encoding)
        self.errors = "strict" if errors is None else errors
        self._newline = newline
        self.line_buffering = line_buffering
        self.write_through = write_through
        # Text that was decoded and not yet given, bytes that only begin a character, and whether the
        # last text ended with a carriage return whose line feed may come yet.
        self._text = ""
        self._at = 0
        self._bytes = b""
        self._held_return = False
        self._ended = False
        self._telling = True
        self._seen = set()
        self._marked = False

    @property
    def closed(self):
        return self.buffer.closed

    @property
    def name(self):
        return self.buffer.name

    @property
    def newlines(self):
        return _seen_ends(self._seen)

    def reconfigure(
        self,
        *,
        encoding=None,
        errors=None,
        newline=Ellipsis,
        line_buffering=None,
        write_through=None,
    ):
        self.flush()
        if encoding is not None:
            self.encoding = encoding
            self.errors = "strict"
        if errors is not None:
            self.errors = errors
        if newline is not Ellipsis:
            _check_newline(newline)
            self._newline = newline
        if line_buffering is not None:
            self.line_buffering = line_buffering
        if write_through is not None:
            self.write_through = write_through

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def detach(self):
        self.flush()
        buffer = self.buffer
        self.buffer = None
        return buffer

    def write(self, text):
        self._check_closed()
        if not isinstance(text, str):
            raise TypeError(
                f"write() argument must be str, not {type(text).__name__}"
            )
        if not self.buffer.writable():
            raise UnsupportedOperation("not writable")
        size = len(text)
        lines = "\n" in text
        end = self._newline
        if lines and end in ("\r", "\r\n"):
            text = text.replace("\n", end)
        if self._text or self._bytes:
            self.seek(self.tell())
        encoding = self.encoding
        if encoding.lower() in ("utf-16", "utf-32", "utf-8-sig", "utf16", "utf32"):
            encoding = self._without_mark(encoding)
        self.buffer.write(text.encode(encoding, self.errors))
        if self.write_through or self.line_buffering and lines:
            self.flush()
        return size

    def _without_mark(self, encoding):
        """The mark of the order of bytes stands at the beginning of a file and nowhere else."""
        if not self._marked:
            self._marked = True
            if not self.buffer.seekable() or self.buffer.tell() == 0:
                return encoding
        if "8" in encoding:
            return "utf-8"
        return "utf-16-le" if "16" in encoding else "utf-32-le"

    def _more(self):
        """Decodes on; false at the end."""
        if self._ended:
            return False
        part = self.buffer.read1(DEFAULT_BUFFER_SIZE)
        encoding = self.encoding
        if encoding.lower() in ("utf-16", "utf-32", "utf16", "utf32", "utf-8-sig"):
            part += self.buffer.read()
            self._ended = True
        final = self._ended or not part
        text, self._bytes = _host.decode_part(
            self._bytes + part, encoding, self.errors, final
        )
        self._ended = final
        if self._newline in (None, ""):
            text = self._returns(text, final)
        left = self._text[self._at :]
        self._text = left + text if left else text
        self._at = 0
        return bool(text) or not final

    def _returns(self, text, final):
        if self._held_return:
            text = "\r" + text
            self._held_return = False
        if text.endswith("\r") and not final:
            text = text[:-1]
            self._held_return = True
        _note_ends(text, self._seen)
        return _universal(text) if self._newline is None and "\r" in text else text

    def _begin_read(self):
        self._check_closed()
        if not self.buffer.readable():
            raise UnsupportedOperation("not readable")

    def read(self, size=-1):
        self._begin_read()
        if size is None or size < 0:
            parts = [self._text[self._at :]]
            self._text = ""
            self._at = 0
            if not self._ended:
                data = self._bytes + self.buffer.read()
                self._bytes = b""
                self._ended = True
                text, _ = _host.decode_part(data, self.encoding, self.errors, True)
                if self._newline in (None, ""):
                    text = self._returns(text, True)
                parts.append(text)
            return "".join(parts)
        while len(self._text) - self._at < size and self._more():
            pass
        text = self._text[self._at : self._at + size]
        self._at += len(text)
        return text

    def readline(self, size=-1):
        self._begin_read()
        if size is None:
            size = -1
        newline = self._newline
        while True:
            end = _line_end(self._text, self._at, newline)
            if end or 0 <= size <= len(self._text) - self._at or not self._more():
                break
        if not end:
            end = len(self._text)
        if size >= 0:
            end = min(end, self._at + size)
        line = self._text[self._at : end]
        self._at = end
        return line

    def __next__(self):
        self._telling = False
        line = self.readline()
        if not line:
            self._telling = True
            raise StopIteration
        return line

    def flush(self):
        self._check_closed()
        self.buffer.flush()

    def tell(self):
        self._check_closed()
        if not self.buffer.seekable():
            raise UnsupportedOperation("underlying stream is not seekable")
        if not self._telling:
            raise OSError("telling position disabled by next() call")
        left = self._text[self._at :]
        if not (left or self._bytes or self._held_return):
            return self.buffer.tell()
        # What was read ahead is as long as its bytes were, apart from ends of lines that became one.
        behind = left.encode(self.encoding, self.errors)
        if self._newline is None and "\r\n" in self._seen:
            return self._tell_slowly(len(left))
        return self.buffer.tell() - len(self._bytes) - self._held_return - len(behind)

    def _tell_slowly(self, left):
        """Decodes from the beginning up to where so many characters are left."""
        end = self.buffer.tell() - len(self._bytes) - self._held_return
        self.buffer.seek(0)
        data = self.buffer.read(end)
        self.buffer.seek(end + len(self._bytes) + self._held_return)
        raw = data.decode(self.encoding, self.errors)
        at = len(raw)
        while left > 0:
            at -= 2 if raw[at - 2 : at] == "\r\n" else 1
            left -= 1
        return len(raw[:at].encode(self.encoding, self.errors))

    def _forget(self):
        self._text = ""
        self._at = 0
        self._bytes = b""
        self._held_return = False
        self._ended = False
        self._telling = True

    def seek(self, cookie, whence=0):
        self._check_closed()
        if not self.buffer.seekable():
            raise UnsupportedOperation("underlying stream is not seekable")
        if whence == 1:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            cookie = self.tell()
        elif whence == 2:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero end-relative seeks")
            self.flush()
            self._forget()
            return self.buffer.seek(0, 2)
        elif whence != 0:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        if cookie < 0:
            raise ValueError(f"negative seek position {cookie}")
        self.flush()
        self._forget()
        return self.buffer.seek(cookie)

    def truncate(self, size=None):
        self.flush()
        if size is None:
            size = self.tell()
        return self.buffer.truncate(size)

    def close(self):
        if self.buffer is not None and not self.closed:
            try:
                self.flush()
            finally:
                self.buffer.close()

    def __repr__(self):
        name = getattr(self, "name", None)
        shown = "" if name is None else f" name={name!r}"
        mode = getattr(self, "mode", None)
        how = "" if mode is None else f" mode={mode!r}"
        return f"<_io.TextIOWrapper{shown}{how} encoding={self.encoding!r}>"


def open(
    file,
    mode="r",
    buffering=-1,
    encoding=None,
    errors=None,
    newline=None,
    closefd=True,
    opener=None,
):
    if not isinstance(file, int):
        file = _path_of(file)
    for name, value in (("mode", mode), ("encoding", encoding), ("errors", errors)):
        if not isinstance(value, str) and (value is not None or name == "mode"):
            extra = "" if name == "mode" else " or None"
            raise TypeError(
                f"open() argument {name!r} must be str{extra}, not {type(value).__name__}"
            )
    letters = set(mode)
    if letters - set("axrwb+t") or len(mode) > len(letters):
        raise ValueError(f"invalid mode: {mode!r}")
    binary = "b" in letters
    if binary and "t" in letters:
        raise ValueError("can't have text and binary mode at once")
    if len(letters & set("xrwa")) != 1:
        raise ValueError(
            "must have exactly one of create/read/write/append mode"
            if len(letters & set("xrwa")) > 1
            else "Must have exactly one of create/read/write/append mode and at most one plus"
        )
    for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
        if binary and value is not None:
            article = "an" if name[0] == "e" else "a"
            raise ValueError(f"binary mode doesn't take {article} {name} argument")
    _check_newline(newline)
    if isinstance(file, int):
        raise OSError(9, "Bad file descriptor", file) if closefd else ValueError(
            "Cannot use closefd=False with file name"
        )
    if not closefd:
        raise ValueError("Cannot use closefd=False with file name")
    kind = (letters & set("xrwa")).pop() + ("+" if "+" in letters else "")
    if buffering == 0 and not binary:
        raise ValueError("can't have unbuffered text I/O")
    raw = FileIO(file, kind)
    try:
        if buffering == 0:
            return raw
        size = buffering if buffering > 1 else DEFAULT_BUFFER_SIZE
        if "+" in letters:
            buffer = BufferedRandom(raw, size)
        elif kind == "r":
            buffer = BufferedReader(raw, size)
        else:
            buffer = BufferedWriter(raw, size)
        if binary:
            return buffer
        text = TextIOWrapper(buffer, encoding, errors, newline, buffering == 1)
        text.mode = mode
        return text
    except BaseException:
        raw.close()
        raise


for _class in (
    FileIO,
    BytesIO,
    BufferedReader,
    BufferedWriter,
    BufferedRandom,
    BufferedRWPair,
    StringIO,
    TextIOWrapper,
):
    _class.__module__ = "_io"
for _class in (BufferedReader, BufferedWriter, BufferedRandom):
    _class.__qualname__ = _class.__name__
del _class


class IncrementalNewlineDecoder:
    def __init__(self, decoder, translate, errors="strict"):
        self.decoder = decoder
        self.translate = translate
        self._held = False

    def decode(self, data, final=False):
        text = data if self.decoder is None else self.decoder.decode(data, final)
        if self._held and (text or final):
            text = "\r" + text
            self._held = False
        if text.endswith("\r") and not final:
            text = text[:-1]
            self._held = True
        return _universal(text) if self.translate else text


__all__ = [
    "BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO",
    "BufferedIOBase", "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom",
    "TextIOBase", "TextIOWrapper", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END",
    "DEFAULT_BUFFER_SIZE", "IncrementalNewlineDecoder", "text_encoding",
]
