import traceback, sys, io
def f():
    raise ValueError('naïve 😀', '😀')
try: f()
except Exception as e:
    print(traceback.format_exception_only(type(e), e))
    print(str(e), repr(e), f"{e}", "%s" % e)
    e.add_note('😀')
    print(traceback.format_exception(e)[-2:])
    x = traceback.format_exc()
    print(x[-3:], x.encode()[-5:], [c for c in x][-3:])
    "😀".x if 0 else None
try: "😀".x
except AttributeError as e: print(repr(e), e)
try: {}["😀"]
except KeyError as e: print(repr(e), e, str(e), len(str(e)))
try: int("😀")
except ValueError as e: print(repr(e), len(str(e)), str(e)[-2])
try: float("😀")
except ValueError as e: print(repr(e), len(str(e)), str(e)[-2])
try: [].index("😀")
except ValueError as e: print(repr(e), len(str(e)))
try: getattr(1, "😀")
except AttributeError as e: print(repr(e), len(str(e)), e.name)
try: eval("'😀")
except SyntaxError as e: print(repr(e), len(str(e)), e.text, len(e.text))
try: raise ImportError("😀")
except ImportError as e: print(len(str(e)), e.msg)
try: __import__("😀")
except ImportError as e: print(len(str(e)), e.msg, e.name)
try: (lambda **k: 0)(**{"😀":1}); (lambda: 0)(**{"😀":1})
except TypeError as e: print(repr(e), len(str(e)))
class A: pass
try: A().__setattr__("😀", 1); a=A(); setattr(a,"😀",1); print(vars(a), dir(a)[-1:], len(list(vars(a))[0]))
except Exception as e: print(e)
print(type("😀",(),{}).__name__, len(type("😀",(),{}).__name__), type("😀",(),{}))
print("{😀}".format(**{"😀":"x"}), "%(😀)s" % {"😀":1}, f"{'😀':>5}|", "{:😀>5}".format(1))
import re
print(re.sub("(?P<x>.)", r"\g<x>!", "😀a"), re.split("😀","a😀b"), re.findall("[😀é]", "x😀é"), re.escape("😀"))
import json
print(json.dumps({"😀":"😀"}), json.dumps("😀", ensure_ascii=False), json.loads('"\\ud83d\\ude00"'), len(json.loads('"😀"')))
print("😀".join(["a","b"]), "a😀b".split("😀"), "😀" in "x😀", "a😀b".find("b"), "😀😀".replace("😀","x"), "x😀".partition("😀"), "😀".encode("utf-16"), "😀".center(5,"😀"))
print(sorted("b😀a\uffff"), max("😀\uffff"), "😀" < "\uffff", ord("😀"))
print("a😀b"[1], "a😀b"[::-1], "a😀b"[1:], len("a😀b"), "A😀b".swapcase(), "😀 x".title(), "😀\n".splitlines(), "😀".isprintable(), ascii("😀"), "😀".zfill(3), "a\t😀\tb".expandtabs(4))
print("😀".translate({0x1f600: "y"}), str.maketrans("😀","x"), "%c" % 0x1f600, "{:c}".format(0x1f600), chr(0x1f600), "😀".casefold(), "😀".startswith("😀"), "x😀".endswith("😀"), "x😀".rstrip("😀"), "x😀".removesuffix("😀"), "😀x".index("x"), "😀😀".count("😀"), hash("😀")==hash("\U0001f600"), {"😀":1}["\U0001f600"])
import io
s=io.StringIO("😀\nb"); print(s.read(1), s.read(), s.getvalue()); b=io.BytesIO("😀".encode()); print(io.TextIOWrapper(b).read())
import pprint, collections, dataclasses, enum
pprint.pprint({"😀":"😀"*3}); print(collections.Counter("😀a😀"), collections.namedtuple("P","a")("😀"))
