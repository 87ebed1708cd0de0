import itertools
import random

import pytest
from user_kata import shortest_path

ROADS = {
    "a": {"b": 7, "c": 9, "f": 14},
    "b": {"c": 10, "d": 15},
    "c": {"d": 11, "f": 2},
    "d": {"e": 6},
    "f": {"e": 9},
}


def length_of(roads, way):
    return sum(roads[a][b] for a, b in zip(way, way[1:]))


def distances(roads, places):
    """All distances, by letting every way go through one more place (Floyd and Warshall)."""
    far = float("inf")
    table = {(a, b): roads.get(a, {}).get(b, far) for a in places for b in places}
    table |= {(a, a): 0 for a in places}
    for via, a, b in itertools.product(places, repeat=3):
        table[a, b] = min(table[a, b], table[a, via] + table[via, b])
    return table


def test_a_detour_over_more_places_may_be_shorter():
    assert shortest_path(ROADS, "a", "e") == (20, ["a", "c", "f", "e"])


def test_a_direct_road_is_taken_when_it_is_shorter():
    assert shortest_path(ROADS, "a", "b") == (7, ["a", "b"])


def test_a_place_is_no_way_from_itself():
    assert shortest_path(ROADS, "a", "a") == (0, ["a"])
    assert shortest_path({}, "x", "x") == (0, ["x"])


def test_roads_lead_one_way():
    assert shortest_path(ROADS, "e", "a") is None
    assert shortest_path(ROADS, "d", "b") is None


def test_a_place_that_nobody_knows_cannot_be_reached():
    assert shortest_path(ROADS, "a", "nowhere") is None


def test_roads_of_length_zero_and_circles_do_no_harm():
    roads = {"a": {"b": 0}, "b": {"a": 0, "c": 0}, "c": {"b": 0, "d": 3}}
    assert shortest_path(roads, "a", "d") == (3, ["a", "b", "c", "d"])


def test_a_place_that_is_found_again_at_less_cost_is_reached_the_cheaper_way():
    roads = {"a": {"x": 100, "b": 1}, "b": {"c": 1}, "c": {"x": 1}, "x": {"goal": 1}}
    assert shortest_path(roads, "a", "goal") == (4, ["a", "b", "c", "x", "goal"])


def test_lengths_need_not_be_whole_numbers():
    distance, way = shortest_path({"a": {"b": 0.5, "c": 2}, "b": {"c": 0.25}}, "a", "c")
    assert distance == pytest.approx(0.75)
    assert way == ["a", "b", "c"]


def test_random_maps_match_all_distances():
    rng = random.Random(23)
    places = "abcdefg"
    for _ in range(30):
        roads = {a: {b: rng.randint(0, 9) for b in places if rng.random() < 0.3} for a in places}
        table = distances(roads, places)
        for a, b in itertools.product(places, repeat=2):
            found = shortest_path(roads, a, b)
            if table[a, b] == float("inf"):
                assert found is None
            else:
                assert found[0] == table[a, b]
                assert found[1][0] == a and found[1][-1] == b
                assert length_of(roads, found[1]) == table[a, b]


def test_the_map_is_left_as_it_was():
    roads = {"a": {"b": 1}}
    assert shortest_path(roads, "a", "b") == (1, ["a", "b"])
    assert shortest_path(roads, "b", "a") is None
    assert roads == {"a": {"b": 1}}


def test_a_ladder_with_many_ways_is_settled_place_by_place():
    roads = {f"{i}": {f"{i + 1}": 2, f"{i + 2}": 3} for i in range(300)}
    distance, way = shortest_path(roads, "0", "300")
    assert distance == 450
    assert way == [f"{i}" for i in range(0, 301, 2)]
