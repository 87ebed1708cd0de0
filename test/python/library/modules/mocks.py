import asyncio
import sys
from unittest import mock
from unittest.mock import ANY, AsyncMock, MagicMock, Mock, PropertyMock, call, create_autospec, patch, seal, sentinel


def told(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


m = Mock(name="shop")
m.buy("apple", count=2)
m.basket.items().pop(0)
print(m.mock_calls, m.method_calls, m.buy.call_args, m.buy.call_args.kwargs, m.call_count)
print(m.mock_calls == [call.buy("apple", count=2), call.basket.items(), call.basket.items().pop(0)])
told(m.buy.assert_called_once_with, "apple", count=3)
told(m.buy.assert_called_once_with, "apple", count=2)
told(m.sell.assert_called)
told(m.assert_has_calls, [call.buy(ANY, count=2)])
told(m.assert_has_calls, [call.sell()])
told(lambda: m.asert_called())
m.side = Mock(side_effect=[1, KeyError("no"), 3])
for _ in range(4):
    told(m.side)
m.configure_mock(**{"a.b.return_value": 5, "c": 6})
print(m.a.b(), m.c, m.reset_mock(), m.mock_calls)

magic = MagicMock()
magic.__getitem__.side_effect = lambda key: key * 2
magic.__len__.return_value = 4
print(magic[3], len(magic), list(magic), int(magic), bool(magic), magic == magic, 2 in magic)
with magic as inside:
    print(inside is magic.__enter__.return_value)
print(magic.__getitem__.mock_calls, float(magic), hash(magic) == hash(magic), magic + 1 is magic.__add__.return_value)


class Engine:
    limit = 3

    def __init__(self, power):
        self.power = power

    def start(self, key, *, slow=False):
        return key

    @staticmethod
    def kinds(a):
        pass

    async def charge(self, amount):
        return amount


auto = create_autospec(Engine)
engine = auto(5)
told(auto)
told(engine.start)
told(engine.start, 1, fast=True)
engine.start(1, slow=True)
told(engine.start.assert_called_with, key=1, slow=True)
engine.start.assert_called_with(1, slow=True)
told(lambda: engine.stop)
told(lambda: setattr(create_autospec(Engine, spec_set=True), "other", 1))
print(isinstance(engine, Engine), asyncio.run(engine.charge(3)) is engine.charge.return_value)


def area(width, height=1):
    return width * height


spec = create_autospec(area, return_value=7)
print(spec(2, height=3), spec.call_count, spec.__name__)
told(spec)
spec.assert_called_once_with(2, 3)

with patch(__name__ + ".area", return_value=1) as fake:
    print(area(3), fake.call_args_list)
with patch.object(Engine, "limit", 10), patch.object(Engine, "power", PropertyMock(return_value=9), create=True):
    print(Engine.limit, Engine.__dict__["power"]())
print(Engine.limit, hasattr(Engine, "power"))


@patch.multiple(Engine, start=mock.DEFAULT, limit=4)
@patch.dict("sys.modules", {"made_up": sentinel.module})
def decorated(start):
    import made_up

    print(made_up, Engine.limit, Engine(1).start is start)


decorated()
print("made_up" in sys.modules, Engine.limit)
config = {"a": 1}
with patch.dict(config, {"b": 2}, clear=True):
    print(config)
print(config)
reader = mock.mock_open(read_data="one\ntwo\n")
with patch("builtins.open", reader):
    with open("some.txt") as file:
        print(file.readline(), list(file))
    print(open("other").read(), reader.mock_calls[0])
sealed = MagicMock()
sealed.known = 1
seal(sealed)
told(lambda: sealed.unknown)
coming = AsyncMock(return_value=3)
print(asyncio.run(coming(1)), coming.await_count, coming.await_args)
coming.assert_awaited_once_with(1)
told(coming.assert_not_awaited)
print(asyncio.iscoroutinefunction(coming), asyncio.iscoroutinefunction(MagicMock()))
print(repr(sentinel.here), call(1).foo.bar(2), call.a.b == call.a.b, call(1, a=2) == ((1,), {"a": 2}))
print(Mock(spec=["x"]).x is not None, Mock(wraps=len)([1, 2]))
told(lambda: Mock(spec=["x"]).y)
