def popcount(n):
    count = 0
    while n:
        n &= n - 1
        count += 1
    return count


def gray(n):
    return n ^ (n >> 1)


def ungray(g):
    n = 0
    while g:
        n ^= g
        g >>= 1
    return n


def reverse_bits(n, width=8):
    return int(f"{n:0{width}b}"[::-1], 2)


def subsets(mask):
    part = mask
    while True:
        yield part
        if not part:
            return
        part = (part - 1) & mask


def to_signed(n, bits=8):
    n &= (1 << bits) - 1
    return n - (1 << bits) if n >> (bits - 1) else n


class Bits:
    def __init__(self, *places):
        self.mask = 0
        for place in places:
            self.mask |= 1 << place

    def __contains__(self, place):
        return bool(self.mask >> place & 1)

    def __iter__(self):
        mask = self.mask
        while mask:
            low = mask & -mask
            yield low.bit_length() - 1
            mask ^= low

    def __len__(self):
        return self.mask.bit_count()

    def __or__(self, other):
        return Bits(*self, *other)

    def __invert__(self):
        return Bits(*(i for i in range(8) if i not in self))


print([popcount(n) for n in (0, 1, 255, 2**100 - 1)], [f"{gray(n):03b}" for n in range(8)])
print(all(ungray(gray(n)) == n for n in range(1000)), reverse_bits(0b00010110), sorted(subsets(0b1010)))
print([to_signed(n) for n in (0, 127, 128, 255, 256, -1, -129)])
a, b = Bits(1, 3), Bits(3, 70)
print(list(a | b), len(a | b), 70 in b, 2 in a, list(~a), bool(Bits()))
print(~0, ~5, -5 >> 1, -5 // 2, 5 & -2, -1 ^ 6, 1 << 70, (1 << 70) >> 68, True << 3, ~True)
print(bin(-10), hex(-255), oct(8), f"{-10:08b}", f"{10:#x}", (255).to_bytes(2, "big"), int("-0b101", 0))
x, y = 12, 25
x ^= y
y ^= x
x ^= y
print(x, y, (x > y) - (x < y), [n for n in range(1, 40) if n & (n - 1) == 0])
for bad in (lambda: 1 << -1, lambda: 1.0 & 1, lambda: (300).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big")):
    try:
        print(bad())
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
