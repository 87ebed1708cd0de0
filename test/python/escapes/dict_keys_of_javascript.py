d = {}
for key in ["__proto__", "constructor", "toString", "hasOwnProperty", "length", "size", "0", 0, "-1", True, 1.0, "undefined", None]:
    print(key in d, d.get(key))
    d[key] = key
print(d, len(d))
del d["__proto__"]
print("__proto__" in d, list(d))
print({"__proto__": {"a": 1}}["__proto__"], {"__proto__"} | {"constructor"} == {"constructor", "__proto__"})
