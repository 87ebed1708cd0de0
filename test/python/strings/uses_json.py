import json
def t(f):
    try: print(repr(f()))
    except RecursionError: print("RecursionError")
    except Exception as e: print(type(e).__name__, e)
for s in ['', '{', '[1,', '[1 2]', '{"a" 1}', '{"a":1,}', '{a:1}', '"abc', '"a\nb"', '"\\x"', '"\\u12"', 'nul', '1 2', '[1,]', '-', '01', '1.', '{"a":}', '{"a":1 "b"}', '\ufeff1', '[', '{"a"', '{"a":', '"\\', '"\\ud83d\\ude00"', '"\\ud83d"', '1e400', '-Infinity', 'NaN', '1E5', '-0', '-0.0','12345678901234567890', ' [1] ', '{"a":[1,{"b":null}],"c":true}', '[1]x', "{'a':1}",'tru','+1','.5','[,]','{,}','"\t"', '1.5e', '1e+5','"\\ud83d\\u0041"','{"a":1,"a":2}', '[1,\n2,\n,]', '{"a": 1, b}' ]:
    t(lambda: json.loads(s))

class E(json.JSONEncoder):
    def default(self, o):
        return sorted(o) if isinstance(o, set) else super().default(o)
print(json.dumps({"a": [1, 2.5, None, True], "é": "\x7f😀\"\\"}), json.dumps([1, {"b": 2}], indent=2))
print(json.dumps({"b": 1, "a": {3, 1}}, cls=E, sort_keys=True), json.dumps("é😀", ensure_ascii=False))
print(json.dumps({1: 2, None: 3, True: 4, 2.5: 5}), json.dumps([], indent=1), json.dumps((1, 2), separators=(",", ":")))
t(lambda: json.dumps({(1,): 2})); t(lambda: json.dumps(object)); t(lambda: json.dumps(float("nan"), allow_nan=False))
loop = []; loop.append(loop)
t(lambda: json.dumps(loop))
t(lambda: json.loads("[" * 100000))
print(json.loads('{"a": 1.5, "b": [1]}', parse_float=str, object_pairs_hook=list), json.JSONDecoder().raw_decode("[1] x"))
