"""What `threading` has from the machine."""

from threading import RLock, TIMEOUT_MAX, get_ident, get_native_id, stack_size
from threading import ExceptHookArgs as _ExceptHookArgs
from threading import Lock as LockType, Lock as allocate_lock
from threading import ThreadError as error, excepthook as _excepthook, local as _local
