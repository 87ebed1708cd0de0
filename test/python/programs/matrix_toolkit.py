from fractions import Fraction
from functools import reduce
from operator import mul


class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("rows differ in length")

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, key):
        i, j = key
        if isinstance(i, slice):
            return Matrix(row[j] if isinstance(j, slice) else [row[j]] for row in self.rows[i])
        return self.rows[i][j]

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            return NotImplemented
        columns = list(zip(*other.rows))
        return Matrix([[sum(map(mul, row, column)) for column in columns] for row in self.rows])

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(*pair)] for pair in zip(self.rows, other.rows)])

    def __mul__(self, factor):
        return Matrix([[factor * x for x in row] for row in self.rows])

    __rmul__ = __mul__

    def __pow__(self, n):
        return reduce(Matrix.__matmul__, [self] * n, Matrix.identity(len(self.rows)))

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def __str__(self):
        width = max(len(str(x)) for row in self.rows for x in row)
        return "\n".join(" ".join(f"{x!s:>{width}}" for x in row) for row in self.rows)

    def inverse(self):
        n = len(self.rows)
        work = [[Fraction(x) for x in row] + [Fraction(i == j) for j in range(n)]
                for i, row in enumerate(self.rows)]
        for i in range(n):
            pivot = next((r for r in range(i, n) if work[r][i]), None)
            if pivot is None:
                raise ZeroDivisionError("the matrix is singular")
            work[i], work[pivot] = work[pivot], work[i]
            work[i] = [x / work[i][i] for x in work[i]]
            for r in range(n):
                if r != i and work[r][i]:
                    work[r] = [a - work[r][i] * b for a, b in zip(work[r], work[i])]
        return Matrix(row[n:] for row in work)


a = Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 4]])
print(a @ a, a.T == a, a.shape, sep="\n")
print(a.inverse())
print((a @ a.inverse()) == Matrix.identity(3))
print(Matrix([[1, 1], [1, 0]]) ** 30)
print(a[0:2, 1:], a[1, 1], a[:, 0].shape, sep="\n")
print(2 * a + a * -1 == a)
for bad in (lambda: Matrix([[1, 2], [3]]), lambda: a @ Matrix([[1, 2]]), lambda: Matrix([[1, 2], [2, 4]]).inverse()):
    try:
        bad()
    except (ValueError, TypeError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
