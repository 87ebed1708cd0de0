import itertools

import pytest
from user_kata import chunks


@pytest.mark.parametrize(
    "size, expected",
    [
        (1, [["a"], ["b"], ["c"], ["d"]]),
        (2, [["a", "b"], ["c", "d"]]),
        (3, [["a", "b", "c"], ["d"]]),
        (4, [["a", "b", "c", "d"]]),
        (9, [["a", "b", "c", "d"]]),
    ],
)
def test_a_text_is_cut_into_pieces(size, expected):
    assert list(chunks("abcd", size)) == expected


@pytest.mark.parametrize("size, expected", [(2, [[0, 1], [2, 3]]), (5, [[0, 1, 2, 3, 4]]), (6, [])])
def test_the_rest_can_be_dropped(size, expected):
    assert list(chunks(range(5), size, keep_rest=False)) == expected


def test_nothing_has_no_chunks():
    assert list(chunks([], 3)) == []
    assert list(chunks([], 3, keep_rest=False)) == []


def test_empty_elements_are_elements():
    assert list(chunks([None, 0, ""], 2)) == [[None, 0], [""]]


@pytest.mark.parametrize("size", [0, -1])
def test_there_are_no_chunks_of_size_zero(size):
    with pytest.raises(ValueError):
        next(chunks([1], size))


def test_a_chunk_that_was_handed_out_does_not_change_any_more():
    first, second = chunks(range(4), 2)
    assert (first, second) == ([0, 1], [2, 3])
    assert first is not second


def test_a_stream_without_an_end_is_cut_as_it_comes():
    assert list(itertools.islice(chunks(itertools.count(), 2), 3)) == [[0, 1], [2, 3], [4, 5]]


def test_no_more_is_taken_than_the_chunk_needs():
    source = iter(range(10))
    pieces = chunks(source, 3)
    assert next(pieces) == [0, 1, 2]
    assert next(source) == 3
    assert next(pieces) == [4, 5, 6]


def test_all_elements_are_there_in_order_whatever_the_size():
    for length, size in itertools.product(range(8), range(1, 9)):
        pieces = list(chunks(range(length), size))
        assert [x for piece in pieces for x in piece] == list(range(length))
        assert all(len(piece) == size for piece in pieces[:-1])
        assert len(pieces) == -(-length // size)
