def test_a():
    yield 1


def test_b():
    pass
