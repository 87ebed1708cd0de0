import binascii
import io
import struct
import zlib
from dataclasses import astuple, dataclass

MAGIC = b"KT"
HEADER = struct.Struct(">2sBBHI")


@dataclass
class Ping:
    stamp: int
    FORMAT = ">Q"


@dataclass
class Move:
    x: float
    y: float
    steps: int
    FORMAT = ">ffh"


@dataclass
class Note:
    text: str

    def pack(self):
        data = self.text.encode()
        return struct.pack(">H", len(data)) + data

    @classmethod
    def unpack(cls, data):
        (size,) = struct.unpack_from(">H", data)
        return cls(data[2:2 + size].decode())


KINDS = {1: Ping, 2: Move, 3: Note}
CODES = {kind: code for code, kind in KINDS.items()}


def encode(message, sequence):
    kind = type(message)
    body = message.pack() if hasattr(message, "pack") else struct.pack(kind.FORMAT, *astuple(message))
    return HEADER.pack(MAGIC, CODES[kind], sequence & 0xFF, len(body), zlib.crc32(body)) + body


def decode(stream):
    while head := stream.read(HEADER.size):
        if len(head) < HEADER.size:
            raise EOFError(f"{len(head)} bytes of a header")
        magic, code, sequence, size, check = HEADER.unpack(head)
        if magic != MAGIC:
            raise ValueError(f"bad magic {magic!r}")
        body = stream.read(size)
        if zlib.crc32(body) != check:
            yield sequence, f"checksum {zlib.crc32(body):08x} is not {check:08x}"
            continue
        kind = KINDS[code]
        yield sequence, kind.unpack(body) if hasattr(kind, "unpack") else kind(*struct.unpack(kind.FORMAT, body))


messages = [Ping(2**40), Move(1.5, -0.1, -3), Note("grüße ☃"), Note("")]
wire = b"".join(encode(m, 254 + i) for i, m in enumerate(messages))
print(len(wire), binascii.hexlify(wire[:HEADER.size + 8], " ", 2))
for sequence, message in decode(io.BytesIO(wire)):
    print(sequence, message)
broken = bytearray(wire)
broken[HEADER.size + 3] ^= 0x40
print([message for _, message in decode(io.BytesIO(broken))][:2])
for cut in (wire[:-1] + b"", wire[:5], b"XX" + wire[2:]):
    try:
        print(len(list(decode(io.BytesIO(cut)))))
    except (EOFError, ValueError, struct.error) as error:
        print(type(error).__name__, error)
print(struct.calcsize("<bhiq"), struct.calcsize("@bi"), struct.pack("<3s?xH", b"ab", True, 513), struct.unpack("<2h", b"\xff\xff\x01\x80"))
print(struct.pack(">e", 1.1), struct.unpack(">d", bytes.fromhex("400921fb54442d18")), list(struct.iter_unpack("B", b"abc")))
for bad in (lambda: struct.pack("B", 256), lambda: struct.unpack("H", b"a"), lambda: struct.pack("h", "x")):
    try:
        bad()
    except struct.error as error:
        print(error)
view = memoryview(broken)
view[0:2] = b"kt"
print(bytes(broken[:4]), view.nbytes, view[2:6].tolist(), view[::-1][:2].tobytes())
