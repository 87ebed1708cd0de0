print("a,b".split(","), "x".join(["a","b"]), f"{3.14159:.2f} {'a'!r:>5} {12345:,}")
print("%s %d %5.2f %x" % ("a", 3, 2.5, 255))
print("{} {0}".format if 0 else "{0}-{a:>4}".format(1, a="z"))
print("abc"[::-1], "abc"[1:], "héé😀"[1:], len("😀a"), "😀a"[0])
print("ab" * 3, 3 * "ab", "a" in "abc", "abc" < "abd", "😀" > "\uffff")
print("Hello".center(11, "*"), "a\tb".expandtabs(4), "abc".translate({97: "zz", 98: None}))
print("abc".encode().decode if 0 else "abc".upper(), str(12), str())
class S(str):
    def foo(self): return self + "!"
s = S("hey")
print(s, s.foo(), len(s), s == "hey", {"hey": 1}[s], s.upper(), type(s).__name__ if 0 else "")
try: "a" + 1
except TypeError as e: print(e)
try: 1 + "a"
except TypeError as e: print(e)
try: "a" * 2.5
except TypeError as e: print(e)
try: "a".join([1])
except TypeError as e: print(e)
try: "a"["b"]
except TypeError as e: print(e)
try: "%d" % "a"
except TypeError as e: print(e)
try: "{}".format()
except IndexError as e: print(e)
try: "{a}".format()
except KeyError as e: print(e)
try: 1 in "a"
except TypeError as e: print(e)
print("a", "b", sep="-", end="!\n")
print(ord("a"), chr(0x1f600), ascii("é😀"), repr("é'"), format(3.5, "10.3f"))
