import base64
import hashlib
import io
import textwrap


def dump(data, width=8):
    source, at = io.BytesIO(data), 0
    while row := source.read(width):
        text = "".join(chr(b) if 32 <= b < 127 else "." for b in row)
        yield f"{at:04x}  {row.hex(' '):<{width * 3}} {text}"
        at += len(row)


data = "Grüße, 世界!\n".encode()
print(*dump(data), sep="\n")
print(hashlib.sha256(data).hexdigest()[:24], hashlib.md5(b"").hexdigest(), hashlib.sha1(b"abc").hexdigest()[-8:])
print(base64.b64encode(data).decode(), base64.b64decode("aGk="), base64.urlsafe_b64encode(b"\xfb\xff"), base64.b32encode(b"hi"), base64.b16encode(b"z"))
print(*textwrap.wrap(hashlib.sha512(b"x").hexdigest()[:40], 10))
checksum = hashlib.sha256()
for part in (b"one", b"two"):
    checksum.update(part)
print(checksum.hexdigest() == hashlib.sha256(b"onetwo").hexdigest(), checksum.digest_size, checksum.name)
for bad in (b"\xff\xfe", b"\xe4\xb8"):
    try:
        bad.decode("utf-8")
    except UnicodeDecodeError as error:
        print(error, bad.decode("utf-8", "replace"), bad.decode("latin-1"))
try:
    "é".encode("ascii")
except UnicodeEncodeError as error:
    print(error, "é".encode("ascii", "ignore"), "é".encode("ascii", "xmlcharrefreplace"), "é".encode("utf-16-le"))
