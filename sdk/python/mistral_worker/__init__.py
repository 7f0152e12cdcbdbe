"""Actions of your own for the Mistral workflow service.

    from mistral_worker import action, run

    @action("my.add")
    def add(a: int, b: int = 1) -> int:
        "Adds two numbers."
        return a + b

    run("http://127.0.0.1:8989")

Python's standard library is all this needs. Packages written for mistral-lib run unchanged: see `mistral-worker --help`.
"""

from .actions import Action, Failure, Started, action, registered
from .context import ActionContext, ExecutionContext, SecurityContext
from .worker import Worker, run

__all__ = [
    "Action",
    "ActionContext",
    "ExecutionContext",
    "Failure",
    "SecurityContext",
    "Started",
    "Worker",
    "action",
    "registered",
    "run",
]
__version__ = "1.0.0"
