"""NumPy's functions that read and write files: `.npy`, `.npz`, and lines of numbers."""
import ast
import io

import numpy as np

_MAGIC = b"\x93NUMPY"


def _named(file, mode):
    """The file to read or write, and whether it is ours to close."""
    if hasattr(file, "write" if "w" in mode else "read"):
        return file, False
    return open(str(file), mode), True


def _write_array(stream, arr):
    arr = np.asarray(arr)
    columns = arr.flags.f_contiguous and not arr.flags.c_contiguous
    header = f"{{'descr': '{arr.dtype.str}', 'fortran_order': {columns}, 'shape': {arr.shape}, }}"
    room = -(len(_MAGIC) + 4 + len(header) + 1) % 64
    header += " " * room + "\n"
    stream.write(_MAGIC + b"\x01\x00" + len(header).to_bytes(2, "little") + header.encode("latin1"))
    stream.write((arr.T if columns else arr).tobytes())


def _read_array(stream):
    magic = stream.read(8)
    if magic[:6] != _MAGIC:
        raise ValueError("Cannot load file containing pickled data when allow_pickle=False")
    size = int.from_bytes(stream.read(2 if magic[6] == 1 else 4), "little")
    header = ast.literal_eval(stream.read(size).decode("latin1"))
    dtype = np.dtype(header["descr"])
    count = 1
    for one in header["shape"]:
        count *= one
    data = stream.read(count * dtype.itemsize)
    if len(data) < count * dtype.itemsize:
        raise ValueError("Failed to read all data for array.")
    flat = np.frombuffer(data, dtype=dtype).copy()
    if header["fortran_order"]:
        return flat.reshape(header["shape"][::-1]).T
    return flat.reshape(header["shape"])


def save(file, arr, allow_pickle=True, fix_imports=True):
    if not hasattr(file, "write"):
        file = str(file)
        if not file.endswith(".npy"):
            file += ".npy"
    stream, own = _named(file, "wb")
    try:
        _write_array(stream, np.asanyarray(arr))
    finally:
        if own:
            stream.close()


def load(file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding="ASCII", *, max_header_size=10000):
    if mmap_mode is not None:
        raise NotImplementedError("numpy.load(mmap_mode=…) is not here; nearest: numpy.load(file)")
    stream, own = _named(file, "rb")
    try:
        start = stream.read(4)
        if start == b"":
            raise EOFError("No data left in file")
        rest = start + stream.read()
        if start[:2] == b"PK":
            return NpzFile(rest)
        return _read_array(io.BytesIO(rest))
    finally:
        if own:
            stream.close()


def _zip(entries):
    """An archive without compression, as PKWARE's APPNOTE lays it out."""
    import zlib

    body, table = b"", b""
    for name, data in entries:
        raw = name.encode()
        common = (
            (20).to_bytes(2, "little") + bytes(2) + bytes(2) + bytes(2) + (33).to_bytes(2, "little")
            + zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little") * 2 + len(raw).to_bytes(2, "little") + bytes(2)
        )
        table += b"PK\x01\x02" + (20).to_bytes(2, "little") + common + bytes(10) + len(body).to_bytes(4, "little") + raw
        body += b"PK\x03\x04" + common + raw + data
    end = b"PK\x05\x06" + bytes(4) + len(entries).to_bytes(2, "little") * 2 + len(table).to_bytes(4, "little") + len(body).to_bytes(4, "little") + bytes(2)
    return body + table + end


def _unzip(data):
    import zlib

    end = data.rfind(b"PK\x05\x06")
    if end < 0:
        raise ValueError("File is not a zip file")
    number = lambda at, size: int.from_bytes(data[at:at + size], "little")
    at, entries = number(end + 16, 4), {}
    for _ in range(number(end + 10, 2)):
        method, size = number(at + 10, 2), number(at + 20, 4)
        name, extra, comment = number(at + 28, 2), number(at + 30, 2), number(at + 32, 2)
        start = number(at + 42, 4)
        first = start + 30 + number(start + 26, 2) + number(start + 28, 2)
        packed = data[first:first + size]
        entries[data[at + 46:at + 46 + name].decode()] = zlib.decompress(packed, -15) if method == 8 else packed
        at += 46 + name + extra + comment
    return entries


class NpzFile:
    def __init__(self, data):
        self._entries = {name[:-4] if name.endswith(".npy") else name: value for name, value in _unzip(data).items()}
        self.files = list(self._entries)

    def __getitem__(self, key):
        if key not in self._entries:
            raise KeyError(f"{key} is not a file in the archive")
        return _read_array(io.BytesIO(self._entries[key]))

    def __contains__(self, key):
        return key in self._entries

    def __iter__(self):
        return iter(self.files)

    def __len__(self):
        return len(self.files)

    def keys(self):
        return self._entries.keys()

    def items(self):
        return [(name, self[name]) for name in self.files]

    def values(self):
        return [self[name] for name in self.files]

    def get(self, key, default=None):
        return self[key] if key in self else default

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass


def savez(file, *args, **kwds):
    named = dict(kwds)
    for i, one in enumerate(args):
        if f"arr_{i}" in named:
            raise ValueError(f"Cannot use un-named variables and keyword arr_{i}")
        named[f"arr_{i}"] = one
    entries = []
    for name, one in named.items():
        stream = io.BytesIO()
        _write_array(stream, np.asanyarray(one))
        entries.append((name + ".npy", stream.getvalue()))
    if not hasattr(file, "write"):
        file = str(file)
        if not file.endswith(".npz"):
            file += ".npz"
    stream, own = _named(file, "wb")
    try:
        stream.write(_zip(entries))
    finally:
        if own:
            stream.close()


def savez_compressed(file, *args, **kwds):
    savez(file, *args, **kwds)


def savetxt(fname, X, fmt="%.18e", delimiter=" ", newline="\n", header="", footer="", comments="# ", encoding=None):
    X = np.asarray(X)
    if X.ndim == 0 or X.ndim > 2:
        raise ValueError(f"Expected 1D or 2D array, got {X.ndim}D array instead")
    if X.ndim == 1:
        X = X[:, None]
    columns = X.shape[1]
    if isinstance(fmt, (list, tuple)):
        if len(fmt) != columns:
            raise AttributeError(f"fmt has wrong shape.  {fmt}")
        line = delimiter.join(fmt)
    else:
        count = fmt.count("%")
        if count == 1:
            line = delimiter.join([fmt] * columns)
        elif count == columns:
            line = fmt
        else:
            raise ValueError(f"fmt has wrong number of % formats:  {fmt}")
    text = ""
    if header:
        text += comments + header.replace("\n", "\n" + comments) + newline
    for row in X.tolist():
        try:
            text += line % tuple(row) + newline
        except TypeError as error:
            raise TypeError(f"Mismatch between array dtype ('{X.dtype}') and format specifier ('{line}')") from error
    if footer:
        text += comments + footer.replace("\n", "\n" + comments) + newline
    if hasattr(fname, "write"):
        try:
            fname.write(text)
        except TypeError:
            fname.write(text.encode("latin1"))
        return
    with open(str(fname), "w") as stream:
        stream.write(text)


def _lines(fname):
    if isinstance(fname, (list, tuple)) or not (isinstance(fname, str) or hasattr(fname, "read") or hasattr(fname, "__fspath__")):
        return list(fname)
    if hasattr(fname, "read"):
        text = fname.read()
    else:
        with open(str(fname)) as stream:
            text = stream.read()
    if isinstance(text, bytes):
        text = text.decode("latin1")
    return text.splitlines()


def loadtxt(fname, dtype=float, comments="#", delimiter=None, converters=None, skiprows=0, usecols=None, unpack=False, ndmin=0, encoding="bytes", max_rows=None, *, quotechar=None, like=None):
    marks = [] if comments is None else [comments] if isinstance(comments, str) else list(comments)
    if isinstance(usecols, int):
        usecols = [usecols]
    rows = []
    for number, line in enumerate(_lines(fname)):
        if isinstance(line, bytes):
            line = line.decode("latin1")
        if number < skiprows:
            continue
        for mark in marks:
            line = line.split(mark)[0]
        line = line.strip("\r\n") if delimiter is not None else line.strip()
        if line.strip() == "":
            continue
        if max_rows is not None and len(rows) == max_rows:
            break
        parts = line.split(delimiter)
        places = range(len(parts)) if usecols is None else usecols
        row = []
        for place in places:
            if not -len(parts) <= place < len(parts):
                raise ValueError(f"invalid column index {place} at row {len(rows) + 1} with {len(parts)} columns")
            text = parts[place].strip()
            convert = converters if callable(converters) else (converters or {}).get(place)
            try:
                row.append(_number(convert(text) if convert else text, dtype))
            except ValueError:
                raise ValueError(f"could not convert string {text!r} to {np.dtype(dtype)} at row {len(rows)}, column {place + 1}.") from None
        if rows and len(row) != len(rows[0]):
            raise ValueError(
                f"the number of columns changed from {len(rows[0])} to {len(row)} at row {len(rows) + 1}; use `usecols` to select a subset and avoid this error"
            )
        rows.append(row)
    result = np.array(rows, dtype=dtype) if rows else np.empty((0, 0) if ndmin == 2 else (0,), dtype=dtype)
    if rows:
        if ndmin < 2 and (result.shape[1] == 1 or result.shape[0] == 1):
            result = result.squeeze() if ndmin == 0 else result.ravel()
        if ndmin == 2 and result.ndim == 1:
            result = result[None]
    return result.T if unpack else result


def _number(text, dtype):
    if not isinstance(text, str):
        return text
    kind = np.dtype(dtype).kind
    if kind in "iu":
        return int(text)
    if kind == "b":
        return bool(int(text))
    return complex(text.replace("i", "j")) if kind == "c" else float(text)


def genfromtxt(fname, dtype=float, comments="#", delimiter=None, skip_header=0, skip_footer=0, filling_values=None, usecols=None, unpack=False, max_rows=None, names=None, **other):
    if names is not None or dtype is None:
        raise NotImplementedError("numpy.genfromtxt with names or dtype=None is not here, as arrays have no fields; nearest: numpy.loadtxt, csv.DictReader")
    filling = np.nan if filling_values is None and np.dtype(dtype).kind == "f" else -1 if filling_values is None else filling_values
    lines = _lines(fname)
    lines = lines[skip_header:len(lines) - skip_footer]

    def convert(text):
        try:
            return _number(text, dtype)
        except ValueError:
            return filling

    result = loadtxt(lines, dtype=dtype, comments=comments, delimiter=delimiter, converters=convert, usecols=usecols, max_rows=max_rows)
    return result.T if unpack else result


def fromstring(string, dtype=float, count=-1, *, sep, like=None):
    if sep == "":
        raise ValueError("The binary mode of fromstring is removed, use frombuffer instead")
    parts = [part for part in (string.split() if sep.strip() == "" else string.split(sep.strip())) if part.strip()]
    result = np.array([_number(part.strip(), dtype) for part in parts], dtype=dtype)
    return result if count < 0 else result[:count]


def fromfile(file, dtype=float, count=-1, sep="", offset=0, *, like=None):
    stream, own = _named(file, "rb")
    try:
        data = stream.read()[offset:]
    finally:
        if own:
            stream.close()
    if sep:
        return fromstring(data.decode("latin1"), dtype=dtype, count=count, sep=sep)
    size = np.dtype(dtype).itemsize
    data = data[:len(data) // size * size] if count < 0 else data[:count * size]
    return np.frombuffer(data, dtype=dtype).copy()
