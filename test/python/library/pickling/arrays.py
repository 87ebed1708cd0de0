from array import array
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
for c in 'bBhHiIlLqQfdu':
    print('==',c)
    for v in (-2**70,-2**63-1,-2**33,-2**31-1,-40000,-129,-1,128,256,40000,70000,2**31,2**32,2**33,2**63,2**64,2**70,'a','ab',1.5,None,b'x'):
        print(v,end=' '); t(lambda: array(c,[v]))
for e in ["array()","array('x')","array(1)","array('ab')","array('i',5)","array('i','abc')","array('u','abc')","array('i',b'abc')","array('i',array('u','ab'))","array('i',array('d',[1.0]))","array('d',array('i',[1]))","array('i',[1])+[2]","array('i',[1])+array('d')","array('i').pop()","array('i',[1]).pop(5)","array('i').remove(1)","array('i').index(1)","array('i',[1])[5]","array('i',[1])['a']","array('i')[0:1]","array('i',[1]).extend(array('d'))","array('i',[1]).extend(5)","array('i').frombytes('a')","array('i').frombytes(b'abc')","array('i').fromlist(5)","array('i').fromlist([1,'a'])","array('i').fromunicode('a')","array('i').tounicode()","array('u','ab').tounicode()","array('i',[1])==array('d',[1])","array('i',[1])<array('i',[2])","array('i',[1])==[1]","array('i',[1])<[1]","array('i').__reduce_ex__(2)","array('i',[1]).__reduce_ex__(3)","array('i').itemsize","array('i',[3,4]).buffer_info()[1]","array('i',x=1)","array('i',[],3)","array('i').append()","array('u',[1])","array('u','a').append('')","array('i').index(1,2,3)","array('i').__class_getitem__(int)","iter(array('i',[1])).__reduce__()","array('i',[1]).__copy__()","array('u','ab')","array('u')","array('d',[1.5])","array('f',[1.1])","array('i').insert('a',1)","array('f',[1e300])","array('i',[1,2])*-1","2*array('i',[1,2])","array('i',[1,2]).__contains__('a')","array('i',[1]).byteswap()","array('f',['a'])","array('i')+ array('i')","array('i').tofile(1)","array('i').fromfile(1,1)"]:
    print(e,end=' '); t(lambda: eval(e))
a=array('i',range(10))
for s in ["a[2:4]=[1]","a[2:4]=array('d')","a[2:4]=array('i',[7,7,7])","a[::2]=array('i',[1])","del a[::3]","del a[0]","del a[50]","a['x']=1","a[99]=1","a[0]='x'","a[0:2]=a","a+=[1]","a*=2","a+=array('i',[5])"]:
    try: exec(s)
    except Exception as e: print(s,type(e).__name__,e)
    print(a)

import copy
from array import typecodes, ArrayType
print(typecodes, ArrayType is array, array.__module__, isinstance(array('i'), array))
for c in typecodes:
    a = array(c, 'héé' if c == 'u' else [1, 2, 3])
    print(a, a.itemsize, a.tobytes(), a[::-1], a[1:], a.count(a[1]), list(a), copy.copy(a) == a, bytes(a) == a.tobytes())
    m = memoryview(a)
    print(m.nbytes, m.itemsize, len(m)); m.release()
    b = array(c); b.frombytes(a.tobytes()); print(b == a, a != b, b <= a, b < a)
    a.reverse(); a.insert(-1, a[0]); print(a, a.pop(0), a)
    if c != 'u':
        a.byteswap(); a.byteswap(); print(a)
class Mine(array):
    def __init__(self, *args): self.x = 1
m = Mine('h', [1, 2]); print(m, m.x, m + m, m[0:1], m.__reduce_ex__(2))
a = array('d', [float('nan')]); print(a == a, float('nan') in a)
a = array('B', b'abc'); memoryview(a)[1] = 90; print(a, bytearray(a), b'-'.join([a, a]))
a = array('i', range(3)); it = iter(a); print(next(it)); a.append(9); print(list(it))
