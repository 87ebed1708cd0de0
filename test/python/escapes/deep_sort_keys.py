class K:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        return sorted([self, other])[0] is self
try:
    sorted([K(1), K(2)])
except RecursionError:
    print("too deep")
