"""Addresses: taking them apart, putting them together, and escaping (RFC 3986)."""
from collections import namedtuple

__all__ = ["urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode",
           "parse_qs", "parse_qsl", "quote", "quote_plus", "quote_from_bytes", "unquote",
           "unquote_plus", "unquote_to_bytes", "DefragResult", "ParseResult", "SplitResult"]

uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms",
                 "prospero", "rtsp", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https",
               "shttp", "snews", "prospero", "rtsp", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs",
               "git", "git+ssh", "ws", "wss"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip",
               "sips", "mms", "sftp", "tel"]
_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_CONTROLS = "".join(map(chr, range(33)))


def _as_text(*args):
    """The arguments as str, and what makes bytes of the results again where they were bytes."""
    is_text = isinstance(args[0], str)
    for arg in args[1:]:
        if arg and isinstance(arg, str) != is_text:
            raise TypeError("Cannot mix str and non-str arguments")
    if is_text:
        return [*args, lambda result: result]
    return [*(arg.decode("ascii") if arg else "" for arg in args), lambda result: result.encode()]


class _Address:
    """What both kinds of results say of the part between // and the path."""

    __slots__ = ()

    def _parts(self):
        user, at, host = self.netloc.rpartition(b"@" if isinstance(self.netloc, bytes) else "@")
        return user, at, host

    @property
    def username(self):
        user, at, _ = self._parts()
        return user.partition(user[:0] + (b":" if isinstance(user, bytes) else ":"))[0] if at else None

    @property
    def password(self):
        user, at, _ = self._parts()
        if not at:
            return None
        _, colon, password = user.partition(b":" if isinstance(user, bytes) else ":")
        return password if colon else None

    def _place(self):
        host = self._parts()[2]
        colon, left, right = (b":", b"[", b"]") if isinstance(host, bytes) else (":", "[", "]")
        _, bracket, rest = host.partition(left)
        if bracket:
            name, _, port = rest.partition(right)
            port = port.partition(colon)[2]
        else:
            name, _, port = host.partition(colon)
        return name, port

    @property
    def hostname(self):
        name = self._place()[0]
        if not name:
            return None
        percent = b"%" if isinstance(name, bytes) else "%"
        name, mark, zone = name.partition(percent)
        return name.lower() + mark + zone

    @property
    def port(self):
        port = self._place()[1]
        if not port:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        port = int(port)
        if not 0 <= port <= 65535:
            raise ValueError("Port out of range 0-65535")
        return port


_Split = namedtuple("SplitResult", "scheme netloc path query fragment")
_Parse = namedtuple("ParseResult", "scheme netloc path params query fragment")
_Defrag = namedtuple("DefragResult", "url fragment")


class SplitResult(_Split, _Address):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)

    def encode(self, encoding="ascii", errors="strict"):
        return SplitResult(*(part.encode(encoding, errors) for part in self))


class ParseResult(_Parse, _Address):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)

    def encode(self, encoding="ascii", errors="strict"):
        return ParseResult(*(part.encode(encoding, errors) for part in self))


class DefragResult(_Defrag):
    __slots__ = ()

    def geturl(self):
        if not self.fragment:
            return self.url
        return self.url + ("#" if isinstance(self.url, str) else b"#") + self.fragment

    def encode(self, encoding="ascii", errors="strict"):
        return DefragResult(*(part.encode(encoding, errors) for part in self))


SplitResultBytes = SplitResult
ParseResultBytes = ParseResult
DefragResultBytes = DefragResult


def _encoded(result, make):
    return result if isinstance(make(""), str) else result.encode()


def urlsplit(url, scheme="", allow_fragments=True):
    """Scheme, place, path, query and fragment."""
    url, scheme, make = _as_text(url, scheme)
    url = url.lstrip(_CONTROLS)
    scheme = scheme.strip(_CONTROLS)
    for char in "\t\r\n":
        url = url.replace(char, "")
        scheme = scheme.replace(char, "")
    netloc = query = fragment = ""
    colon = url.find(":")
    if colon > 0 and url[0].isascii() and url[0].isalpha() and _SCHEME.issuperset(url[:colon]):
        scheme, url = url[:colon].lower(), url[colon + 1:]
    if url[:2] == "//":
        end = min((at for at in (url.find(char, 2) for char in "/?#") if at >= 0), default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    return _encoded(SplitResult(scheme, netloc, url, query, fragment), make)


def urlparse(url, scheme="", allow_fragments=True):
    """The same, with the parameters of the last part of the path apart."""
    url, scheme, make = _as_text(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        last = path.rfind("/")
        at = path.find(";", last if last >= 0 else 0)
        if at >= 0:
            path, params = path[:at], path[at + 1:]
    return _encoded(ParseResult(scheme, netloc, path, params, query, fragment), make)


def urlunparse(components):
    scheme, netloc, path, params, query, fragment, make = _as_text(*components)
    if params:
        path = f"{path};{params}"
    return make(urlunsplit((scheme, netloc, path, query, fragment)))


def urlunsplit(components):
    scheme, netloc, url, query, fragment, make = _as_text(*components)
    if netloc or scheme and scheme in uses_netloc and url[:2] != "//":
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + (netloc or "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return make(url)


def urljoin(base, url, allow_fragments=True):
    """An address as seen from another one."""
    if not base:
        return url
    if not url:
        return base
    base, url, make = _as_text(base, url)
    old = urlparse(base, "", allow_fragments)
    new = urlparse(url, old.scheme, allow_fragments)
    scheme, netloc, path, params, query, fragment = new
    if scheme != old.scheme or scheme not in uses_relative:
        return make(url)
    if scheme in uses_netloc:
        if netloc:
            return make(urlunparse(new))
        netloc = old.netloc
    if not path and not params:
        return make(urlunparse((scheme, netloc, old.path, old.params, query or old.query, fragment)))
    above = old.path.split("/")
    if above[-1] != "":
        del above[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = above + path.split("/")
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for segment in segments:
        if segment == "..":
            if resolved:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return make(urlunparse((scheme, netloc, "/".join(resolved) or "/", params, query, fragment)))


def urldefrag(url):
    """The address without its fragment, and the fragment."""
    url, make = _as_text(url)
    if "#" in url:
        scheme, netloc, path, params, query, fragment = urlparse(url)
        bare = urlunparse((scheme, netloc, path, params, query, ""))
    else:
        bare, fragment = url, ""
    return _encoded(DefragResult(bare, fragment), make)


def unquote_to_bytes(string):
    """The bytes that a text with %xx stands for."""
    if not string:
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    first, *rest = string.split(b"%")
    out = [first]
    for piece in rest:
        try:
            out.append(bytes.fromhex(piece[:2].decode("ascii")) if len(piece[:2].strip()) == 2 else None)
        except ValueError:
            out.append(None)
        if out[-1] is None:
            out[-1] = b"%"
            out.append(piece)
        else:
            out.append(piece[2:])
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    """Without %xx; what is no UTF-8 becomes U+FFFD."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding or "utf-8", errors or "replace")
    if "%" not in string:
        return string
    out = []
    run = []
    for char in string:
        if char.isascii():
            run.append(char)
        else:
            out.append(unquote_to_bytes("".join(run)).decode(encoding or "utf-8", errors or "replace"))
            run = []
            out.append(char)
    out.append(unquote_to_bytes("".join(run)).decode(encoding or "utf-8", errors or "replace"))
    return "".join(out)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def quote(string, safe="/", encoding=None, errors=None):
    """With %xx for all that an address may not hold as it is."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    else:
        if encoding is not None:
            raise TypeError("quote() doesn't support 'encoding' for bytes")
        if errors is not None:
            raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """The same with + for a space."""
    space = " " if isinstance(string, str) else b" "
    if space not in string:
        return quote(string, safe, encoding, errors)
    if not isinstance(safe, str):
        safe = safe.decode("ascii", "ignore")
    return quote(string, safe + " ", encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    kept = _SAFE.union(byte for byte in safe if byte < 128)
    if kept.issuperset(bs):
        return bs.decode()
    return "".join([chr(byte) if byte in kept else f"%{byte:02X}" for byte in bs])


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """A query of pairs, or of a mapping."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError:
            raise TypeError("not a valid non-string sequence or mapping object") from None

    def text(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(value if isinstance(value, str) else str(value), safe, encoding, errors)

    pairs = []
    for key, value in query:
        if not doseq or isinstance(value, (str, bytes)) or not hasattr(value, "__len__"):
            pairs.append(f"{text(key)}={text(value)}")
        else:
            pairs.extend(f"{text(key)}={text(one)}" for one in value)
    return "&".join(pairs)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
              max_num_fields=None, separator="&"):
    """The pairs of a query."""
    qs, make = _as_text(qs)
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    separator, _ = _as_text(separator)
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    pairs = []
    for field in qs.split(separator) if qs else []:
        if not field and not strict_parsing:
            continue
        name, equals, value = field.partition("=")
        if not equals:
            if strict_parsing:
                raise ValueError("bad query field: %r" % (field,))
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            pairs.append((make(unquote(name.replace("+", " "), encoding, errors)),
                          make(unquote(value.replace("+", " "), encoding, errors))))
    return pairs


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
             max_num_fields=None, separator="&"):
    """The values of a query by name."""
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors,
                                 max_num_fields, separator):
        found.setdefault(name, []).append(value)
    return found
