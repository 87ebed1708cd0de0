import pytest
from user_kata import retry


def failing(times, error=OSError):
    """A function that fails so many times, then returns its arguments; and the calls it got."""
    calls = []

    def function(*args, **keywords):
        calls.append((args, keywords))
        if len(calls) <= times:
            raise error(f"failure {len(calls)}")
        return args, keywords

    return function, calls


def decorated(times, attempts, *errors, error=OSError, **settings):
    function, calls = failing(times, error)
    waits = []
    return retry(attempts, *errors, sleep=waits.append, **settings)(function), calls, waits


def test_what_succeeds_is_called_once():
    function, calls, waits = decorated(0, 3, OSError)
    assert function(1, key=2) == ((1,), {"key": 2})
    assert (len(calls), waits) == (1, [])


def test_what_fails_is_called_again_with_the_same_arguments():
    function, calls, waits = decorated(2, 3, OSError)
    assert function("a", b="c") == (("a",), {"b": "c"})
    assert calls == [(("a",), {"b": "c"})] * 3


def test_the_last_error_reaches_the_caller():
    function, calls, waits = decorated(9, 3, OSError)
    with pytest.raises(OSError, match="failure 3"):
        function()
    assert len(calls) == 3


def test_waits_double_and_there_is_none_after_the_last_attempt():
    function, calls, waits = decorated(9, 5, OSError, wait=0.5)
    with pytest.raises(OSError):
        function()
    assert waits == [0.5, 1, 2, 4]


def test_the_first_wait_is_a_tenth_of_a_second_unless_given():
    function, calls, waits = decorated(2, 4, OSError)
    assert function() == ((), {})
    assert waits == pytest.approx([0.1, 0.2])


def test_other_errors_are_not_tried_again():
    function, calls, waits = decorated(1, 3, OSError, error=TypeError)
    with pytest.raises(TypeError, match="failure 1"):
        function()
    assert (len(calls), waits) == (1, [])


def test_several_errors_can_be_named_and_derived_ones_count():
    for error in (ValueError, ConnectionError):
        function, calls, waits = decorated(1, 2, OSError, ValueError, error=error)
        assert function() == ((), {})
        assert len(calls) == 2


def test_one_attempt_is_one_attempt():
    function, calls, waits = decorated(1, 1, OSError)
    with pytest.raises(OSError, match="failure 1"):
        function()
    assert (len(calls), waits) == (1, [])


def test_each_call_begins_to_count_anew():
    calls = []

    @retry(2, OSError, sleep=calls.append)
    def sometimes(succeed):
        if not succeed:
            raise OSError("no")
        return "yes"

    for _ in range(2):
        with pytest.raises(OSError):
            sometimes(False)
    assert sometimes(True) == "yes"
    assert calls == [0.1, 0.1]


def test_it_still_looks_like_itself():
    @retry(2, OSError)
    def fetch():
        """Gets it."""
        return 1

    assert (fetch.__name__, fetch.__doc__, fetch()) == ("fetch", "Gets it.", 1)
