from functools import *
import functools, operator, heapq, bisect, graphlib, queue, reprlib
from operator import itemgetter, attrgetter, methodcaller
@lru_cache(maxsize=2)
def f(x): print("call",x); return x*2
print(f(1),f(1),f(2),f(3),f(1),f.cache_info()); f.cache_clear(); print(f.cache_info(), f.__name__, f.__wrapped__.__name__, f.cache_parameters())
@cache
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
print(fib(80), fib.cache_info())
p=partial(int,base=2); print(p("101"), p.keywords, p.args, p.func, partial(partial(max,1),2)(0))
print(reduce(lambda a,b:a+b,[1,2,3]), reduce(lambda a,b:a*b,[],5))
@wraps(fib)
def g(*a): "doc"; return fib(*a)
print(g.__name__, g.__wrapped__ is fib, g.__doc__)
print(sorted([3,1,2],key=cmp_to_key(lambda a,b:b-a)))
@total_ordering
class T:
    def __init__(s,v): s.v=v
    def __eq__(s,o): return s.v==o.v
    def __lt__(s,o): return s.v<o.v
print(T(1)<=T(1), T(2)>T(1), T(2)>=T(3))
@singledispatch
def sd(x): return "object"
@sd.register
def _(x: int): return "int"
@sd.register(list)
def _(x): return "list"
print(sd(1), sd([]), sd("a"), sd(True), sd.registry.keys().__len__())
class C:
    @cached_property
    def v(self): print("once"); return 5
    @singledispatchmethod
    def m(self,x): return "any"
    @m.register
    def _(self,x:int): return "int"
    def base(self,a,b): return (a,b)
    pm=partialmethod(base,1)
    @lru_cache(None)
    def lm(self,x): return x+1
c=C(); print(c.v,c.v,c.m(1),c.m("a"),c.pm(2),c.lm(1),c.lm(1),C.lm.cache_info())
print(itemgetter(1)([1,2]), itemgetter(0,2)("abc"), attrgetter("v")(c), methodcaller("upper")("a"), itemgetter(1), attrgetter("a.b"), methodcaller("x",1,k=2))
print(operator.add(1,2), operator.contains([1],1), operator.concat([1],[2]), operator.countOf([1,1],1), operator.indexOf([1,2],2), operator.length_hint([1]), operator.not_(1), operator.__add__(1,2), operator.call(len,"abc"), operator.index(True), operator.is_not(1,2), operator.setitem([1],0,2))
h=[5,3,8,1]; heapq.heapify(h); print(h, heapq.heappop(h), heapq.heappushpop(h,2), heapq.heapreplace(h,9), h); heapq.heappush(h,0); print(h, heapq.nlargest(2,h), heapq.nsmallest(2,h,key=lambda v:-v), list(heapq.merge([1,4],[2,3])), list(heapq.merge([4,1],[3,2],reverse=True)))
print(bisect.bisect_left([1,2,2,3],2), bisect.bisect([1,2,2,3],2), bisect.bisect([1,2,3],0), bisect.bisect_right([{"a":1}],1,key=lambda d:d["a"]))
l=[1,3]; bisect.insort(l,2); print(l)
print(list(graphlib.TopologicalSorter({"d":{"b"},"b":{"a"}}).static_order()))
q=queue.PriorityQueue(); q.put(3); q.put(1); print(q.get(), q.qsize())
try: queue.Queue().get_nowait()
except queue.Empty: print("empty")
print(reprlib.repr(list(range(100))), reprlib.repr("x"*100))
for f in (lambda:reduce(max,[]),lambda:reduce(max,1),lambda:partial(),lambda:partial(1),lambda:heapq.heappop([]),lambda:heapq.heappush(1,1),lambda:bisect.bisect([1],1,-1),lambda:itemgetter(),lambda:itemgetter(1)([]),lambda:attrgetter(1),lambda:attrgetter("x")(1),lambda:lru_cache("a"),lambda:operator.concat(1,2),lambda:operator.index("a"),lambda:cmp_to_key(),lambda:list(graphlib.TopologicalSorter({1:{2},2:{1}}).static_order()), lambda: total_ordering(object)):
    try: print(f())
    except Exception as e: print(e.__class__.__name__, e)
