"""Which actions a worker serves, from its settings: modules with `@action`, installed packages, patterns of names."""

from __future__ import annotations

import fnmatch
import importlib
import importlib.util
import os
import sys
from typing import Any, Dict, List, Mapping

from . import actions as functions
from . import library, plugins
from .actions import Action


def load(settings: Mapping[str, Any]) -> List[Action]:
    """`modules`: names, or paths of files; `plugins`, `generators`: whether to look at packages; `only`, `exclude`: patterns;
    `config_files`: for packages that read oslo.config."""
    if settings.get("config_files"):
        plugins.read_configuration(list(settings["config_files"]))
    for module in settings.get("modules") or ():
        _import(module)
    only, exclude = settings.get("only") or (), settings.get("exclude") or ()

    def allows(name: str) -> bool:
        # As upstream's lists: if there are names to allow, they alone count.
        if only:
            return any(fnmatch.fnmatchcase(name, pattern) for pattern in only)
        return not any(fnmatch.fnmatchcase(name, pattern) for pattern in exclude)

    found: Dict[str, Action] = {}
    library.provide()
    groups = [name for name in ("plugins", "generators") if settings.get(name)]
    found.update((action.name, action) for action in plugins.discover(allows, groups))
    found.update((action.name, action) for action in functions.registered() if allows(action.name))
    return [found[name] for name in sorted(found)]


def _import(module: str) -> None:
    if not module.endswith(".py"):
        importlib.import_module(module)
        return
    path = os.path.abspath(module)
    name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{module} cannot be loaded")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
