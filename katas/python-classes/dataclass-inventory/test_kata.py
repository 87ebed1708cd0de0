import dataclasses

import pytest
from user_kata import Item, Warehouse


def test_items_are_equal_by_value_and_show_what_they_are():
    assert Item("nut", 5) == Item("nut", 5)
    assert Item("nut", 5) != Item("nut", 6)
    assert repr(Item("nut", 5)) == "Item(name='nut', cents=5)"


def test_a_price_is_zero_unless_it_is_given():
    assert Item("air").cents == 0


def test_items_never_change():
    item = Item("nut", 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        item.cents = 4
    assert item.cents == 5


def test_items_sort_by_name_then_by_price():
    items = [Item("nut", 7), Item("bolt", 9), Item("nut", 5)]
    assert sorted(items) == [Item("bolt", 9), Item("nut", 5), Item("nut", 7)]


@pytest.mark.parametrize("name, cents", [("", 5), ("nut", -1), ("", -1)])
def test_items_without_a_name_or_with_a_negative_price_are_refused(name, cents):
    with pytest.raises(ValueError):
        Item(name, cents)


def test_a_warehouse_counts_what_is_added():
    warehouse = Warehouse("Ulm")
    warehouse.add(Item("nut", 5), 10)
    warehouse.add(Item("bolt", 20))
    warehouse.add(Item("nut", 5), 2)
    assert warehouse.stock == {Item("nut", 5): 12, Item("bolt", 20): 1}


def test_the_total_is_in_cents():
    assert (
        Warehouse("Ulm", {Item("nut", 5): 12, Item("bolt", 20): 3, Item("air"): 9}).total() == 120
    )
    assert Warehouse("Ulm").total() == 0


def test_warehouses_do_not_share_their_stock():
    one, other = Warehouse("Ulm"), Warehouse("Jena")
    one.add(Item("nut"))
    assert other.stock == {}
    assert len(one.stock) == 1


def test_moving_makes_a_copy_that_is_independent():
    old = Warehouse("Ulm", {Item("nut", 5): 1})
    new = old.moved_to("Jena")
    new.add(Item("nut", 5))
    assert (new.city, new.stock) == ("Jena", {Item("nut", 5): 2})
    assert (old.city, old.stock) == ("Ulm", {Item("nut", 5): 1})


def test_warehouses_are_compared_by_all_they_hold():
    assert Warehouse("Ulm", {Item("a"): 1}) == Warehouse("Ulm", {Item("a"): 1})
    assert Warehouse("Ulm") != Warehouse("Ulm", {Item("a"): 1})
