try:
    int("1" * 5000)
except ValueError as error:
    print(error)
try:
    str(10**5000)
except ValueError as error:
    print(error)
try:
    f"{10**4400:d}"
except ValueError as error:
    print(error)
print(len(hex(10**5000)))
