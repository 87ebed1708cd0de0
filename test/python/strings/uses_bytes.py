b = b"hello world"
print(b.upper(), b.split(), b[0], b[1:4], b[::-1], len(b), b"lo" in b, 104 in b, b + b"!", b * 2)
print(bytes(3), bytes([1,2,3]), bytes("é", "utf-8"), bytes(b"x"), b.hex(), b.hex("-", 2), bytes.fromhex("de ad"))
print(b"%s=%d %b %c" % (b"a", 5, b"z", 65), b"a,b".split(b","), b",".join([b"a", b"b"]))
ba = bytearray(b"abc")
ba.append(100); ba.extend(b"ef"); ba.insert(0, 64); print(ba, ba.pop(), ba, ba[1:3], len(ba))
ba[1:3] = b"XYZ"; print(ba); del ba[0]; print(ba); ba += b"!!"; print(ba, bytes(ba), ba == b"XYZcde!!")
m = memoryview(ba); print(m[0], m[1:3].tobytes(), m.tolist(), len(m)); m[0] = 65; print(ba)
print(b.title(), b.find(b"o"), b.count(b"l"), b.replace(b"l", b"LL"), b.center(20, b"*"), b.partition(b" "))
print(b == bytearray(b), b"a" < b"b", hash(b"a") == hash(bytes([97])), {b"a": 1}[b"a"], b"a" == "a")
print(b.decode(), "é".encode("latin-1"), b"\xff".decode("utf-8", "replace"), str(b"ab"), str(b"ab", "ascii"))
for i in bytearray(b"ab"): print(i)
print(list(memoryview(b"abcd").cast("H")), memoryview(b"abcdef")[::2].tobytes())
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: b"a" + "a"); t(lambda: b"a".find("a")); t(lambda: bytes([256])); t(lambda: bytes(-1)); t(lambda: bytes("a"))
t(lambda: bytes(1.5)); t(lambda: b"abc"[10]); t(lambda: bytearray(b"abc")[10]); t(lambda: b"abc"["a"]); t(lambda: bytearray([300]))
t(lambda: b"\xff".decode()); t(lambda: "é".encode("ascii")); t(lambda: b"".join(["a"])); t(lambda: b"%s" % "a"); t(lambda: "a" in b"a")
t(lambda: bytes.fromhex("zz")); t(lambda: b"abc".index(b"z")); t(lambda: bytes(None)); t(lambda: hash(bytearray()))
class B(bytes): pass
t(lambda: B(b"abc")); t(lambda: B([1,2]) + b"x"); t(lambda: b"a".split(1)); t(lambda: memoryview("a"))

# What counts as one value, and what as a mapping, for %.
for template in (b'', bytearray(), ''):
    for value in (b'', '', bytearray(), [], {}, (), 1):
        try:
            print(repr(template % value))
        except TypeError as error:
            print(error)
