constructor = 1
hasOwnProperty = 2
arguments = 3
this = 4
delete = 5
let = 6
undefined = 7
var = 8
function = 9
new = 10
typeof = 11
null = 12
NaN = 13
Infinity = 14
window = 15
eval_ = 16
const = 17
static = 18
enum = 19
interface = 20
switch = 21
throw = 22
void = 23
super_ = 24
debugger = 25
print(constructor, hasOwnProperty, arguments, this, delete, let, undefined, var, function, new, typeof, null, NaN, Infinity)
def f(arguments, this, new=1, *let, **var):
    def inner():
        nonlocal this
        this += 1
        return arguments, this, new, let, var
    return inner
print(f(1, 2, 3, 4, function=5)())
class switch:
    const = 1
    def delete(self, void):
        return void, self.const
print(switch().delete(void=3))
print([this for this in range(3)], (lambda null: null)(4))
