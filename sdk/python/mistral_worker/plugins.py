"""Actions of packages that were written for upstream: entry points `mistral.actions` and `mistral.generators`, unchanged."""

from __future__ import annotations

import importlib.metadata
import inspect
import json
import logging
import re
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Tuple, Union

from .actions import MAX_DEFAULT, Action, Failure, Started
from .context import ActionContext

LOG = logging.getLogger("mistral_worker")

#: Upstream's own package offers these too, if it is installed: the service has them already.
_STANDARD = re.compile(r"^std\.")
_NAME = re.compile(r"^[\w-]+$")


def discover(
    allows: Callable[[str], bool] = lambda name: True, groups: Iterable[str] = ("plugins", "generators")
) -> List[Action]:
    """All actions of installed packages. What cannot be loaded is told in the log and left out."""
    found: Dict[str, Action] = {}
    for point in _entry_points("mistral.actions") if "plugins" in groups else ():
        if _STANDARD.match(point.name) or not allows(point.name):
            continue
        try:
            found[point.name] = of_class(point.name, point.load())
        except Exception as error:
            LOG.error("action %s of %s cannot be loaded: %s: %s", point.name, point.value, type(error).__name__, error)
    for point in _entry_points("mistral.generators") if "generators" in groups else ():
        try:
            generators = list(point.load()())
        except Exception as error:
            LOG.error("generators %s cannot be loaded: %s: %s", point.value, type(error).__name__, error)
            continue
        for generator in generators:
            for made in _generated(generator):
                if allows(made.name) and not _STANDARD.match(made.name):
                    found.setdefault(made.name, made)
    return [found[name] for name in sorted(found)]


def _entry_points(group: str) -> Iterable[Any]:
    points: Any = importlib.metadata.entry_points()
    if hasattr(points, "select"):
        return sorted(points.select(group=group), key=lambda point: point.name)
    return sorted(set(points.get(group, ())), key=lambda point: point.name)


def _generated(generator: Any) -> Iterable[Action]:
    try:
        descriptions = list(generator.create_actions())
    except Exception as error:
        LOG.error("generator %s: %s: %s", getattr(generator, "__name__", generator), type(error).__name__, error)
        return
    for description in descriptions:
        try:
            yield of_class(
                description["name"], description["class"], description.get("arg_list"), description.get("description")
            )
        except Exception as error:
            LOG.error("generated action %s: %s: %s", description.get("name"), type(error).__name__, error)


def of_class(name: str, kind: Any, arguments: Optional[str] = None, description: Optional[str] = None) -> Action:
    """The action that a class of mistral-lib's kind is. `arguments` is upstream's text of parameters, `a, b=1`."""
    kind = _mend(kind)
    parameters, accepts_any = read_arguments(arguments) if arguments is not None else _parameters(kind)
    is_coroutine = inspect.iscoroutinefunction(getattr(kind, "run", None))

    def call(input: Mapping[str, Any], context: ActionContext) -> Any:
        made = kind(**input)
        return _arun(made, context) if is_coroutine else _run(made, context)

    return Action(
        name=name,
        call=call,
        description=(inspect.getdoc(kind) if description is None else description) or "",
        input=parameters,
        accepts_any=accepts_any,
        is_sync=_is_sync(kind),
        is_async=is_coroutine,
        needs_security_context=True,
        class_name=f"{kind.__module__}.{kind.__name__}",
    )


def _is_sync(kind: Any) -> bool:
    """What the class says without an input; each call asks its own object again."""
    try:
        return bool(kind.is_sync(kind.__new__(kind)))
    except Exception:
        return True


def _parameters(kind: Any) -> Tuple[List[Union[str, Dict[str, Any]]], bool]:
    parameters: List[Union[str, Dict[str, Any]]] = []
    accepts_any = False
    if kind.__init__ is object.__init__:
        return parameters, accepts_any
    for parameter in list(inspect.signature(kind.__init__).parameters.values())[1:]:
        if parameter.kind is parameter.VAR_KEYWORD:
            accepts_any = True
        elif parameter.kind is parameter.VAR_POSITIONAL:
            continue
        elif parameter.default is parameter.empty:
            parameters.append(parameter.name)
        else:
            parameters.append({parameter.name: _shown(parameter.default)})
    return parameters, accepts_any


def _shown(default: Any) -> Any:
    try:
        return default if len(json.dumps(default, allow_nan=False)) <= MAX_DEFAULT else None
    except (TypeError, ValueError):
        return None


def read_arguments(text: str) -> Tuple[List[Union[str, Dict[str, Any]]], bool]:
    """Upstream's text of parameters; commas inside brackets and quotes separate nothing."""
    parameters: List[Union[str, Dict[str, Any]]] = []
    accepts_any = False
    for piece in _pieces(text):
        name, has_default, default = piece.partition("=")
        name = name.strip()
        if name.startswith("**"):
            accepts_any = True
        elif not _NAME.match(name):
            continue
        elif has_default:
            try:
                value = json.loads(default.strip())
            except ValueError:
                value = default.strip()
            parameters.append({name: _shown(value)})
        else:
            parameters.append(name)
    return parameters, accepts_any


def _pieces(text: str) -> Iterable[str]:
    depth, quote, start, escaped = 0, "", 0, False
    for at, char in enumerate(text):
        if quote:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == quote:
                quote = ""
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 0:
            yield text[start:at].strip()
            start = at + 1
    if text[start:].strip():
        yield text[start:].strip()


def library_context(context: ActionContext) -> Any:
    """The same context as mistral-lib's own type, if that is installed: some actions look at the type."""
    try:
        from mistral_lib.actions import context as library  # type: ignore[import-untyped]
    except ImportError:
        return context
    security = library.SecurityContext(**{name: value for name, value in vars(context.security).items()})
    execution = library.ExecutionContext(
        **{name: value for name, value in vars(context.execution).items() if name != "task_id"}
    )
    made = library.ActionContext(security_ctx=security, execution_ctx=execution)
    # What is special to workers, for actions that know it.
    made.attempt, made.deadline = context.attempt, context.deadline
    return made


def _run(made: Any, context: ActionContext) -> Any:
    given = library_context(context)
    _enter(given)
    try:
        return _finish(made, made.run(given) if _takes_context(made) else made.run())
    except (Failure, _Cancelled):
        raise
    except BaseException as error:  # Upstream makes results of all of them.
        raise Failure(raised(made, context, error)) from error


def _takes_context(made: Any) -> bool:
    """Actions from before mistral-lib do not."""
    try:
        return bool(inspect.signature(made.run).parameters)
    except (TypeError, ValueError):
        return True


async def _arun(made: Any, context: ActionContext) -> Any:
    try:
        return _finish(made, await made.run(library_context(context)))
    except (Failure, _Cancelled):
        raise
    except Exception as error:
        raise Failure(raised(made, context, error)) from error


def raised(made: Any, context: ActionContext, error: BaseException) -> str:
    """Upstream's words for what an action raised; an object's address is left out."""
    shown = re.sub(r" at 0x[0-9a-f]+>$", ">", str(made))
    return (
        f"The action raised an exception [action={shown}, "
        f"action_ex_id={context.execution.action_execution_id}, msg='{str(error) or type(error).__name__}']"
    )


class _Cancelled(Exception):
    """The action says that it was cancelled."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.data = data


def _finish(made: Any, result: Any) -> Any:
    """What an action returned, as a value of ours: mistral-lib's `Result` has three forms."""
    is_result = all(hasattr(result, name) for name in ("data", "error", "cancel")) and hasattr(result, "is_error")
    if is_result and result.cancel:
        raise _Cancelled(result.error)
    if is_result and result.error is not None:
        raise Failure(result.error)
    if not made.is_sync():
        return Started()
    return result.data if is_result else result


def cancelled(error: BaseException) -> Optional[_Cancelled]:
    """The error as the cancellation that an action asked for, if it is one."""
    return error if isinstance(error, _Cancelled) else None


def _enter(given: Any) -> None:
    """mistral-extra's clients look for the context in the thread."""
    import sys

    module = sys.modules.get("mistral_extra.actions.openstack.utils.context")
    if module is not None:
        security = given.security
        if not hasattr(security, "user_id"):
            security.user_id = None
        module.set_ctx(security)


def _mend(kind: Any) -> Any:
    """mistral-extra asks for all service types of a client and takes the last that is found, though the first is the right one. And
    its generated classes have the names of methods: in messages they are called as what they were generated from."""
    base = next((one for one in kind.__mro__ if one.__name__ == "OpenStackAction"), None)
    if base is None:
        return kind
    parent = kind.__bases__[0]
    if "client_method_name" in kind.__dict__ and parent is not base:
        kind = type(parent.__name__, (kind,), {"__module__": parent.__module__, "__doc__": kind.__doc__})
    if base.__dict__.get("_mended"):
        return kind
    for method in ("get_session_and_auth", "get_service_endpoint"):
        setattr(base, method, _first(getattr(base, method)))
    base._mended = True
    return kind


def _first(original: Callable[..., Any]) -> Callable[..., Any]:
    def with_first(self: Any, *arguments: Any, **named: Any) -> Any:
        types, error = list(self._service_types or []), None
        for service_type in types[:-1]:
            self._service_types = [service_type]
            try:
                return original(self, *arguments, **named)
            except Exception as failed:
                error = failed
            finally:
                self._service_types = types
        if types:
            self._service_types = types[-1:]
        try:
            return original(self, *arguments, **named)
        except Exception as failed:
            # The text names all that were tried.
            text = str(failed).replace(str(types[-1:]), str(types)) if error is not None else str(failed)
            raise type(failed)(text) from failed
        finally:
            self._service_types = types

    return with_first


def read_configuration(files: List[str]) -> None:
    """Gives configuration files of upstream's kind to the packages that read them with oslo.config."""
    try:
        from oslo_config import cfg
    except ImportError:
        LOG.debug("oslo.config is not installed: nobody reads %s", ", ".join(files))
        return
    try:
        import mistral_extra.config  # type: ignore[import-untyped]  # noqa: F401  Registers its options.
    except ImportError:
        LOG.debug("mistral-extra is not installed")
    arguments = [part for file in files for part in ("--config-file", file)]
    try:
        from keystoneauth1 import loading

        if "keystone_authtoken" not in cfg.CONF:
            loading.register_auth_conf_options(cfg.CONF, "keystone_authtoken")
            loading.register_session_conf_options(cfg.CONF, "keystone")
    except ImportError:
        LOG.debug("keystoneauth1 is not installed")
    cfg.CONF(arguments, project="mistral", default_config_files=files)
    _register_identity(cfg)


def _register_identity(cfg: Any) -> None:
    """Options that mistral-extra reads and leaves to others to register."""
    for name in ("www_authenticate_uri", "region_name", "admin_user", "admin_password", "admin_tenant_name"):
        try:
            cfg.CONF.register_opt(cfg.StrOpt(name), group="keystone_authtoken")
        except cfg.DuplicateOptError:
            continue
