"""The operators, by the name of the module that has them in C."""

from hmac import compare_digest as _compare_digest
from operator import *
