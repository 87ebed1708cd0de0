from collections import deque,Counter,OrderedDict,defaultdict,namedtuple
import collections
d=deque([1,2,3],maxlen=3); d.append(4); print(d, d.maxlen, len(d), d[0], d[-1], list(reversed(d)))
d=deque("abc"); d.appendleft("z"); d.rotate(1); print(d); d.rotate(-2); print(d); d.extendleft("xy"); print(d, d.index("a"), d.count("a"))
d.insert(1,"q"); print(d); d.remove("q"); del d[0]; d[0]=9; print(d, d==deque(list(d)), d+deque([1]), d*2, 9 in d, deque([1])<deque([2]))
d.reverse(); print(d, d.pop(), d.popleft(), d.copy(), bool(deque()))
q=deque([1]); q.append(q); print(q)
try:
    for x in q: q.append(1)
except RuntimeError as e: print(e)
c=Counter("abracadabra"); print(c, c.most_common(2), c["zz"], sorted(c.elements()), c.total())
c.update("aaa"); c.subtract(a=2); print(c, c+Counter(a=1), c-Counter(a=3), c&Counter(a=1,b=9), c|Counter(z=5), -c, +c)
print(Counter(a=1)==Counter(a=1,b=0), Counter(a=1)<=Counter(a=2), Counter(), Counter({"x":2}), Counter(a=3,b=1).most_common())
c=Counter([1,1,2]); c[3]+=1; del c[1]; del c[99]; print(c, dict(c)); c+=Counter([2]); print(c)
o=OrderedDict([("a",1),("b",2)]); o.move_to_end("a"); print(o, o.popitem(), o); o["c"]=1; o.move_to_end("c",last=False); print(list(o), o==OrderedDict(b=2,c=1), o=={"b":2,"c":1}, o.popitem(False), list(reversed(o)))
dd=defaultdict(list); dd["a"].append(1); print(dd, dd["b"], dd.get("q"), dd.copy(), dd.default_factory, defaultdict(int,a=1)|{"b":2})
try: defaultdict(None)["x"]
except KeyError as e: print(repr(e))
P=namedtuple("P","x y z",defaults=[9]); p=P(1,2); print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, P._make([1,2,3]), P._field_defaults, P.__doc__)
x,y,z=p; print(x,y,z, p==(1,2,9), isinstance(p,tuple), hash(p)==hash((1,2,9)), P(x=1,y=2,z=3), P.__name__, p.__class__)
for f in (lambda:P(),lambda:P(1,2,3,4),lambda:P(1,q=2),lambda:p._replace(q=1),lambda:P._make([1]),lambda:namedtuple("1a","x"),lambda:namedtuple("A","class"),lambda:namedtuple("A","_x"),lambda:namedtuple("A","x x"),lambda:namedtuple("A","x",defaults=[1,2]),lambda:setattr(p,"x",1),lambda:deque(1),lambda:deque().pop(),lambda:deque()[0],lambda:deque([1]).remove(2),lambda:deque([1]).index(2),lambda:deque(maxlen=-1),lambda:deque([1],1).insert(0,1),lambda:deque([1])+[1],lambda:Counter(1),lambda:Counter.fromkeys("a"),lambda:OrderedDict().popitem(),lambda:OrderedDict().move_to_end(1),lambda:defaultdict(1), lambda: collections.nope):
    try: print(f())
    except Exception as e: print(e.__class__.__name__, e)
class Q(namedtuple("Q","a b")):
    __slots__=()
    @property
    def s(self): return self.a+self.b
print(Q(1,2), Q(1,2).s, Q(1,2)._replace(a=3))
class Q2(namedtuple("Q","a b")):
    @property
    def a(self): return "own"
    def __new__(cls, v): return super().__new__(cls, v, v+1)
print(Q2(1).a, Q2(1))
print(namedtuple("R","a b a class",rename=True)._fields)
match p:
    case P(a,b,c): print(a,b,c)
