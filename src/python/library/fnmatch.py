"""Shell patterns, matched in time that grows with pattern times name and no faster."""

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


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
