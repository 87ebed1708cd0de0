"""Codecs by name."""
import base64 as _base64
import binascii as _binascii

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM = BOM_UTF16 = BOM_UTF16_LE
BOM_UTF32_LE = b"\xff\xfe\0\0"
BOM_UTF32_BE = b"\0\0\xfe\xff"
BOM_UTF32 = BOM_UTF32_LE

_TURN = {}
for _first in (65, 97):
    for _at in range(26):
        _TURN[_first + _at] = _first + (_at + 13) % 26


def _rot13(data):
    return data.translate(_TURN)


# Codecs that are no encodings of text: there and back.
_OTHERS = {
    "rot13": (_rot13, _rot13),
    "hex": (_binascii.hexlify, _binascii.unhexlify),
    "base64": (_base64.encodebytes, _base64.decodebytes),
}
_NAMES = {"rot_13": "rot13", "hex_codec": "hex", "base64_codec": "base64", "base_64": "base64"}


def _other(encoding):
    name = encoding.lower().replace("-", "_").replace(" ", "_")
    return _OTHERS.get(_NAMES.get(name, name))


_searches = []


def register(search_function):
    """Adds a function that knows codecs by name; encode, decode and lookup of this module ask it."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _searches.append(search_function)


def unregister(search_function):
    if search_function in _searches:
        _searches.remove(search_function)


def _found(encoding):
    name = encoding.lower().replace(" ", "_").replace("-", "_")
    for search in _searches:
        found = search(name)
        if found is not None:
            return found
    return None


def encode(obj, encoding="utf-8", errors="strict"):
    found = _found(encoding)
    if found is not None:
        return found[0](obj, errors)[0]
    other = _other(encoding)
    if other is not None:
        return other[0](obj)
    if not isinstance(obj, str):
        lookup(encoding)
        raise TypeError(f"{_function(encoding)}_encode() argument 1 must be str, not {type(obj).__name__}")
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    found = _found(encoding)
    if found is not None:
        return found[1](obj, errors)[0]
    other = _other(encoding)
    if other is not None:
        return other[1](obj)
    return bytes(obj).decode(encoding, errors)


def _function(encoding):
    return lookup(encoding).name.replace("-", "_").replace("iso8859_1", "latin_1")


class CodecInfo(tuple):
    """A codec: how it encodes and decodes."""

    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode = encode
        self.decode = decode
        self.incrementalencoder = incrementalencoder
        self.incrementaldecoder = incrementaldecoder
        self.streamreader = streamreader
        self.streamwriter = streamwriter
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        return f"<codecs.CodecInfo object for encoding {self.name} at {id(self):#x}>"


_FORMAL = {"latin-1": "iso8859-1"}
_ALIASES = {"utf8": "utf-8", "u8": "utf-8", "utf": "utf-8", "latin1": "latin-1", "latin": "latin-1", "l1": "latin-1",
            "iso-8859-1": "latin-1", "iso8859-1": "latin-1", "us-ascii": "ascii", "646": "ascii", "utf16": "utf-16",
            "utf32": "utf-32", "unicodeescape": "unicode-escape", "rawunicodeescape": "raw-unicode-escape"}


def lookup(encoding):
    """The codec of a name; LookupError where there is none."""
    found = _found(encoding)
    if found is not None:
        return found
    other = _other(encoding)
    if other is not None:
        forth, back = other
        return CodecInfo(lambda data, errors="strict": (forth(data), len(data)),
                         lambda data, errors="strict": (back(data), len(data)), name=encoding,
                         _is_text_encoding=False)
    "".encode(encoding)
    name = encoding.lower().replace("_", "-").replace(" ", "-")
    name = _ALIASES.get(name, name)
    if name.startswith("windows-"):
        name = "cp" + name[8:]
    own = {"_encoding": encoding}

    def encode(text, errors="strict"):
        return text.encode(encoding, errors), len(text)

    def decode(data, errors="strict"):
        return bytes(data).decode(encoding, errors), len(data)

    own_codec = {"encode": staticmethod(encode), "decode": staticmethod(_partial_decode(encoding))}
    return CodecInfo(encode, decode, name=_FORMAL.get(name, name),
                     streamreader=type("StreamReader", (StreamReader,), own_codec),
                     streamwriter=type("StreamWriter", (StreamWriter,), own_codec),
                     incrementalencoder=type("IncrementalEncoder", (_Encoder,), own),
                     incrementaldecoder=type("IncrementalDecoder", (_Decoder,), own))


def _partial_decode(encoding):
    """How a stream decodes: what ends in the middle of a character is left."""

    def decode(data, errors="strict"):
        data = bytes(data)
        size = len(data) - _unfinished(data, encoding)
        return data[:size].decode(encoding, errors), size

    return decode


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    encoder = lookup(encoding).incrementalencoder
    if encoder is None:
        raise LookupError(encoding)
    return encoder


def getincrementaldecoder(encoding):
    decoder = lookup(encoding).incrementaldecoder
    if decoder is None:
        raise LookupError(encoding)
    return decoder


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


class Codec:
    """What encodes and decodes without a state."""

    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes piece by piece."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return 0

    def setstate(self, state):
        pass


class BufferedIncrementalEncoder(IncrementalEncoder):
    """Keeps what cannot be encoded yet; `_buffer_encode` says how much it took."""

    def __init__(self, errors="strict"):
        IncrementalEncoder.__init__(self, errors)
        self.buffer = ""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data = self.buffer + input
        result, consumed = self._buffer_encode(data, self.errors, final)
        self.buffer = data[consumed:]
        return result

    def reset(self):
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder:
    """Decodes piece by piece."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return (b"", 0)

    def setstate(self, state):
        pass


class BufferedIncrementalDecoder(IncrementalDecoder):
    """Keeps what cannot be decoded yet; `_buffer_decode` says how much it took."""

    def __init__(self, errors="strict"):
        IncrementalDecoder.__init__(self, errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + bytes(input)
        result, consumed = self._buffer_decode(data, self.errors, final)
        self.buffer = data[consumed:]
        return result

    def reset(self):
        self.buffer = b""

    def getstate(self):
        return (self.buffer, 0)

    def setstate(self, state):
        self.buffer = state[0]


def _unfinished(data, encoding):
    """How many bytes at the end begin a character that is not whole."""
    width = 2 if "16" in encoding else 4 if "32" in encoding else 1
    for start in [0, *range(max(1, len(data) - 12), len(data))]:
        if start % width:
            continue
        try:
            data[start:].decode(encoding)
        except UnicodeDecodeError as error:
            if error.end == len(data) - start:
                cut = error.reason.startswith(("unexpected end", "truncated", "\\ at end"))
                return len(data) - start - error.start if cut else 0
        else:
            break
    return 0


_MARKS = {"utf_16": (2, {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}),
          "utf_32": (4, {BOM_UTF32_LE: "utf-32-le", BOM_UTF32_BE: "utf-32-be"}),
          "utf_8_sig": (3, {BOM_UTF8: "utf-8"})}
_PLAIN = {"utf_16": "utf-16-le", "utf_32": "utf-32-le", "utf_8_sig": "utf-8"}


def _marked(encoding):
    name = encoding.lower().replace("-", "_")
    return {"utf16": "utf_16", "u16": "utf_16", "utf32": "utf_32", "u32": "utf_32"}.get(name, name)


class _Encoder(IncrementalEncoder):
    """The mark of the order of bytes is written once, in front."""

    _begun = False

    def encode(self, input, final=False):
        encoding = _PLAIN.get(_marked(self._encoding), self._encoding) if self._begun else self._encoding
        self._begun = self._begun or bool(input) or _marked(self._encoding) != "utf_8_sig"
        return input.encode(encoding, self.errors)

    def reset(self):
        self._begun = False

    def getstate(self):
        return 0 if self._begun else 2

    def setstate(self, state):
        self._begun = state == 0


class _Decoder(BufferedIncrementalDecoder):
    """What ends in the middle of a character waits; a mark in front says the order of bytes."""

    _order = None

    def _buffer_decode(self, input, errors, final):
        encoding, start = self._encoding, 0
        marked = _MARKS.get(_marked(encoding))
        if marked is not None:
            if self._order is None:
                size, orders = marked
                head = input[:size]
                if len(head) < size and not final and any(mark.startswith(head) for mark in orders):
                    return "", 0
                self._order = orders.get(head) or _PLAIN[_marked(encoding)]
                start = size if head in orders else 0
            encoding = self._order
        if final:
            return input[start:].decode(encoding, errors), len(input)
        data = input[start:]
        waiting = _unfinished(data, encoding)
        return data[:len(data) - waiting].decode(encoding, errors), len(input) - waiting

    def reset(self):
        self.buffer = b""
        self._order = None


class StreamWriter(Codec):
    """Writes text to a stream of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        self.stream.write(self.encode(object, self.errors)[0])

    def writelines(self, list):
        self.write("".join(list))

    def reset(self):
        pass

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamReader(Codec):
    """Reads text from a stream of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors
        self.reset()

    def reset(self):
        self.bytebuffer = b""
        self.charbuffer = ""

    def _more(self, size):
        """Reads so many bytes, or all, and decodes them; False at the end."""
        data = self.stream.read() if size < 0 else self.stream.read(size)
        if not data:
            if self.bytebuffer and size < 0:
                self.charbuffer += self.decode(self.bytebuffer, self.errors)[0]
            return False
        data = self.bytebuffer + data
        text, consumed = self.decode(data, self.errors)
        self.bytebuffer = data[consumed:]
        self.charbuffer += text
        return True

    def read(self, size=-1, chars=-1, firstline=False):
        """At most `chars` characters, of about `size` bytes at a time."""
        if chars >= 0:
            while len(self.charbuffer) < chars and self._more(size if size >= 0 else 72):
                pass
        elif size >= 0:
            if not self.charbuffer:
                self._more(size)
        else:
            while self._more(-1):
                pass
        end = len(self.charbuffer) if chars < 0 else chars
        text, self.charbuffer = self.charbuffer[:end], self.charbuffer[end:]
        return text

    def readline(self, size=None, keepends=True):
        while True:
            lines = self.charbuffer.splitlines(keepends=True)
            if len(lines) > 1 or lines and lines[0].endswith("\n"):
                break
            if not self._more(72 if size is None else size):
                lines = self.charbuffer.splitlines(keepends=True)
                break
        if not lines:
            return ""
        line = lines[0]
        self.charbuffer = self.charbuffer[len(line):]
        return line if keepends else line.splitlines()[0]

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def __iter__(self):
        return self

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamReaderWriter:
    """A reader and a writer of one stream."""

    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None):
        return self.reader.readline(size)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def __next__(self):
        return next(self.reader)

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        if whence == 0 and offset == 0:
            self.writer.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    """A file that is read and written through a codec; line ends stay as they are."""
    import builtins

    if encoding is not None and "b" not in mode:
        mode += "b"
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    info = lookup(encoding)
    stream = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
    stream.encoding = encoding
    return stream


_HANDLERS = ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace",
             "surrogateescape", "surrogatepass")


def strict_errors(exception):
    if isinstance(exception, BaseException):
        raise exception
    raise TypeError("codec must pass exception instance")


def ignore_errors(exception):
    return "", exception.end


def replace_errors(exception):
    size = exception.end - exception.start
    return ("?" * size if isinstance(exception, UnicodeEncodeError) else "\ufffd" * (
        size if isinstance(exception, UnicodeTranslateError) else 1)), exception.end


def _replaced(name):
    def replace(exception):
        if isinstance(exception, UnicodeDecodeError):
            wrong = exception.object[exception.start:exception.end]
            if name != "backslashreplace":
                raise TypeError("don't know how to handle UnicodeDecodeError in error callback")
            return "".join(f"\\x{byte:02x}" for byte in wrong), exception.end
        wrong = exception.object[exception.start:exception.end]
        return wrong.encode("ascii", name).decode("ascii"), exception.end

    replace.__name__ = name + "_errors"
    return replace


backslashreplace_errors = _replaced("backslashreplace")
xmlcharrefreplace_errors = _replaced("xmlcharrefreplace")
namereplace_errors = _replaced("namereplace")


def lookup_error(name):
    """What a handler does with an exception: what stands in its place, and where to go on."""
    if name not in _HANDLERS:
        raise LookupError(f"unknown error handler name '{name}'")
    return globals().get(name + "_errors", strict_errors)


def charmap_build(decoding_table):
    """The byte of each character of a table of 256."""
    return {ord(char): byte for byte, char in enumerate(decoding_table) if char != "\ufffe"}


def make_identity_dict(rng):
    return {number: number for number in rng}


def make_encoding_map(decoding_map):
    """The other way around; what two stand for stands for None."""
    found = {}
    for key, value in decoding_map.items():
        found[value] = key if value not in found else None
    return found


def _direct(name):
    function = name.replace("-", "_")

    def encode(text, errors="strict"):
        return text.encode(name, errors), len(text)

    def decode(data, errors="strict", final=True):
        return bytes(data).decode(name, errors), len(data)

    globals()[function + "_encode"] = encode
    globals()[function + "_decode"] = decode


for _name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "ascii",
              "latin-1", "unicode-escape", "raw-unicode-escape"):
    _direct(_name)


def iterencode(iterator, encoding, errors="strict", **kwargs):
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for piece in iterator:
        data = encoder.encode(piece)
        if data:
            yield data
    data = encoder.encode("", True)
    if data:
        yield data


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for piece in iterator:
        text = decoder.decode(piece)
        if text:
            yield text
    text = decoder.decode(b"", True)
    if text:
        yield text
