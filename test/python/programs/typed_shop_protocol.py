from __future__ import annotations
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Optional, Protocol, TypedDict, TypeVar, Union, get_type_hints, runtime_checkable

T = TypeVar("T")


class Item(TypedDict):
    name: str
    price: float


@runtime_checkable
class Priced(Protocol):
    def total(self) -> float: ...


class Box(Generic[T]):
    def __init__(self, *items: T) -> None:
        self.items: list[T] = list(items)

    def map(self, f: Callable[[T], Any]) -> Box[Any]:
        return Box(*map(f, self.items))

    def first(self) -> Optional[T]:
        return self.items[0] if self.items else None

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)


class Cart:
    discount: float = 0.1
    limit: Union[int, None]

    def __init__(self, items: Iterable[Item]):
        self.items = list(items)

    def total(self) -> float:
        return round(sum(i["price"] for i in self.items) * (1 - self.discount), 2)


cart = Cart([Item(name="tea", price=3.5), {"name": "cup", "price": 8.25}])
print(cart.total(), isinstance(cart, Priced), isinstance(3, Priced), cart.items[0])
print(Cart.__annotations__, get_type_hints(Cart.total))
box: Box[int] = Box(1, 2, 3)
print(list(box.map(lambda n: n / 2)), Box[int]().first(), Optional[int], Union[int, str, int], list[int], dict[str, list[int]])
def f(a: undefined_at_run_time, b: "also" = 1) -> None: ...
print(f.__annotations__)
