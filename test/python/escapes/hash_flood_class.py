class K:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return 1
    def __eq__(self, other):
        return self.n == other.n
d = {}
n = 0
while True:
    d[K(n)] = n
    n += 1
