assert [1, 2] == [1, 3]

def test_a():
    pass
