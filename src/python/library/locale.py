"""The customs of a place: there is the C locale alone, as on a machine that has no other."""
import re
from functools import cmp_to_key as _cmp_to_key

__all__ = [
    "getlocale", "getdefaultlocale", "getpreferredencoding", "Error", "setlocale", "localeconv",
    "strcoll", "strxfrm", "str", "atof", "atoi", "format_string", "currency", "normalize",
    "LC_CTYPE", "LC_COLLATE", "LC_TIME", "LC_MONETARY", "LC_NUMERIC", "LC_ALL", "LC_MESSAGES",
    "CHAR_MAX", "getencoding", "delocalize", "localize", "resetlocale",
]

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127
_NAMES = ("LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES")
_OTHERS = "LC_PAPER=C;LC_NAME=C;LC_ADDRESS=C;LC_TELEPHONE=C;LC_MEASUREMENT=C;LC_IDENTIFICATION=C"
_UTF8 = "C.UTF-8"
_known = {"C": "C", "POSIX": "C", "": _UTF8, "C.UTF-8": _UTF8, "C.utf8": "C.utf8", "C.UTF8": "C.UTF8"}
_now = [_UTF8, "C", "C", "C", "C", "C"]
_override_localeconv = {}
_text, _format = str, format


class Error(Exception):
    pass


def setlocale(category, locale=None):
    """Sets a category, or says what it is; whatever is not C fails, as a locale that is not installed does."""
    if not 0 <= category <= LC_ALL:
        raise Error("invalid locale category")
    if locale is not None:
        if not isinstance(locale, _text):
            locale = normalize(_built(locale))
        wanted = _parts(locale, category)
        if wanted is None:
            raise Error("unsupported locale setting")
        for index, name in wanted.items():
            _now[index] = name
    if category != LC_ALL:
        return _now[category]
    if len(set(_now)) == 1:
        return _now[0]
    return ";".join(f"{name}={now}" for name, now in zip(_NAMES, _now)) + ";" + _OTHERS


def _parts(locale, category):
    """What each category becomes; None where a locale is not there."""
    if category == LC_ALL and ";" in locale:
        pairs = dict(pair.partition("=")[::2] for pair in locale.split(";"))
        found = {index: _known.get(pairs.get(name, "?")) for index, name in enumerate(_NAMES)}
        return None if None in found.values() else found
    name = _known.get(locale)
    if name is None:
        return None
    return {index: name for index in (range(LC_ALL) if category == LC_ALL else [category])}


def resetlocale(category=LC_ALL):
    setlocale(category, "")


def localeconv():
    found = {
        "int_curr_symbol": "", "currency_symbol": "", "mon_decimal_point": "",
        "mon_thousands_sep": "", "mon_grouping": [], "positive_sign": "", "negative_sign": "",
        "int_frac_digits": 127, "frac_digits": 127, "p_cs_precedes": 127, "p_sep_by_space": 127,
        "n_cs_precedes": 127, "n_sep_by_space": 127, "p_sign_posn": 127, "n_sign_posn": 127,
        "decimal_point": ".", "thousands_sep": "", "grouping": [],
    }
    found.update(_override_localeconv)
    return found


def strcoll(string1, string2):
    return (string1 > string2) - (string1 < string2)


def strxfrm(string):
    if "\0" in string:
        raise ValueError("embedded null character")
    return string


_ENCODINGS = {
    "utf8": "UTF-8", "iso88591": "ISO8859-1", "iso885915": "ISO8859-15", "latin1": "ISO8859-1",
    "ascii": "ISO8859-1", "cp1252": "CP1252", "eucjp": "eucJP", "ujis": "eucJP",
}
_HOME = "de_DE en_US fr_FR es_ES it_IT pt_PT nl_NL sv_SE pl_PL tr_TR ja_JP ko_KR zh_CN ru_RU da_DK fi_FI".split()
_LATIN = {"ja_JP": "eucJP", "ko_KR": "eucKR", "zh_CN": "gb2312", "ru_RU": "UTF-8", "pl_PL": "ISO8859-2", "tr_TR": "ISO8859-9"}


def normalize(localename):
    """A locale's name as it is written in full: 'en_US.ISO8859-1' for 'en_us'."""
    name, _, modifier = localename.partition("@")
    place, _, encoding = name.partition(".")
    full = _place(place.lower())
    if full is None:
        return localename
    if full == "C":
        return "C" if encoding == "" else _known.get(f"C.{encoding}", localename)
    if encoding == "":
        encoding = "ISO8859-15" if modifier == "euro" else _LATIN.get(full, "ISO8859-1")
        return f"{full}.{encoding}"
    bare = encoding.lower().replace("-", "").replace("_", "")
    return f"{full}.{_ENCODINGS.get(bare, encoding)}" + (f"@{modifier}" if modifier and modifier != "euro" else "")


def _place(name):
    if name in ("c", "posix"):
        return "C"
    for full in _HOME:
        if name in (full.lower(), full[:2]):
            return full
    match = re.fullmatch("([a-z]{2,3})_([a-z]{2})", name)
    return f"{match[1]}_{match[2].upper()}" if match else None


def _parse_localename(localename):
    code = normalize(localename)
    if "@" in code:
        code, modifier = code.split("@", 1)
        if modifier == "euro" and "." not in code:
            return code, "iso-8859-15"
    if "." in code:
        return tuple(code.split(".")[:2])
    if code == "C":
        return None, None
    if code == "UTF-8":
        return None, "UTF-8"
    raise ValueError(f"unknown locale: {localename}")


def _built(localetuple):
    try:
        language, encoding = localetuple
    except (TypeError, ValueError):
        raise TypeError(
            "Locale must be None, a string, or an iterable of two strings -- language code, encoding."
        ) from None
    language = "C" if language is None else language
    return language if encoding is None else f"{language}.{encoding}"


_build_localename = _built


def getlocale(category=LC_CTYPE):
    if category == LC_ALL:
        raise TypeError("category LC_ALL is not supported")
    return ("en_US", "UTF-8") if _now[category].startswith("C.") else (None, None)


def getdefaultlocale(envvars=("LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE")):
    import os
    import warnings

    warnings.warn(
        "Use setlocale(), getencoding() and getlocale() instead", DeprecationWarning, stacklevel=2
    )
    for name in envvars:
        found = os.environ.get(name)
        if found:
            return _parse_localename(found.split(":")[0] if name == "LANGUAGE" else found)
    return _parse_localename("C")


def getencoding():
    return "utf-8"


def getpreferredencoding(do_setlocale=True):
    return "utf-8"


def _grouping_intervals(grouping):
    last = None
    for interval in grouping:
        if interval == CHAR_MAX:
            return
        if interval == 0:
            if last is None:
                raise ValueError("invalid grouping")
            while True:
                yield last
        yield interval
        last = interval


def _group(text, monetary=False):
    conv = localeconv()
    separator = conv["mon_thousands_sep" if monetary else "thousands_sep"]
    grouping = conv["mon_grouping" if monetary else "grouping"]
    if not grouping:
        return text, 0
    stripped = text.rstrip(" ")
    tail = text[len(stripped):]
    groups = []
    left = ""
    rest = stripped
    for interval in _grouping_intervals(grouping):
        if not rest or rest[-1] not in "0123456789":
            left, rest = rest, ""
            break
        groups.append(rest[-interval:])
        rest = rest[:-interval]
    if rest:
        groups.append(rest)
    groups.reverse()
    return left + separator.join(groups) + tail, len(separator) * (len(groups) - 1)


def _strip_padding(text, amount):
    start = 0
    while amount and text[start] == " ":
        start += 1
        amount -= 1
    end = len(text) - 1
    while amount and text[end] == " ":
        end -= 1
        amount -= 1
    return text[start:end + 1]


_PERCENT = re.compile(r"%(?:\((?P<key>.*?)\))?(?P<modifiers>[-#0-9 +*.hlL]*?)[eEfFgGdiouxXcrs%]")


def _one(percent, value, grouping=False, monetary=False, *additional):
    formatted = percent % ((value, *additional) if additional else value)
    return _localized(formatted, percent[-1], grouping, monetary)


def _localized(formatted, letter, grouping=False, monetary=False):
    if letter in "eEfFgG":
        padding = 0
        parts = formatted.split(".")
        if grouping:
            parts[0], padding = _group(parts[0], monetary=monetary)
        point = localeconv()["mon_decimal_point" if monetary else "decimal_point"]
        formatted = point.join(parts)
        return _strip_padding(formatted, padding) if padding else formatted
    if letter in "diu":
        padding = 0
        if grouping:
            formatted, padding = _group(formatted, monetary=monetary)
        return _strip_padding(formatted, padding) if padding else formatted
    return formatted


def format_string(f, val, grouping=False, monetary=False):
    """Formats as `%` does, with the locale's point and groups."""
    percents = list(_PERCENT.finditer(f))
    plain = _PERCENT.sub("%s", f)
    if isinstance(val, dict) or hasattr(val, "keys"):
        made = []
        for percent in percents:
            made.append("%" if percent.group()[-1] == "%" else _one(percent.group(), val, grouping, monetary))
    else:
        if not isinstance(val, tuple):
            val = (val,)
        made = []
        index = 0
        for percent in percents:
            if percent.group()[-1] == "%":
                made.append("%")
                continue
            stars = percent.group("modifiers").count("*")
            made.append(_one(percent.group(), val[index], grouping, monetary, *val[index + 1:index + 1 + stars]))
            index += 1 + stars
    return plain % tuple(made)


def currency(val, symbol=True, grouping=False, international=False):
    conv = localeconv()
    digits = conv["int_frac_digits" if international else "frac_digits"]
    if digits == 127:
        raise ValueError("Currency formatting is not possible using the 'C' locale.")
    text = _localized(f"{abs(val):.{digits}f}", "f", grouping, monetary=True)
    text = "<" + text + ">"
    side = "n" if val < 0 else "p"
    if symbol:
        mark = conv["int_curr_symbol" if international else "currency_symbol"]
        before, spaced = conv[side + "_cs_precedes"], conv[side + "_sep_by_space"]
        if before:
            text = mark + (" " if spaced else "") + text
        else:
            if international and mark[-1] == " ":
                mark = mark[:-1]
            text = text + (" " if spaced else "") + mark
    where = conv[side + "_sign_posn"]
    sign = conv["negative_sign" if val < 0 else "positive_sign"]
    if where == 0:
        text = "(" + text + ")"
    elif where == 1:
        text = sign + text
    elif where == 2:
        text = text + sign
    elif where == 3:
        text = text.replace("<", sign)
    elif where == 4:
        text = text.replace(">", sign)
    else:
        text = sign + text
    return text.replace("<", "").replace(">", "")


def str(val):
    return _one("%.12g", val)


def delocalize(string):
    conv = localeconv()
    if conv["thousands_sep"]:
        string = string.replace(conv["thousands_sep"], "")
    if conv["decimal_point"]:
        string = string.replace(conv["decimal_point"], ".")
    return string


def localize(string, grouping=False, monetary=False):
    return _localized(string, "f", grouping, monetary)


def atof(string, func=float):
    return func(delocalize(string))


def atoi(string):
    return int(delocalize(string))
