"""Tasks on an event loop: what programs without a network use of asyncio."""

from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .queues import *
from .runners import *
from .tasks import *
from .timeouts import *
