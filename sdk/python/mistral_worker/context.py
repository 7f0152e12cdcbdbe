"""What an action is told about where it runs, and what it may act with. The same members as mistral-lib's context."""

from __future__ import annotations

import threading
import time
from typing import Any, Mapping, Optional

_SECURITY = (
    "auth_uri",
    "auth_cacert",
    "insecure",
    "service_catalog",
    "region_name",
    "is_trust_scoped",
    "redelivered",
    "expires_at",
    "trust_id",
    "is_target",
    "project_id",
    "project_name",
    "user_name",
    "auth_token",
)


class SecurityContext:
    """In whose name the action runs. Members that are not known are None."""

    auth_uri: Optional[str]
    auth_cacert: Optional[str]
    insecure: Optional[bool]
    service_catalog: Any
    region_name: Optional[str]
    is_trust_scoped: Optional[bool]
    redelivered: Optional[bool]
    expires_at: Optional[str]
    trust_id: Optional[str]
    is_target: Optional[bool]
    project_id: Optional[str]
    project_name: Optional[str]
    user_name: Optional[str]
    auth_token: Optional[str]

    def __init__(self, **members: Any) -> None:
        for name in _SECURITY:
            setattr(self, name, members.get(name))

    def __repr__(self) -> str:
        return f"<SecurityContext of project {self.project_id}>"


class ExecutionContext:
    """The execution that the action belongs to; all None for an action that was run by itself."""

    def __init__(self, **members: Any) -> None:
        self.workflow_execution_id: Optional[str] = members.get("workflow_execution_id")
        self.task_execution_id: Optional[str] = members.get("task_execution_id")
        self.action_execution_id: Optional[str] = members.get("action_execution_id")
        self.workflow_name: Optional[str] = members.get("workflow_name")
        self.callback_url: Optional[str] = members.get("callback_url")
        self.with_items_index: int = members.get("with_items_index") or 0
        self.task_rerun_no: int = members.get("task_rerun_no") or 0
        self.task_rerun_id: Optional[str] = members.get("task_rerun_id")
        self.workflow_propagated_headers: Optional[Mapping[str, str]] = members.get("workflow_propagated_headers")

    @property
    def task_id(self) -> Optional[str]:
        """An old name of `task_execution_id`."""
        return self.task_execution_id


class ActionContext:
    """`context.execution`, `context.security`, and what is special to workers: `deadline`, `attempt`, `is_cancelled`.

    Members of `security` can also be read from the context itself, as old actions do.
    """

    def __init__(self, security: SecurityContext, execution: ExecutionContext) -> None:
        self.security = security
        self.execution = execution
        self.attempt = 1
        #: On the clock of `time.monotonic`; None: there is no limit.
        self.deadline: Optional[float] = None
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Nobody wants the result any more: an action that takes long should look at it now and then, and end."""
        return self._cancelled.is_set()

    @property
    def seconds_left(self) -> Optional[float]:
        """Until the deadline; None: there is no limit."""
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def wait(self, seconds: float) -> bool:
        """Sleeps, but wakes up when the action is cancelled; whether it was."""
        return self._cancelled.wait(seconds)

    def __getattr__(self, name: str) -> Any:
        if name in _SECURITY:
            return getattr(self.security, name)
        raise AttributeError(name)


def of_job(job: Mapping[str, Any]) -> ActionContext:
    """The context of a job."""
    members = job.get("context") or {}
    security = dict(members.get("security") or {})
    security.setdefault("project_id", members.get("project_id"))
    context = ActionContext(SecurityContext(**security), ExecutionContext(**members))
    context.attempt = job.get("attempt") or 1
    if job.get("timeout_seconds") is not None:
        context.deadline = time.monotonic() + job["timeout_seconds"]
    return context
