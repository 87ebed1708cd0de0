a = "\u2028\u2029`${1}\\` */ // <!-- --> </script>"
print(ascii(a), len(a))
print(ascii("`" + '"' + "'" + "\\" + "\n\r\0"))
b = '''*/ throw 1; /* ${process.exit()} `'''
print(b)
print(f"{a!r:.5}{'${1}'}`")
print(b"\x00`\\*/")
"""docstring */ ` ${x} """
def f():
    """*/ } ; throw 1 //"""
    return f.__doc__
print(f())
class C:
    "`${1}` */"
print(C.__doc__, {"*/": "`"}, {"a`${1}": 1})
