x=1
def rnd(n):
    global x
    x=(x*1103515245+12345)%2147483648
    return x%n
bad=0
for n in list(range(0,70,9)):
  for span in (2,10,10**6):
    a=[rnd(span)-span//2 for _ in range(n)]
    for vals in (a,[v/2 for v in a],[str(v) for v in a],[(v%3,v) for v in a],[v if v%2 else v/1 for v in a], [10**20*v for v in a], [[v%5,str(v)] for v in a]):
      for kw in ({}, {"reverse":True},{"key":lambda v:v},{"key":lambda v:str(v),"reverse":True},{"key":lambda v:(str(v)[:1],1)}, {"key":lambda v:len(str(v))},{"key":lambda v:len(str(v)),"reverse":True}):
        s=sorted(vals,**kw); 
        # stable insertion reference
        key=kw.get("key",lambda v:v)
        idx=sorted(range(n),key=lambda i:(key(vals[i]),i)) if not kw.get("reverse") else None
        if idx is not None and s!=[vals[i] for i in idx]: bad+=1
        print(hash(str(s[:5])+str(s[-5:]))%1 if 0 else s[:3]+s[-2:])
print(bad)
class K:
    def __init__(s,v): s.v=v
    def __lt__(s,o):
        if s.v==13: raise ValueError("13")
        return s.v<o.v
l=[K(v) for v in (5,13,2,8)]
try: l.sort()
except ValueError as e: print(e, sorted(k.v for k in l))
l=[3,1,2]
def key(v): l.append(1); return v
try: l.sort(key=key)
except ValueError as e: print(e, l)
