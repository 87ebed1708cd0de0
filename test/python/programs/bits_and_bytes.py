import struct

data = struct.pack("<BHi3sd", 7, 513, -2, b"abc", 1.5)
print(data.hex(" "), len(data), struct.calcsize(">BHi"), struct.unpack("<BHi3sd", data))
print([f"{b:08b}" for b in b"Kz"], int.from_bytes(b"\x01\x02", "big"), (258).to_bytes(2, "little"), (-5).to_bytes(2, "big", signed=True))


def popcount(n):
    return bin(n).count("1")


def gray(n):
    return n ^ (n >> 1)


def crc8(message, poly=0x07):
    crc = 0
    for byte in message:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ poly if crc & 0x80 else crc << 1) & 0xFF
    return crc


print([gray(n) for n in range(8)], popcount(2**70 - 1), (2**70).bit_length(), ~7, -7 >> 1, -7 & 0xFF, 1 << 65)
print(hex(crc8(b"123456789")), f"{0xDEAD:#06x} {0o17:o} {5:+d} {1234567:_} {255:#b}")
buffer = bytearray(b"hello")
buffer[0] = 72
buffer[1:3] = b"EL"
buffer += b"!"
buffer.extend([33, 63])
print(buffer, buffer.decode(), buffer.find(b"L"), bytes(reversed(buffer)), buffer[-1])
view = memoryview(buffer)
view[1:3] = b"xy"
print(bytes(view[:4]), buffer.upper(), view.nbytes)
for action in (lambda: bytes([256]), lambda: b"a" + "b", lambda: struct.pack("B", 300), lambda: b"\xff".decode()):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
print(b"a,b,,c".split(b","), b"\x00\n\t'".__repr__(), b"%s-%03d" % (b"x", 7), bytes.fromhex("0aFF 10"))
