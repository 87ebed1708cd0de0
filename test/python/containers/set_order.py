x=7
def rnd(n):
    global x
    x=(x*1103515245+12345)%2147483648
    return (x>>8)%n
def val(k):
    if k==0: return rnd(20)
    if k==1: return rnd(1000)-500
    if k==2: return (rnd(5),rnd(5))
    if k==3: return rnd(40)/2
    if k==4: return (rnd(2000)-1000)*10**rnd(12)
    return [rnd(9),(rnd(3),(rnd(3),1.5)),True,2**70+rnd(5),rnd(5)][rnd(5)]
print({100,3,50,7,21},{1,2,3},{(0,1),(1,0),(2,2)},{5,100,3,17,200,-1,-2},set(range(10)),{x*37%101 for x in range(30)})
for t in range(40):
    k=rnd(6); n=rnd(30)
    a={val(k) for _ in range(n)}; b=set([val(k) for _ in range(rnd(40))]); c=frozenset(val(k) for _ in range(rnd(10)))
    print(a,b,c)
    print(a|b,a&b,a-b,a^b,b-a,c|a,c-a, a|c|b)
    print(a.copy(),set(a),frozenset(b),set(list(a)),a.union(list(b),c),a.intersection(list(b)),a.difference(list(c)),a.symmetric_difference(list(b)))
    d=dict.fromkeys(a); print(set(d), d.keys()|b, d.keys()&b, d.keys()-b, d.keys()^b)
    for _ in range(rnd(30)):
        o=rnd(9); v=val(k)
        if o<3: a.add(v)
        elif o<5: a.discard(v)
        elif o==5 and a: print(a.pop())
        elif o==6: a|=b
        elif o==7: a-=c
        elif o==8: a^=c
    print(a, list(a), sorted(map(str,a))[:3])
    b&=a; print(b); b.update(a,[1,2]); print(b)
    while a and len(a)>3: print(a.pop(),end=" ")
    a.add(3); print(a)
