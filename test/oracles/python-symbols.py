"""Reads jobs, a line of JSON each: a file or a source. Writes CPython's symbol table of it, or
the syntax error that its compiler finds, a line each. Tables of files are digests."""
import hashlib
import json
import sys
import warnings
import _symtable

warnings.simplefilter("ignore"); sys.setrecursionlimit(20000)
PLACES = {1: "local", 2: "global!", 3: "global", 4: "free", 5: "cell"}
KINDS = {_symtable.TYPE_FUNCTION: "function", _symtable.TYPE_CLASS: "class", _symtable.TYPE_MODULE: "module"}
def dump(entry, out):
    kind = KINDS[entry.type]
    names = []
    for name, flags in entry.symbols.items():
        if name.startswith("."): continue
        place = PLACES[(flags >> _symtable.SCOPE_OFF) & 15]
        if kind != "function" and place in ("local", "global"): place = "name"
        names.append(name + ":" + place)
    out.append("(" + kind + "@" + str(0 if kind == "module" else entry.lineno) + " " + " ".join(sorted(names)))
    for child in entry.children: dump(child, out)
    out.append(")")
for line in sys.stdin:
    job = json.loads(line)
    source = job["src"] if "src" in job else open(job["file"], "rb").read()
    try:
        compile(source, "f", "exec", dont_inherit=True)
        out = []; dump(_symtable.symtable(source, "f", "exec"), out); answer = {"table": "".join(out)}
        if "file" in job: answer["table"] = hashlib.sha1(answer["table"].encode()).hexdigest()
    except SyntaxError as e: answer = {"error": [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]}
    except (RecursionError, MemoryError, ValueError) as e: answer = {"skip": str(e)}
    print(json.dumps(answer))
