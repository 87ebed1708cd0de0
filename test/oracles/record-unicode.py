"""Writes src/python/text/tables.ts and names.zst: what CPython 3.11 knows of Unicode 14.

    /usr/bin/python3 test/oracles/record-unicode.py

Everything is asked of CPython's own str and unicodedata. Only the spelling of aliases and named
sequences comes from perl 5.36's unicore/Name.pl (Unicode 14 too); unicodedata confirms each.
Zstd is Bun's, since CPython has none.
"""
import base64
import json
import os
import re
import subprocess
import sys
import unicodedata as u

assert u.unidata_version == "14.0.0" and sys.version_info[:2] == (3, 11)
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
OUT = os.path.join(ROOT, "src/python/text")
ALL = range(0x110000)
SIGMA = "\u03a3"


def flags(c):
    ignorable = ("A" + c + SIGMA).lower()[-1] == "\u03c2" and (c + SIGMA).lower()[-1] != "\u03c2"
    return (
        c.islower() | c.isupper() << 1 | c.isspace() << 2 | c.isidentifier() << 3
        | ("a" + c).isidentifier() << 4 | ignorable << 5
    )


def runs():
    """[distance, record] pairs; a record is a category with flags and a combining class."""
    records, out, last, start = {}, [], None, 0
    for i in ALL:
        c = chr(i)
        record = records.setdefault((u.category(c), flags(c), u.combining(c)), len(records))
        if record != last:
            out += [i - start, record]
            last, start = record, i
    return [list(one) for one in records], out


def mapped(change):
    """Simple changes as [distance, count, step, difference] runs; longer ones as pairs."""
    simple, long = [], []
    for i in ALL:
        to = change(chr(i))
        if to == chr(i):
            continue
        if len(to) > 1:
            long += [i, to]
            continue
        d = ord(to) - i
        if simple:
            last = simple[-1]
            step = i - (last[0] + (last[1] - 1) * last[2])
            if last[3] == d and step in (1, 2) and (last[1] == 1 or step == last[2]):
                last[1] += 1
                last[2] = step
                continue
        simple.append([i, 1, 1, d])
    previous = 0
    for run in simple:
        run[0], previous = run[0] - previous, run[0]
    return [sum(simple, []), long]


def numerics():
    decimals, digits, numbers = [], [], []
    for i in ALL:
        c = chr(i)
        if u.decimal(c, None) == 0:
            assert [u.decimal(chr(i + k), None) for k in range(10)] == list(range(10))
            decimals.append(i)
        if u.decimal(c, None) is not None:
            continue
        if u.digit(c, None) is not None:
            digits += [i, u.digit(c)]
        elif u.numeric(c, None) is not None:
            numbers += [i, u.numeric(c)]
    return [decimals, digits, numbers]


def algorithmic(i, name):
    return name == "CJK UNIFIED IDEOGRAPH-%X" % i or name.startswith("HANGUL SYLLABLE ")


def names():
    """Lines of names in order; a line `+n` skips n code points. Words seen before are their number."""
    lines, skip, cjk = [], 0, []
    for i in ALL:
        name = u.name(chr(i), "")
        if name == "CJK UNIFIED IDEOGRAPH-%X" % i:
            if cjk and cjk[-1] == i - 1:
                cjk[-1] = i
            else:
                cjk += [i, i]
        if name == "" or algorithmic(i, name):
            skip += 1
            continue
        if skip:
            lines.append("+%d" % skip)
            skip = 0
        lines.append(name)
    return lines, cjk


def aliases():
    text = open("/usr/share/perl/5.36/unicore/Name.pl").read()
    known, out = set(), []
    for codes, name in re.findall(r"^((?:[0-9A-F]{4,6} ?)+)\n(.+)$", text, re.M):
        to = "".join(chr(int(one, 16)) for one in codes.split())
        if u.name(to, "") == name if len(to) == 1 else False:
            continue
        try:
            found = u.lookup(name)
        except KeyError:
            continue
        if found == to and name not in known and not algorithmic(ord(to[0]), name):
            known.add(name)
            out += [name, to]
    return out


def pack(text):
    script = (
        "const text=await Bun.stdin.bytes();"
        "process.stdout.write(Bun.zstdCompressSync(text,{level:22}))"
    )
    bun = os.path.join(ROOT, "node_modules/.bin/bun")
    return subprocess.run([bun, "-e", script], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout


def write(name, symbol, says, value):
    with open(os.path.join(OUT, name), "w") as out:
        out.write("/** %s Made by test/oracles/record-unicode.py. */\n" % says)
        out.write("export const %s: string =\n  \"%s\";\n" % (symbol, base64.b64encode(pack(value)).decode()))


def main():
    records, ranges = runs()
    lines, cjk = names()
    table = {
        "records": records, "runs": ranges, "numbers": numerics(), "cjk": cjk,
        "upper": mapped(str.upper), "lower": mapped(str.lower), "title": mapped(str.title),
        "fold": mapped(str.casefold),
    }
    compact = dict(ensure_ascii=True, separators=(",", ":"))
    write("tables.ts", "TABLES", "Properties of Unicode 14's characters, JSON as base64 of zstd.", json.dumps(table, **compact))
    with open(os.path.join(OUT, "names.zst"), "wb") as out:
        out.write(pack("\n".join(lines) + "\n\n" + json.dumps(aliases(), **compact)))


main()
