class B:
    def __bool__(self):
        raise ValueError("no")
    def __hash__(self):
        raise TypeError("never")
    def __eq__(self, other):
        return self
for f in [lambda: not B(), lambda: {B()}, lambda: [1] == [B()], lambda: B() in [1], lambda: sorted([2, 1], reverse=B()), lambda: all([B()]), lambda: 1 if B() else 2]:
    try:
        print(f())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
