"""Names against shell patterns: * ? [set] [!set]."""
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    return fnmatchcase(name, pat)


def fnmatchcase(name, pat):
    """Whether a whole name fits a pattern."""
    return _compiled(pat).match(name) is not None


def filter(names, pat):
    """Those of the names that fit."""
    match = _compiled(pat).match
    return [name for name in names if match(name)]


def _compiled(pat):
    if isinstance(pat, bytes):
        return re.compile(translate(pat.decode("latin-1")).encode("latin-1"))
    return re.compile(translate(pat))


def _character_set(body):
    """The inside of [ ] as a regular expression has it."""
    negated = body[0] == "!"
    if negated:
        body = body[1:]
    if "-" in body:
        # Ranges that are the wrong way round match nothing.
        pieces = []
        at = 0
        start = 1
        while True:
            dash = body.find("-", start)
            if dash < 0:
                break
            pieces.append(body[at:dash])
            at = dash + 1
            start = dash + 3
        rest = body[at:]
        if rest:
            pieces.append(rest)
        else:
            pieces[-1] += "-"
        for i in range(len(pieces) - 1, 0, -1):
            if pieces[i - 1][-1] > pieces[i][0]:
                pieces[i - 1] = pieces[i - 1][:-1] + pieces[i][1:]
                del pieces[i]
        body = "-".join(piece.replace("\\", r"\\").replace("-", r"\-") for piece in pieces)
    else:
        body = body.replace("\\", r"\\")
    if not body:
        return "." if negated else "(?!)"
    body = re.sub(r"([&~|])", r"\\\1", body)
    if negated:
        return f"[^{body}]"
    if body[0] in ("^", "["):
        body = "\\" + body
    return f"[{body}]"


def translate(pat):
    """The regular expression of a pattern."""
    parts = []
    at = 0
    size = len(pat)
    while at < size:
        char = pat[at]
        at += 1
        if char == "*":
            if not parts or parts[-1] is not None:
                parts.append(None)
        elif char == "?":
            parts.append(".")
        elif char == "[":
            end = at
            if end < size and pat[end] == "!":
                end += 1
            if end < size and pat[end] == "]":
                end += 1
            while end < size and pat[end] != "]":
                end += 1
            if end >= size:
                parts.append("\\[")
            else:
                parts.append(_character_set(pat[at:end]))
                at = end + 1
        else:
            parts.append(re.escape(char))
    # Each star but the last one takes the shortest that works, once and for all.
    result = []
    i = 0
    count = len(parts)
    while i < count and parts[i] is not None:
        result.append(parts[i])
        i += 1
    while i < count:
        i += 1
        if i == count:
            result.append(".*")
            break
        fixed = []
        while i < count and parts[i] is not None:
            fixed.append(parts[i])
            i += 1
        if i == count:
            result.append(".*")
            result.extend(fixed)
        else:
            result.append(f"(?>.*?{''.join(fixed)})")
    return f"(?s:{''.join(result)})\\Z"
