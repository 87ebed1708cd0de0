import codecs
import io

for name in ("cp437", "windows-1252", "latin2", "koi8-r", "mac_roman", "cp037", "iso8859-15", "l9"):
    table = []
    for byte in range(256):
        try:
            table.append(bytes([byte]).decode(name))
            assert table[-1].encode(name) == bytes([byte])
        except UnicodeDecodeError as error:
            table.append(str(error))
    print(name, ascii("".join(table)))
    for errors in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace"):
        try:
            print(errors, "a\u20ac\u4e00z".encode(name, errors))
        except UnicodeEncodeError as error:
            print(error)
for name in ("unicode_escape", "raw_unicode_escape"):
    print("a\\\n\t\0\x7f\xe9\u20ac\U0001f600\ud800'".encode(name))
    for data in (b"a\\n\\x41\\u20ac\\U0001f600\\N{EURO SIGN}\\101\\\\u0041\\\nz\xe9", b"\\x4", b"\\", b"\\u12", b"\\U00110000", b"\\N{nope}", b"\\N{"):
        for errors in ("strict", "replace", "ignore"):
            try:
                print(ascii(data.decode(name, errors)))
            except UnicodeDecodeError as error:
                print(error)
for name in ("utf-8", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "ascii", "cp1252"):
    text = "a\xe9" if name not in ("ascii",) else "ab"
    decoder = codecs.getincrementaldecoder(name)()
    data = text.encode(name)
    print(name, [decoder.decode(data[at:at + 1]) for at in range(len(data))], repr(decoder.decode(b"", True)))
    encoder = codecs.getincrementalencoder(name)()
    print([encoder.encode(char) for char in text], list(codecs.iterencode(text, name)))
    stream = io.BytesIO()
    codecs.getwriter(name)(stream).write(text)
    print(stream.getvalue(), codecs.lookup(name).name)
reader = codecs.getreader("utf-8")(io.BytesIO("one\ntwo \u20ac\nthree".encode()))
print(reader.readline(), list(reader))
print(codecs.lookup_error("replace")(UnicodeDecodeError("x", b"abc", 1, 2, "y")))
try:
    codecs.getincrementaldecoder("utf-8")().decode(b"\xff")
except UnicodeDecodeError as error:
    print(error)
print(repr(codecs.getincrementaldecoder("utf-8")("replace").decode(b"\xffa\xe2\x82")))
