"""What `ast` has in C."""

from ast import *
