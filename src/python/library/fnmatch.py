<<<<<<< HEAD
"""Shell patterns, matched in time that grows with pattern times name and no faster."""
=======
"""Names against shell patterns: * ? [set] [!set]."""
import re
>>>>>>> cli

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


<<<<<<< HEAD
def _tokens(pattern):
    """`None` for a star, "?" for any character, a pair (negated, ranges) for a set, else a character."""
    tokens = []
    at = 0
    while at < len(pattern):
        one = pattern[at]
        at += 1
        if one == "*":
            if not tokens or tokens[-1] is not None:
                tokens.append(None)
        elif one == "?":
            tokens.append(True)
        elif one == "[":
            end = at
            if pattern[end : end + 1] == "!":
                end += 1
            if pattern[end : end + 1] == "]":
                end += 1
            end = pattern.find("]", end)
            if end < 0:
                tokens.append("[")
                continue
            tokens.append(_set(pattern[at:end]))
            at = end + 1
        else:
            tokens.append(one)
    return tokens


def _set(text):
    negated = text.startswith("!")
    if negated:
        text = text[1:]
    ranges = []
    at = 0
    while at < len(text):
        if text[at + 1 : at + 2] == "-" and at + 2 < len(text):
            ranges.append((text[at], text[at + 2]))
            at += 3
        else:
            ranges.append((text[at], text[at]))
            at += 1
    return negated, ranges


def _fits(token, one):
    if token is True:
        return True
    if isinstance(token, tuple):
        negated, ranges = token
        return any(low <= one <= high for low, high in ranges) != negated
    return token == one


def _match(tokens, name):
    at = place = 0
    star = None
    resume = 0
    while place < len(name):
        if at < len(tokens) and tokens[at] is None:
            star, resume = at, place
            at += 1
        elif at < len(tokens) and _fits(tokens[at], name[place]):
            at += 1
            place += 1
        elif star is not None:
            resume += 1
            at, place = star + 1, resume
        else:
            return False
    return all(token is None for token in tokens[at:])


def fnmatchcase(name, pat):
    if isinstance(name, bytes):
        name, pat = name.decode("latin-1"), pat.decode("latin-1")
    return _match(_tokens(pat), name)


fnmatch = fnmatchcase


def filter(names, pat):
    if isinstance(pat, bytes):
        return [name for name in names if fnmatchcase(name, pat)]
    tokens = _tokens(pat)
    return [name for name in names if _match(tokens, name)]


def _escape(one):
    return one if one.isalnum() or one in "_/" or ord(one) > 127 else "\\" + one


def translate(pat):
    parts = []
    for token in _tokens(pat):
        if token is None:
            parts.append(".*")
        elif token is True:
            parts.append(".")
        elif isinstance(token, tuple):
            negated, ranges = token
            inside = "".join(
                _escape(low) if low == high else f"{_escape(low)}-{_escape(high)}"
                for low, high in ranges
            )
            parts.append(f"[{'^' if negated else ''}{inside}]")
        else:
            parts.append(_escape(token))
    return f"(?s:{''.join(parts)})\\Z"
=======
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
>>>>>>> cli
