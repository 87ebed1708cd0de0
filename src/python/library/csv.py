"""Tables as text: values between commas, or between what a dialect says."""
import re

__all__ = ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "Error", "Dialect", "excel",
           "excel_tab", "field_size_limit", "reader", "writer", "register_dialect", "get_dialect",
           "list_dialects", "Sniffer", "unregister_dialect", "DictReader", "DictWriter", "unix_dialect"]
__version__ = "1.0"

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


Error.__module__ = "_csv"
_dialects = {}
_limit = 131072


_absent = object()


def field_size_limit(new_limit=_absent):
    """The most characters of one field; sets another limit where one is given."""
    global _limit
    old = _limit
    if new_limit is not _absent:
        if not isinstance(new_limit, int):
            raise TypeError("limit must be an integer")
        _limit = new_limit
    return old


def _character(name, value, optional):
    if value is None and optional:
        return None
    if not isinstance(value, str):
        kind = type(value).__name__
        raise TypeError(f'"{name}" must be string or None, not {kind}' if optional
                        else f'"{name}" must be string, not {kind}')
    if optional and value == "":
        raise TypeError(f'"{name}" must be a 1-character string')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a 1-character string')
    return value


class _Settings:
    """What a dialect and the arguments beside it say, checked."""

    def __init__(self, dialect, given):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)

        def of(name, otherwise):
            if name in given:
                return given.pop(name)
            return otherwise if dialect is None else getattr(dialect, name, otherwise)

        self.delimiter = _character("delimiter", of("delimiter", ","), False)
        quoting = of("quoting", _absent)
        quotechar = of("quotechar", '"')
        self.doublequote = bool(of("doublequote", True))
        self.escapechar = _character("escapechar", of("escapechar", None), True)
        self.lineterminator = of("lineterminator", "\r\n")
        self.skipinitialspace = bool(of("skipinitialspace", False))
        self.strict = bool(of("strict", False))
        if given:
            raise TypeError(f"'{next(iter(given))}' is an invalid keyword argument for this function")
        if quoting is _absent:
            quoting = QUOTE_NONE if quotechar is None else QUOTE_MINIMAL
        if not isinstance(quoting, int):
            raise TypeError('"quoting" must be an integer')
        if quoting not in (0, 1, 2, 3):
            raise TypeError('bad "quoting" value')
        self.quoting = quoting
        self.quotechar = _character("quotechar", quotechar, True)
        if quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        if not isinstance(self.lineterminator, str):
            if self.lineterminator is None:
                raise TypeError("lineterminator must be set")
            raise TypeError('"lineterminator" must be a string')
        self._checked = True

    _checked = False

    def __setattr__(self, name, value):
        if self._checked:
            raise AttributeError(f"attribute '{name}' of '_csv.Dialect' objects is not writable")
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        raise AttributeError(f"attribute '{name}' of '_csv.Dialect' objects is not writable")

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle '_csv.Dialect' instances")


class Dialect:
    """Settings under one name, to be derived from."""

    _name = ""
    _valid = False
    delimiter = None
    quotechar = None
    escapechar = None
    doublequote = None
    skipinitialspace = None
    lineterminator = None
    quoting = None

    def __init__(self):
        if self.__class__ != Dialect:
            self._valid = True
        try:
            _Settings(self, {})
        except TypeError as error:
            raise Error(str(error)) from None


class excel(Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


def register_dialect(name, dialect=None, **fmtparams):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _settings(dialect, fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def _settings(dialect, given):
    if isinstance(dialect, type):
        dialect = dialect()
    return _Settings(dialect, given)


class _Reader:
    """The rows of lines."""

    def __init__(self, iterable, dialect, given):
        self._lines = iter(iterable)
        self.dialect = _settings(dialect, given)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        dialect = self.dialect
        delimiter = dialect.delimiter
        quote = dialect.quotechar if dialect.quoting != QUOTE_NONE else None
        escape = dialect.escapechar
        row = []
        field = []
        # Where in a record it stands: "start", "field start", "field", "quoted", "after quote",
        # "escape", "escape quoted", "end".
        state = "start"
        unquoted = False
        size = 0
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if field or state in ("quoted", "escape quoted"):
                    if dialect.strict:
                        raise Error("unexpected end of data") from None
                    self._save(row, field, unquoted)
                    return row
                raise
            if not isinstance(line, str):
                raise Error("iterator should return strings, not "
                            f"{type(line).__name__} (the file should be opened in text mode)")
            self.line_num += 1
            if (state == "start" and escape is None and (quote is None or quote not in line)
                    and not dialect.skipinitialspace and dialect.quoting != QUOTE_NONNUMERIC):
                body = line.rstrip("\r\n")
                if "\r" not in body and "\n" not in body:
                    if not body:
                        return []
                    row = body.split(delimiter)
                    if len(body) > _limit and any(len(one) > _limit for one in row):
                        raise Error(f"field larger than field limit ({_limit})")
                    return row
            for char in line:
                if state == "start":
                    if char == "\n" or char == "\r":
                        state = "end"
                        continue
                    state = "field start"
                if state == "field start":
                    size = 0
                    if char == "\n" or char == "\r":
                        self._save(row, field, unquoted)
                        field = []
                        unquoted = False
                        state = "end"
                    elif char == quote:
                        state = "quoted"
                    elif char == escape:
                        state = "escape"
                    elif char == " " and dialect.skipinitialspace:
                        pass
                    elif char == delimiter:
                        self._save(row, field, unquoted)
                        field = []
                        unquoted = False
                    else:
                        unquoted = dialect.quoting == QUOTE_NONNUMERIC
                        field.append(char)
                        state = "field"
                elif state == "field" or state == "after escaped":
                    if char == "\n" or char == "\r":
                        self._save(row, field, unquoted)
                        field = []
                        unquoted = False
                        state = "end"
                    elif char == escape:
                        state = "escape"
                    elif char == delimiter:
                        self._save(row, field, unquoted)
                        field = []
                        unquoted = False
                        state = "field start"
                    else:
                        field.append(char)
                elif state == "quoted":
                    if char == escape:
                        state = "escape quoted"
                    elif char == quote:
                        state = "after quote" if dialect.doublequote else "field"
                    else:
                        field.append(char)
                elif state == "after quote":
                    if char == quote:
                        field.append(char)
                        state = "quoted"
                    elif char == delimiter:
                        self._save(row, field, unquoted)
                        field = []
                        unquoted = False
                        state = "field start"
                    elif char == "\n" or char == "\r":
                        self._save(row, field, unquoted)
                        field = []
                        unquoted = False
                        state = "end"
                    elif dialect.strict:
                        raise Error(f"'{delimiter}' expected after '{quote}'")
                    else:
                        field.append(char)
                        state = "field"
                elif state == "escape":
                    field.append(char)
                    state = "after escaped" if char in "\r\n" else "field"
                elif state == "escape quoted":
                    field.append(char)
                    state = "quoted"
                elif char not in "\r\n":
                    raise Error("new-line character seen in unquoted field - do you need to open the "
                                "file with newline=''?")
                size += 1
                if size > _limit and len(field) > _limit:
                    raise Error(f"field larger than field limit ({_limit})")
            if state == "quoted" or state == "after escaped":
                continue
            if state == "escape":
                field.append("\n")
                state = "field"
                continue
            if state == "escape quoted":
                field.append("\n")
                state = "quoted"
                continue
            if state == "start":
                continue
            if state != "end":
                self._save(row, field, unquoted)
            return row

    def _save(self, row, field, unquoted):
        text = "".join(field)
        row.append(float(text) if unquoted else text)


def reader(iterable, /, dialect=None, **fmtparams):
    return _Reader(iterable, dialect, fmtparams)


class _Writer:
    """Writes rows to whatever has a write method."""

    def __init__(self, file, dialect, given):
        if not callable(getattr(file, "write", None)):
            raise TypeError('argument 1 must have a "write" method')
        self._write = file.write
        self.dialect = _settings(dialect, given)

    def writerow(self, row):
        return self._write(self._line(row))

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _line(self, row):
        try:
            values = list(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        dialect = self.dialect
        texts = [self._field(value, len(values) == 1) for value in values]
        return dialect.delimiter.join(texts) + dialect.lineterminator

    def _field(self, value, only):
        dialect = self.dialect
        quoting = dialect.quoting
        quote = dialect.quotechar
        escape = dialect.escapechar
        if isinstance(value, str):
            text = value
            quoted = quoting == QUOTE_ALL or quoting == QUOTE_NONNUMERIC
        elif value is None:
            text = ""
            quoted = quoting == QUOTE_ALL or quoting == QUOTE_NONNUMERIC
        else:
            text = str(value)
            is_number = isinstance(value, (int, float)) or hasattr(value, "__float__")
            quoted = quoting == QUOTE_ALL or quoting == QUOTE_NONNUMERIC and not is_number
        special = {dialect.delimiter, "\n", "\r"}
        special.update(dialect.lineterminator)
        if escape is not None:
            special.add(escape)
        if quote is not None:
            special.add(quote)
        if special.isdisjoint(text):
            if not text and only:
                if quoting == QUOTE_NONE:
                    raise Error("single empty field record must be quoted")
                quoted = True
            return f"{quote}{text}{quote}" if quoted else text
        out = []
        for char in text:
            if char in special:
                wants_escape = False
                if quoting == QUOTE_NONE:
                    wants_escape = True
                elif char == quote:
                    if dialect.doublequote:
                        out.append(quote)
                        quoted = True
                    else:
                        wants_escape = True
                elif char == escape:
                    wants_escape = True
                else:
                    quoted = True
                if wants_escape:
                    if escape is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(escape)
            out.append(char)
        body = "".join(out)
        return f"{quote}{body}{quote}" if quoted else body


def writer(fileobj, /, dialect=None, **fmtparams):
    return _Writer(fileobj, dialect, fmtparams)


class DictReader:
    """Rows as dicts, by the names in the first row or those that were given."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames = fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        result = dict(zip(names, row))
        if len(names) < len(row):
            result[self.restkey] = row[len(names):]
        else:
            for name in names[len(row):]:
                result[name] = self.restval
        return result


class DictWriter:
    """Writes dicts as rows, in the order of the names."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames = fieldnames
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _values(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(map(repr, wrong)))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._values(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._values, rowdicts))


class Sniffer:
    """Guesses the dialect of a sample."""

    def __init__(self):
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        """A dialect by how values are quoted, else by the character that stands as often in each line."""
        quote, doubled, found, spaced = self._guess_quote_and_delimiter(sample, delimiters)
        if not found:
            found, spaced = self._guess_delimiter(sample, delimiters)
        if not found:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL
            doublequote = doubled
            delimiter = found
            quotechar = quote or '"'
            skipinitialspace = spaced

        return dialect

    def _guess_quote_and_delimiter(self, data, delimiters):
        """The quote and the delimiter of quoted values between two delimiters, else first or last of a line, else alone."""
        delim, quoted = r"(?P<delim>[^\w\n\"'])(?P<space> ?)", r"(?P<quote>[\"']).*?(?P=quote)"
        for pattern in (
            delim + quoted + "(?P=delim)",
            r"(?:^|\n)" + quoted + delim,
            delim + quoted + r"(?:$|\n)",
            r"(?:^|\n)" + quoted + r"(?:$|\n)",
        ):
            matches = list(re.finditer(pattern, data, re.DOTALL | re.MULTILINE))
            if matches:
                break
        else:
            return "", False, None, 0
        quotes, found, spaces = {}, {}, 0
        for match in matches:
            parts = match.groupdict()
            quotes[parts["quote"]] = quotes.get(parts["quote"], 0) + 1
            if "delim" not in parts:
                continue
            if delimiters is None or parts["delim"] in delimiters:
                found[parts["delim"]] = found.get(parts["delim"], 0) + 1
            spaces += bool(parts["space"])
        quote = max(quotes, key=quotes.get)
        delim, spaced = "", 0
        if found:
            delim = max(found, key=found.get)
            spaced = found[delim] == spaces
            delim = "" if delim == "\n" else delim
        between = re.escape(delim)
        doubled = re.search(
            rf"(({between})|^)\W*{quote}[^{between}\n]*{quote}[^{between}\n]*{quote}\W*(({between})|$)",
            data,
            re.MULTILINE,
        )
        return quote, bool(doubled), delim, spaced

    def _guess_delimiter(self, data, delimiters):
        """The character that stands in most lines as often as in the others; ten lines more at a time, until one is left."""
        lines = [line for line in data.split("\n") if line]
        counts = {chr(code): {} for code in range(127)}
        modes, found = {}, {}
        for start in range(0, len(lines), 10):
            for line in lines[start:start + 10]:
                for char, often in counts.items():
                    number = line.count(char)
                    often[number] = often.get(number, 0) + 1
            for char, often in counts.items():
                if list(often) != [0]:
                    mode = max(often.items(), key=lambda item: item[1])
                    modes[char] = mode[0], 2 * mode[1] - sum(often.values())
            total = min(start + 10, len(lines))
            consistency = 1.0
            while not found and consistency >= 0.9:
                for char, (number, votes) in modes.items():
                    if number > 0 and votes > 0 and votes / total >= consistency:
                        if delimiters is None or char in delimiters:
                            found[char] = number, votes
                consistency -= 0.01
            if len(found) == 1:
                break
        if not found:
            return "", 0
        best = next((char for char in self.preferred if char in found), None) if len(found) > 1 else None
        if best is None:
            best = max(found, key=lambda char: (found[char], char))
        return best, lines[0].count(best) == lines[0].count(best + " ")

    def has_header(self, sample):
        """Whether the first row looks different from those below it."""
        rows = reader(sample.splitlines(keepends=True), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))
        for count, row in enumerate(rows):
            if count > 20:
                break
            if len(row) != len(header):
                continue
            for column in list(kinds):
                try:
                    complex(row[column])
                    kind = complex
                except (ValueError, OverflowError):
                    kind = len(row[column])
                if kind != kinds[column]:
                    if kinds[column] is None:
                        kinds[column] = kind
                    else:
                        del kinds[column]
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                votes += 1 if len(header[column]) != kind else -1
            else:
                try:
                    kind(header[column])
                    votes -= 1
                except (ValueError, TypeError):
                    votes += 1
        return votes > 0


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)
