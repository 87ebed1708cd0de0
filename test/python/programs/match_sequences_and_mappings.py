from collections import OrderedDict, defaultdict, Counter, UserDict, UserList, UserString, ChainMap, deque, namedtuple
from types import MappingProxyType
import array
class L(list): pass
class D(dict): pass
class T(tuple): pass
class S(str): pass
class B(bytes): pass
P=namedtuple('P','a')
for v in ([1],(1,),range(2),'a',b'a',bytearray(b'a'),{1:2},{1},frozenset(),L([1]),D(),T((1,)),S('a'),B(b'x'),OrderedDict(),defaultdict(int),Counter(),UserDict(),UserList([1]),UserString('a'),ChainMap(),deque([1]),P(1),MappingProxyType({}),memoryview(b'a'),array.array('i'),iter([]),None,1,1.5,object,L,dict,(x for x in []), type(MappingProxyType({}))):
    match v:
        case [*_]: r='seq'
        case {}: r='map'
        case str() | bytes(): r='text'
        case _: r='-'
    print(type(v).__name__, r)
import collections.abc


class Late:
    pass


class Below(Late):
    pass


class Both(UserDict, collections.abc.Sequence):
    pass


def kind(value):
    match value:
        case [*_]:
            return "seq"
        case {}:
            return "map"


print(kind(Late()), kind(Below()), kind(Both()))
collections.abc.Sequence.register(Late)
print(kind(Late()), kind(Below()))
