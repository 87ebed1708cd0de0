import typing
from typing import *
T = TypeVar('T'); K = TypeVar('K'); V = TypeVar('V')
print(List[int], Dict[str, List[int]], Optional[int], Union[int, str, None], Callable[[int, str], bool], Callable[..., int], Tuple[int, ...], Tuple[()], Any, Literal['a', 1], ClassVar[int], Type[int], Iterable[T], T)
print(Union[int, int], Union[int, Union[str, int]], Optional[None], Optional[Union[int, None]])
print(List[T][int], Dict[K, V][int, str], List[int] == List[int], List, Annotated[int, 'x', 3])
class Box(Generic[T]):
    def __init__(self, x: T): self.x = x
b = Box[int](3); print(b.x, Box[int], Box, b.__orig_class__, Box.__parameters__, Box.__orig_bases__)
class Pair(Generic[K, V]): pass
print(Pair[int, str], Pair[int, V][str])
try: Pair[int]
except TypeError as e: print(e)
@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...
print(isinstance([], HasLen), isinstance(3, HasLen), issubclass(list, HasLen))
class Shape(Protocol):
    def area(self) -> float: ...
try: Shape()
except TypeError as e: print(e)
try: isinstance(3, Shape)
except TypeError as e: print(e)
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s**2
print(Sq(3).area())
class Movie(TypedDict):
    name: str
    year: int
m = Movie(name='x', year=3); print(m, type(m), Movie.__annotations__, Movie.__required_keys__ == {'name','year'}, Movie.__total__)
def f(a: int, b: 'str' = 'x', *args: float) -> Optional[int]: ...
print(f.__annotations__)
print(get_origin(List[int]), get_args(Dict[str, int]), get_origin(Union[int, str]), get_args(Callable[[int], str]), get_origin(list[int]), get_args(int|str), get_args(Literal[1,2]))
UserId = NewType('UserId', int); print(UserId(5), UserId.__name__, UserId)
print(cast(int, 'x'), TYPE_CHECKING)
@overload
def g(a: int) -> int: ...
@overload
def g(a: str) -> str: ...
def g(a): return a
print(g(3))
try: List[int]()
except TypeError as e: print(e)
try: List[1]
except TypeError as e: print(e)
try: isinstance([], List[int])
except TypeError as e: print(e)
print(isinstance([], List), isinstance(3, Union[int, str]))
try: Union[int]
except TypeError as e: print(e)
class Stack(List[int]): pass
s = Stack(); s.append(1); print(s, Stack.__mro__[1:3])
P = ParamSpec('P'); print(Callable[P, int], P)
print(Final[int], NoReturn, Self, Union[int, 'Foo'], List['Foo'])
print(int | None == Optional[int], Optional[int] == (int | None), hash(Optional[int]) == hash(Union[None, int]))
print(typing.get_type_hints.__name__)
