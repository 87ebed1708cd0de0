b = bytes(10**9)
c = bytearray(10**9)
