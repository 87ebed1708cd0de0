from fractions import Fraction


class Matrix:
    def __init__(self, rows):
        self.rows = [list(map(Fraction, row)) for row in rows]
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("ragged rows")

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"shapes {self.shape} and {other.shape} do not fit")
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in zip(*other.rows)] for row in self.rows])

    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result = result @ base
            base, n = base @ base, n >> 1
        return result

    def determinant(self):
        rows, sign = [row[:] for row in self.rows], 1
        product = Fraction(1)
        for i in range(len(rows)):
            pivot = next((j for j in range(i, len(rows)) if rows[j][i]), None)
            if pivot is None:
                return Fraction(0)
            if pivot != i:
                rows[i], rows[pivot], sign = rows[pivot], rows[i], -sign
            product *= rows[i][i]
            for j in range(i + 1, len(rows)):
                factor = rows[j][i] / rows[i][i]
                rows[j] = [b - factor * a for a, b in zip(rows[i], rows[j])]
        return sign * product

    def __str__(self):
        return "\n".join(" ".join(f"{str(x):>6}" for x in row) for row in self.rows)


a = Matrix([[2, 1, 3], ["1/2", 4, -1], [0, 2, 5]])
print(a @ a, a.determinant(), sep="\n")
print(Matrix([[1, 1], [1, 0]]) ** 30)
print(Matrix([[1, 2], [2, 4]]).determinant(), Matrix([[0, 1], [1, 0]]).determinant())
for make in (lambda: Matrix([[1], [1, 2]]), lambda: a @ Matrix([[1, 2]])):
    try:
        make()
    except ValueError as error:
        print(error)
