import pytest
from user_kata import memoize


def counted(answer=lambda *args, **keywords: (args, keywords)):
    """A memoized function, and the list of calls that got through to it."""
    calls = []

    @memoize
    def function(*args, **keywords):
        calls.append((args, keywords))
        return answer(*args, **keywords)

    return function, calls


def test_the_same_question_is_answered_from_memory():
    function, calls = counted(lambda x: x * x)
    assert [function(3), function(4), function(3)] == [9, 16, 9]
    assert calls == [((3,), {}), ((4,), {})]


@pytest.mark.parametrize("answer", [None, 0, False, []])
def test_an_empty_answer_is_remembered_too(answer):
    function, calls = counted(lambda: answer)
    assert function() is answer
    assert function() is answer
    assert len(calls) == 1


def test_calls_with_different_arguments_are_told_apart():
    function, calls = counted()
    answers = [function(1), function(1, 2), function((1, 2)), function(a=1), function(b=1)]
    assert answers == [
        ((1,), {}),
        ((1, 2), {}),
        (((1, 2),), {}),
        ((), {"a": 1}),
        ((), {"b": 1}),
    ]
    assert len(calls) == 5


def test_keywords_may_come_in_any_order():
    function, calls = counted()
    assert function(a=1, b=2) == function(b=2, a=1)
    assert len(calls) == 1
    assert function(a=2, b=1) == ((), {"a": 2, "b": 1})
    assert len(calls) == 2


def test_recursion_goes_through_the_memory():
    @memoize
    def fibonacci(n):
        return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

    assert fibonacci(80) == 23416728348467685
    assert len(fibonacci.memory) == 81


def test_errors_are_not_remembered():
    tries = []

    @memoize
    def flaky():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("not yet")
        return "done"

    with pytest.raises(OSError):
        flaky()
    assert flaky() == "done"
    assert flaky() == "done"
    assert len(tries) == 2


def test_each_function_has_a_memory_of_its_own():
    one, _ = counted(lambda x: "one")
    other, _ = counted(lambda x: "other")
    assert (one(1), other(1)) == ("one", "other")


def test_the_memory_can_be_emptied():
    function, calls = counted(lambda x: x)
    assert function(1) == 1
    function.memory.clear()
    assert function(1) == 1
    assert len(calls) == 2


def test_it_still_looks_like_itself():
    @memoize
    def area(width, height):
        """Of a rectangle."""
        return width * height

    assert (area.__name__, area.__doc__) == ("area", "Of a rectangle.")
    assert area(2, height=3) == 6


def test_arguments_that_cannot_be_remembered_are_a_type_error():
    function, calls = counted()
    with pytest.raises(TypeError):
        function([1])
    assert calls == []
