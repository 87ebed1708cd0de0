"""Reads jobs, a line of JSON each, and writes what CPython's re says, a line each.

A job is [pattern, flags, bytes, subject, pos, endpos or null, template or null]; text is
UTF-16 as JSON has it, bytes are Latin-1. An answer is {"error": [type, message, pos,
lineno, colno]} or {"flags", "groups", "names", "match", "search", "fullmatch",
"findall", "split", "sub"}: places, a match's with its last group at the end."""
import json
import re
import signal
import sys
import warnings

warnings.simplefilter("ignore")


class Slow(Exception):
    pass


def alarm(*_):
    raise Slow


def error_of(error):
    if isinstance(error, re.error):
        return ["error", str(error), error.pos, error.lineno, error.colno]
    return [type(error).__name__, str(error), None, None, None]


def spans(match):
    if match is None:
        return None
    out = []
    for group in range(match.re.groups + 1):
        out.extend(match.span(group))
    return out + [match.lastindex or 0]


def substituted(pattern, template, subject):
    try:
        return list(pattern.subn(template, subject))
    except (re.error, IndexError) as error:
        return {"error": error_of(error)}


def answer(source, flags, is_bytes, subject, pos, endpos, template):
    if is_bytes:
        source, subject = source.encode("latin1"), subject.encode("latin1")
        template = None if template is None else template.encode("latin1")
    try:
        pattern = re.compile(source, flags)
    except (re.error, ValueError, OverflowError) as error:
        return {"error": error_of(error)}
    except RecursionError:
        return {"skip": "depth"}
    end = len(subject) if endpos is None else endpos
    found = list(pattern.finditer(subject, pos, end))
    out = {
        "flags": pattern.flags,
        "groups": pattern.groups,
        "names": list(pattern.groupindex.items()),
        "match": spans(pattern.match(subject, pos, end)),
        "search": spans(pattern.search(subject, pos, end)),
        "fullmatch": spans(pattern.fullmatch(subject, pos, end)),
        "findall": [spans(match) for match in found],
        "split": pattern.split(subject, 3),
    }
    if template is not None:
        out["sub"] = substituted(pattern, template, subject)
    return out


# What goes round in C without looking for signals ends the process; who asks goes on after it.
signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
signal.signal(signal.SIGALRM, alarm)
for line in sys.stdin:
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1)
    try:
        said = answer(*json.loads(line))
    except Slow:
        said = {"skip": "slow"}
    except SystemError as error:
        said = {"skip": str(error)}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    print(json.dumps(said, default=lambda value: value.decode("latin1")), flush=True)
