import zlib

data = b"what is said again is said again, and again. " * 200
for level in (-1, 0, 1, 9):
    packed = zlib.compress(data, level)
    print(level, zlib.decompress(packed) == data, packed[:1], len(packed) < 200 or level == 0)
print(zlib.decompress(zlib.compress(data, wbits=-15), -15) == data, zlib.decompress(zlib.compress(b"x", wbits=31), 47))
# Written by CPython.
print(zlib.decompress(bytes.fromhex("789ccb48cdc9c95728cf2fca4901001a0b045d")))
for wrong in (b"", b"abc", zlib.compress(data)[:20]):
    try:
        zlib.decompress(wrong)
    except zlib.error as error:
        print(error)
for call in (lambda: zlib.compress(b"", 10), lambda: zlib.compress("text"), lambda: zlib.decompress(b"", 99)):
    try:
        call()
    except (zlib.error, TypeError) as error:
        print(type(error).__name__, error)
print(zlib.crc32(data), zlib.adler32(data), zlib.MAX_WBITS)
