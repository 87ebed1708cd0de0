"""Reads jobs, a line of JSON each: a file or a source. Writes CPython's tree of it, or its
syntax error, a line each. Trees of files are digests; names are those in \\N{...}."""
import ast
import hashlib
import json
import re
import struct
import sys
import unicodedata
import warnings

warnings.simplefilter("ignore"); sys.setrecursionlimit(20000); sys.set_int_max_str_digits(0)
def const(v):
    if v is None or v is True or v is False: return str(v)
    if v is Ellipsis: return "..."
    if isinstance(v,int): return "i%x"%v
    if isinstance(v,float): return "f"+struct.pack(">d",v).hex()
    if isinstance(v,complex): return "j"+struct.pack(">d",v.imag).hex()
    if isinstance(v,bytes): return "b"+v.hex()
    return text(v)
def text(v): return '"'+"".join(c if 32<=ord(c)<127 and c!='"' else "\\%x;"%ord(c) for c in v)+'"'
def dump(n,out):
    if isinstance(n,list):
        out.append("["); 
        for x in n: dump(x,out); out.append(" ")
        out.append("]")
    elif isinstance(n,ast.AST):
        t=type(n)
        if issubclass(t,(ast.expr_context,ast.operator,ast.unaryop,ast.boolop,ast.cmpop)): out.append(t.__name__); return
        out.append("("+t.__name__)
        if hasattr(n,"lineno"): out.append("@%d:%d-%d:%d"%(n.lineno,n.col_offset,n.end_lineno,n.end_col_offset))
        for f in t._fields:
            if f in("type_ignores","type_comment"): continue
            v=getattr(n,f,None)
            out.append(" "+f+"=")
            if t is ast.Constant and f=="value": out.append(const(v))
            else: dump(v,out)
        out.append(")")
    elif n is None: out.append("None")
    elif isinstance(n,str): out.append(text(n))
    else: out.append(const(n))
def one(src):
    try:
        out=[]; tree=ast.parse(src); dump(tree,out); return {"tree":"".join(out)}
    except SyntaxError as e: return {"error":[type(e).__name__,e.msg,e.lineno,e.offset,e.end_lineno,e.end_offset]}
    except RecursionError: return {"skip":"recursion"}
    except MemoryError: return {"skip":"memory"}
    except ValueError as e: return {"skip":str(e)}
for line in sys.stdin:
    job=json.loads(line)
    src=job["src"] if "src" in job else open(job["file"],"rb").read()
    r=one(src)
    if "tree" in r:
        body=src.decode("latin1") if isinstance(src,bytes) else src
        names={}
        for m in set(re.findall(r"\\N\{([^}]+)\}",body)):
            try: names[m]=unicodedata.lookup(m)
            except KeyError: pass
        r["names"]=names
        if "file" in job: r["tree"]=hashlib.sha1(r["tree"].encode()).hexdigest()
    print(json.dumps(r),flush=False)
