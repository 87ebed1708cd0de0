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
        return self

    def __repr__(self):
        return f"<codecs.CodecInfo object for encoding {self.name} at {id(self):#x}>"


_FORMAL = {"latin-1": "iso8859-1", "ascii": "ascii"}
_ALIASES = {"utf8": "utf-8", "u8": "utf-8", "latin1": "latin-1", "l1": "latin-1", "iso-8859-1": "latin-1",
            "iso8859-1": "latin-1", "us-ascii": "ascii", "646": "ascii", "utf16": "utf-16",
            "utf32": "utf-32"}


def lookup(encoding):
    """The codec of a name; LookupError where there is none."""
    found = _found(encoding)
    if found is not None:
        return found
    other = _other(encoding)
    if other is not None:
        forth, back = other
        return CodecInfo(lambda data, errors="strict": (forth(data), len(data)),
                         lambda data, errors="strict": (back(data), len(data)), name=encoding)
    "".encode(encoding)
    name = encoding.lower().replace("_", "-")
    name = _ALIASES.get(name, name)
    return CodecInfo(lambda text, errors="strict": (text.encode(encoding, errors), len(text)),
                     lambda data, errors="strict": (bytes(data).decode(encoding, errors), len(data)),
                     name=_FORMAL.get(name, name),
                     incrementalencoder=lambda errors="strict": _Encoder(encoding, errors),
                     incrementaldecoder=lambda errors="strict": _Decoder(encoding, errors))


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    return lookup(encoding).incrementalencoder


def getincrementaldecoder(encoding):
    return lookup(encoding).incrementaldecoder


class _Encoder:
    """Encodes piece by piece."""

    def __init__(self, encoding, errors="strict"):
        self._encoding = encoding
        self.errors = errors

    def encode(self, input, final=False):
        return input.encode(self._encoding, self.errors)

    def reset(self):
        pass


class _Decoder:
    """Decodes piece by piece; what ends in the middle of a character waits."""

    def __init__(self, encoding, errors="strict"):
        self._encoding = encoding
        self.errors = errors
        self._rest = b""

    def decode(self, input, final=False):
        data = self._rest + bytes(input)
        self._rest = b""
        if not final:
            for held in range(min(4, len(data) + 1)):
                try:
                    head = data[:len(data) - held]
                    text = head.decode(self._encoding)
                except UnicodeDecodeError:
                    continue
                self._rest = data[len(head):]
                return text
        return data.decode(self._encoding, self.errors)

    def reset(self):
        self._rest = b""


def iterencode(iterator, encoding, errors="strict", **kwargs):
    for piece in iterator:
        data = piece.encode(encoding, errors)
        if data:
            yield data


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    decoder = _Decoder(encoding, errors)
    for piece in iterator:
        text = decoder.decode(piece)
        if text:
            yield text
    text = decoder.decode(b"", True)
    if text:
        yield text
