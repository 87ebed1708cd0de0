"""A parser of HTML that calls a method for each piece, and takes whatever people write."""
import re
from html import unescape

__all__ = ["HTMLParser"]

_SPACE_OR_SEMICOLON = re.compile(r"[\s;]")
_TAG_NAME = re.compile("[a-zA-Z][^\\t\\n\\r\\f />\\x00]*")
_END_TAG = re.compile(r"</\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>")
_COMMENT_END = re.compile(r"--\s*>")
_ENTITY = re.compile("&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]")
_NUMBER = re.compile("&#(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]")
_HALF_REFERENCE = re.compile("&[a-zA-Z#]")
_NORMAL = re.compile("[&<]")
_ATTRIBUTE_NAME = re.compile(r"[^\s/>][^\s/=>]*")
_SECTION_NAME = re.compile(r"[a-zA-Z][-_.a-zA-Z0-9]*\s*")
_SECTION_ENDS = {
    **dict.fromkeys(("temp", "cdata", "ignore", "include", "rcdata"), re.compile(r"]\s*]\s*>")),
    **dict.fromkeys(("if", "else", "endif"), re.compile(r"]\s*>")),
}
# No reference is longer: one that is cut off by the end of what came so far waits for the rest.
_LONGEST_REFERENCE = 34


class HTMLParser:
    """Subclasses say what becomes of each piece: `handle_starttag` and its kin.

    The text between tags may come in pieces. With `convert_charrefs` references such as
    `&amp;` are characters of it, and it comes whole between two tags."""

    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        """Forgets all that was not handled yet."""
        self.rawdata = ""
        self.lasttag = "???"
        self.lineno = 1
        self.offset = 0
        self._starttag_text = None
        self.clear_cdata_mode()

    def feed(self, data):
        """Takes the next piece of the document, and handles what is whole."""
        self.rawdata = self.rawdata + data
        self.goahead(0)

    def close(self):
        """Handles the rest as if the document ended here."""
        self.goahead(1)

    def getpos(self):
        """The line, from 1, and the offset in it where the next piece begins."""
        return self.lineno, self.offset

    def updatepos(self, i, j):
        if i < j:
            lines = self.rawdata.count("\n", i, j)
            if lines:
                self.lineno += lines
                self.offset = j - self.rawdata.rindex("\n", i, j) - 1
            else:
                self.offset += j - i
        return j

    def get_starttag_text(self):
        """The source of the last start tag."""
        return self._starttag_text

    def set_cdata_mode(self, elem):
        """From here to its end tag, an element's content is no markup."""
        self.cdata_elem = elem.lower()
        self.interesting = re.compile(r"</\s*%s\s*>" % self.cdata_elem, re.I)

    def clear_cdata_mode(self):
        self.cdata_elem = None
        self.interesting = _NORMAL

    def _text(self, data):
        if self.convert_charrefs and not self.cdata_elem:
            data = unescape(data)
        self.handle_data(data)

    def goahead(self, end):
        rawdata = self.rawdata
        n = len(rawdata)
        i = 0
        while i < n:
            j = self._markup_from(i)
            if j < 0:
                break
            if i < j:
                self._text(rawdata[i:j])
            i = self.updatepos(i, j)
            if i == n:
                break
            if rawdata[i] == "<":
                k = self._tag(i, end)
                if k < 0:
                    break
                i = self.updatepos(i, k)
            else:
                k, is_whole = self._reference(i, end)
                i = self.updatepos(i, k)
                if not is_whole:
                    break
        if end and i < n and not self.cdata_elem:
            self._text(rawdata[i:n])
            i = self.updatepos(i, n)
        self.rawdata = rawdata[i:]

    def _markup_from(self, i):
        """Where the text ends that begins here; -1 where more of it may come."""
        rawdata = self.rawdata
        n = len(rawdata)
        if self.convert_charrefs and not self.cdata_elem:
            j = rawdata.find("<", i)
            if j >= 0:
                return j
            ampersand = rawdata.rfind("&", max(i, n - _LONGEST_REFERENCE))
            if ampersand >= 0 and not _SPACE_OR_SEMICOLON.search(rawdata, ampersand):
                return -1
            return n
        match = self.interesting.search(rawdata, i)
        if match:
            return match.start()
        return -1 if self.cdata_elem else n

    def _tag(self, i, end):
        """Handles what begins with `<`, and says where it ends; -1 where that is not there yet."""
        rawdata = self.rawdata
        if _TAG_NAME.match(rawdata, i + 1):
            k = self.parse_starttag(i)
        elif rawdata.startswith("</", i):
            k = self.parse_endtag(i)
        elif rawdata.startswith("<!--", i):
            k = self.parse_comment(i)
        elif rawdata.startswith("<?", i):
            k = self.parse_pi(i)
        elif rawdata.startswith("<!", i):
            k = self.parse_html_declaration(i)
        elif i + 1 < len(rawdata):
            self.handle_data("<")
            return i + 1
        else:
            return -1
        if k < 0 and end:
            k = rawdata.find(">", i + 1) + 1
            if k == 0:
                k = rawdata.find("<", i + 1)
                if k < 0:
                    k = i + 1
            self._text(rawdata[i:k])
        return k

    def _reference(self, i, end):
        """Handles what begins with `&`: where it ends, and whether reading goes on now."""
        rawdata = self.rawdata
        numeric = rawdata.startswith("&#", i)
        match = (_NUMBER if numeric else _ENTITY).match(rawdata, i)
        if match:
            if numeric:
                self.handle_charref(match.group()[2:-1])
            else:
                self.handle_entityref(match.group(1))
            k = match.end()
            return (k if rawdata[k - 1] == ";" else k - 1), True
        if numeric:
            if rawdata.find(";", i) < 0:
                return i, False
            self.handle_data("&#")
            return i + 2, False
        match = _HALF_REFERENCE.match(rawdata, i)
        if match:
            return (i + 1 if end and match.end() == len(rawdata) else i), False
        if i + 1 < len(rawdata):
            self.handle_data("&")
            return i + 1, True
        return i, False

    def parse_html_declaration(self, i):
        rawdata = self.rawdata
        if rawdata.startswith("<!--", i):
            return self.parse_comment(i)
        if rawdata.startswith("<![", i):
            return self.parse_marked_section(i)
        if rawdata[i:i + 9].lower() == "<!doctype":
            close = rawdata.find(">", i + 9)
            if close == -1:
                return -1
            self.handle_decl(rawdata[i + 2:close])
            return close + 1
        return self.parse_bogus_comment(i)

    def parse_marked_section(self, i, report=1):
        rawdata = self.rawdata
        match = _SECTION_NAME.match(rawdata, i + 3)
        if not match:
            if i + 3 == len(rawdata):
                return -1
            self.updatepos(i, i + 3)
            raise AssertionError("expected name token at %r" % rawdata[i:i + 20])
        if match.end() == len(rawdata):
            return -1
        closing = _SECTION_ENDS.get(match.group().strip().lower())
        if closing is None:
            raise AssertionError("unknown status keyword %r in marked section" % rawdata[i + 3:match.end()])
        match = closing.search(rawdata, i + 3)
        if not match:
            return -1
        if report:
            self.unknown_decl(rawdata[i + 3:match.start()])
        return match.end()

    def parse_comment(self, i, report=1):
        match = _COMMENT_END.search(self.rawdata, i + 4)
        if not match:
            return -1
        if report:
            self.handle_comment(self.rawdata[i + 4:match.start()])
        return match.end()

    def parse_bogus_comment(self, i, report=1):
        close = self.rawdata.find(">", i + 2)
        if close == -1:
            return -1
        if report:
            self.handle_comment(self.rawdata[i + 2:close])
        return close + 1

    def parse_pi(self, i):
        close = self.rawdata.find(">", i + 2)
        if close == -1:
            return -1
        self.handle_pi(self.rawdata[i + 2:close])
        return close + 1

    def parse_starttag(self, i):
        self._starttag_text = None
        rawdata = self.rawdata
        name = _TAG_NAME.match(rawdata, i + 1)
        attributes, k = self._attributes(name.end())
        if k < 0:
            return -1
        if rawdata.startswith(">", k):
            end = k + 1
        elif rawdata.startswith("/>", k):
            end = k + 2
        else:
            self._starttag_text = rawdata[i:k]
            self.lasttag = name.group().lower()
            self.handle_data(rawdata[i:k])
            return k
        self._starttag_text = rawdata[i:end]
        self.lasttag = tag = name.group().lower()
        if end == k + 2:
            self.handle_startendtag(tag, attributes)
        else:
            self.handle_starttag(tag, attributes)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return end

    def _attributes(self, k):
        """The attributes of a tag from behind its name on, and where they end; -1 where the tag is not whole."""
        rawdata = self.rawdata
        n = len(rawdata)
        found = []
        while True:
            while k < n and (rawdata[k].isspace() or rawdata[k] == "/" and not rawdata.startswith("/>", k)):
                k += 1
            if k >= n:
                return found, -1
            name = _ATTRIBUTE_NAME.match(rawdata, k)
            if not name or rawdata[k] == "\0" and not found:
                return found, k
            k = name.end()
            value, after = self._value(k)
            if after < 0:
                return found, -1
            found.append((name.group().lower(), unescape(value) if value else value))
            k = after

    def _value(self, k):
        """What follows an attribute's name: a value, None where there is none; and where that ends."""
        rawdata = self.rawdata
        n = len(rawdata)
        start = k
        while k < n and rawdata[k].isspace():
            k += 1
        if not rawdata.startswith("=", k):
            return None, start
        while k < n and rawdata[k] == "=":
            k += 1
        while k < n and rawdata[k].isspace():
            k += 1
        if k < n and rawdata[k] in "'\"":
            close = rawdata.find(rawdata[k], k + 1)
            return (None, -1) if close < 0 else (rawdata[k + 1:close], close + 1)
        start = k
        while k < n and rawdata[k] != ">" and not rawdata[k].isspace():
            k += 1
        return rawdata[start:k], k

    def parse_endtag(self, i):
        rawdata = self.rawdata
        close = rawdata.find(">", i + 1)
        if close < 0:
            return -1
        match = _END_TAG.match(rawdata, i)
        if match:
            element = match.group(1).lower()
            if self.cdata_elem is not None and element != self.cdata_elem:
                self.handle_data(rawdata[i:close + 1])
                return close + 1
            self.handle_endtag(element)
            self.clear_cdata_mode()
            return close + 1
        if self.cdata_elem is not None:
            self.handle_data(rawdata[i:close + 1])
            return close + 1
        name = _TAG_NAME.match(rawdata, i + 2)
        if not name:
            return i + 3 if rawdata.startswith("</>", i) else self.parse_bogus_comment(i)
        # What stands between the name and the end is ignored.
        close = rawdata.find(">", name.end())
        self.handle_endtag(name.group().lower())
        return close + 1

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
