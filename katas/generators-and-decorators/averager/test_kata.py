import pytest
from user_kata import Reset, averager, started


def test_the_answer_is_the_mean_of_all_so_far():
    mean = averager()
    assert [mean.send(number) for number in (10, 20, 60)] == [10, 15, 30]


def test_it_can_be_sent_to_at_once():
    assert averager().send(4) == 4


def test_negative_numbers_and_zero_count():
    mean = averager()
    assert [mean.send(number) for number in (-3, 0, 3, -4)] == [-3, -1.5, 0, -1]


def test_two_averagers_do_not_share_their_numbers():
    one, other = averager(), averager()
    assert (one.send(1), other.send(100), one.send(3)) == (1, 100, 2)


def test_a_reset_forgets_everything():
    mean = averager()
    assert mean.send(100) == 100
    assert mean.throw(Reset) is None
    assert mean.send(4) == 4
    assert mean.send(6) == 5


def test_a_reset_at_the_beginning_does_no_harm():
    mean = averager()
    assert mean.throw(Reset()) is None
    assert mean.send(2) == 2


def test_other_errors_end_it():
    mean = averager()
    assert mean.send(1) == 1
    with pytest.raises(KeyError):
        mean.throw(KeyError("no"))
    with pytest.raises(StopIteration):
        mean.send(2)


def test_it_can_be_closed():
    mean = averager()
    assert mean.send(1) == 1
    mean.close()
    with pytest.raises(StopIteration):
        mean.send(2)


def test_it_ends_when_the_limit_is_passed_and_tells_how_many_there_were():
    mean = averager(2)
    assert [mean.send(1), mean.send(2)] == [1, 1.5]
    with pytest.raises(StopIteration) as end:
        mean.send(3)
    assert end.value.value == 2


def test_a_reset_begins_to_count_anew():
    mean = averager(limit=1)
    assert mean.send(8) == 8
    assert mean.throw(Reset) is None
    assert mean.send(9) == 9
    with pytest.raises(StopIteration):
        mean.send(10)


def test_started_works_for_every_generator_function():
    @started
    def echo(prefix, mark="?"):
        """Says it again."""
        said = yield "first"
        while True:
            said = yield prefix + said + mark

    said = echo("so: ", mark="!")
    assert said.send("yes") == "so: yes!"
    assert said.send("no") == "so: no!"
    assert (echo.__name__, echo.__doc__) == ("echo", "Says it again.")
    assert echo("a").send("b") == "ab?"
