from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, Optional, Protocol, TypedDict, TypeVar, Union, get_args, get_origin, get_type_hints, overload, runtime_checkable

T = TypeVar("T")
U = TypeVar("U")
E = TypeVar("E", bound=Exception)


@dataclass(frozen=True)
class Ok(Generic[T]):
    value: T

    def then(self, f: Callable[[T], Result]) -> Result:
        return f(self.value)

    def __or__(self, other: T) -> T:
        return self.value


@dataclass(frozen=True)
class Err(Generic[E]):
    error: E

    def then(self, f: Callable[[Any], Result]) -> Err[E]:
        return self

    def __or__(self, other: T) -> T:
        return other


Result = Union[Ok, Err]


def attempt(f: Callable[..., T], *args: Any) -> Result:
    try:
        return Ok(f(*args))
    except Exception as error:
        return Err(error)


class Stack(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> Stack[T]:
        self._items.append(item)
        return self

    def __iter__(self) -> Iterator[T]:
        while self._items:
            yield self._items.pop()


class Point(NamedTuple):
    x: int
    y: int = 0

    @property
    def size(self) -> int:
        return abs(self.x) + abs(self.y)


class Movie(TypedDict, total=False):
    title: str
    year: int


@runtime_checkable
class Drawable(Protocol):
    def draw(self) -> str: ...


class Square:
    def draw(self) -> str:
        return "[]"


@overload
def double(x: int) -> int: ...
@overload
def double(x: str) -> str: ...
def double(x):
    return x * 2


parse = lambda text: attempt(int, text)
print(parse("12").then(lambda n: attempt(divmod, n, 5)), parse("x").then(print), parse("3") | 0, parse("?") | -1)
print(attempt(lambda: 1 / 0).then(parse), Ok(1) == Ok(1), Ok[int], Stack[str])
print(list(Stack[int]().push(1).push(2)), Stack.__orig_bases__, Stack.__parameters__)
print(Point(3), Point(1, -2).size, Point(1)._replace(y=9), Point.__annotations__, Point._field_defaults)
movie: Movie = {"title": "Alien", "year": 1979}
print(movie, Movie.__total__, sorted(get_type_hints(Movie)))
print(isinstance(Square(), Drawable), isinstance(3, Drawable), double(4), double("ab"))
print(get_type_hints(Stack.push), get_origin(dict[str, int]), get_args(Optional[int]), Literal["a", 1])
print(list[int] | None, Union[int, str, int], Callable[[int], str], Optional[list[T]][int])
try:
    Stack[int, str]
except TypeError as error:
    print(error)
