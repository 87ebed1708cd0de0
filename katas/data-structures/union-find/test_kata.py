import random

from user_kata import UnionFind


def joined(n, pairs):
    out = UnionFind(n)
    for a, b in pairs:
        out.union(a, b)
    return out


def test_in_the_beginning_everyone_is_alone():
    out = UnionFind(3)
    assert [out.head(i) for i in range(3)] == [0, 1, 2]
    assert [out.size(i) for i in range(3)] == [1, 1, 1]
    assert out.groups == 3
    assert out.parents == [0, 1, 2]


def test_things_that_were_joined_have_one_head():
    out = joined(4, [(0, 1), (2, 3)])
    assert out.head(0) == out.head(1)
    assert out.head(2) == out.head(3)
    assert out.head(0) != out.head(2)


def test_friends_of_friends_belong_together():
    out = joined(6, [(0, 1), (2, 3), (1, 3)])
    assert len({out.head(i) for i in range(4)}) == 1
    assert len({out.head(i) for i in (0, 4, 5)}) == 3


def test_union_says_whether_there_was_something_to_join():
    out = UnionFind(4)
    assert out.union(0, 1) is True
    assert out.union(1, 2) is True
    assert out.union(0, 2) is False
    assert out.union(3, 3) is False


def test_groups_are_counted():
    out = joined(5, [(0, 1), (1, 0), (3, 4)])
    assert out.groups == 3
    out.union(0, 3)
    assert out.groups == 2


def test_sizes_are_those_of_the_whole_group():
    out = joined(7, [(0, 1), (2, 3), (3, 4), (0, 4)])
    assert [out.size(i) for i in range(7)] == [5, 5, 5, 5, 5, 1, 1]


def test_the_head_of_the_larger_group_stays_and_the_first_one_of_equals():
    assert joined(2, [(1, 0)]).head(0) == 1
    assert joined(4, [(0, 1), (2, 3), (0, 2)]).head(3) == 0
    assert joined(3, [(1, 2), (0, 1)]).head(0) == 1


def test_a_walk_leaves_shortcuts_behind():
    out = UnionFind(6)
    out.parents = [1, 2, 3, 3, 3, 4]
    assert out.head(0) == 3
    assert out.parents == [3, 3, 3, 3, 3, 4]


def test_a_long_chain_is_no_problem():
    n = 20_000
    out = UnionFind(n)
    out.parents = [0, *range(n - 1)]
    assert out.head(n - 1) == 0
    assert set(out.parents) == {0}


def test_random_unions_match_sets():
    rng = random.Random(43)
    for n in (1, 2, 9, 20):
        out, groups = UnionFind(n), [{i} for i in range(n)]
        for _ in range(n):
            a, b = rng.randrange(n), rng.randrange(n)
            assert out.union(a, b) == (groups[a] is not groups[b])
            merged = groups[a] | groups[b]
            for thing in merged:
                groups[thing] = merged
            assert [out.size(i) for i in range(n)] == [len(group) for group in groups]
            assert out.groups == len({out.head(i) for i in range(n)})
            for i in range(n):
                assert out.head(i) in groups[i]
