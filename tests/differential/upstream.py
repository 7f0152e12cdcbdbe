"""Evaluates with the real thing: the `mistral` package and what it brings along."""

import json
import logging
import os
import resource
import signal
import warnings

os.environ["TZ"] = "UTC"
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

# The filters of Jinja exist only when the database layer was imported first.
from mistral.db.v2 import api as _  # noqa: E402,F401
from mistral import expressions  # noqa: E402
from mistral.expressions import jinja_expression, yaql_expression  # noqa: E402
from mistral.utils import safe_yaml  # noqa: E402
from mistral_lib import utils as mistral_utils  # noqa: E402
from oslo_config import cfg  # noqa: E402
from oslo_serialization import jsonutils  # noqa: E402
from yaql.language import exceptions as yaql_exceptions  # noqa: E402

MEMORY = 3 << 30
SECONDS = 2.0

YAQL_CATEGORIES = [
    (yaql_exceptions.YaqlLexicalException, "lex"),
    (yaql_exceptions.YaqlGrammarException, "grammar"),
    (yaql_exceptions.NoFunctionRegisteredException, "unknown_function"),
    (yaql_exceptions.NoMethodRegisteredException, "unknown_method"),
    (yaql_exceptions.NoMatchingFunctionException, "no_match"),
    (yaql_exceptions.NoMatchingMethodException, "no_match"),
    (yaql_exceptions.AmbiguousFunctionException, "ambiguous"),
    (yaql_exceptions.AmbiguousMethodException, "ambiguous"),
    (yaql_exceptions.MappingTranslationException, "mapping"),
    (yaql_exceptions.ArgumentException, "argument"),
    (yaql_exceptions.CollectionTooLargeException, "limit"),
    (yaql_exceptions.MemoryQuotaExceededException, "memory"),
]

CATEGORIES = {
    "RepresenterError": "type",
    "KeyError": "key",
    "IndexError": "index",
    "TypeError": "type",
    "ValueError": "value",
    "JSONDecodeError": "value",
    "ParserError": "value",
    "UnicodeEncodeError": "value",
    "UnicodeDecodeError": "value",
    "ZeroDivisionError": "zero_division",
    "OverflowError": "overflow",
    "StopIteration": "empty",
    "AttributeError": "attribute",
    "AssertionError": "assertion",
    "UndefinedError": "undefined",
    "SecurityError": "security",
    "RecursionError": "recursion",
    "error": "regex",
    "TemplateRuntimeError": "runtime",
    "FilterArgumentError": "filter_argument",
    "TemplateAssertionError": "unknown_filter",
    "TemplateSyntaxError": "grammar",
    "MemoryError": "memory",
    "YaqlGrammarException": "grammar",
    "JinjaGrammarException": "grammar",
    "ExpressionGrammarException": "grammar",
}

WRAPPERS = ("YaqlEvaluationException", "JinjaEvaluationException", "YaqlGrammarException", "JinjaGrammarException")


class Unanswered(BaseException):
    """It takes too long."""


def prepare(options):
    """Called once per process; `options` are those of `[yaql]`."""

    def stop(*_):
        raise Unanswered

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, stop)
    for name, value in options.items():
        cfg.CONF.set_override(name, value, group="yaql")
    yaql_expression.YAQL_ENGINE = None


def category(error):
    for kind, name in YAQL_CATEGORIES:
        if isinstance(error, kind):
            return name
    if type(error).__module__.startswith("yaml.") and type(error).__name__ != "RepresenterError":
        return "other"
    return CATEGORIES.get(type(error).__name__, "other")


def _cause(error):
    """What is behind a wrapping exception of the service."""
    if type(error).__module__ == "mistral.exceptions" and type(error).__name__ in WRAPPERS:
        return error.__context__ or error
    return error


def _yaql(text, context):
    try:
        return yaql_expression.YAQLEvaluator.evaluate(text, context)
    except Exception as error:
        raise _cause(error) from None


def _yaml(text):
    return safe_yaml.load(text)


def answer(kind, text, context):
    """The counterpart of examples/evaluate_records.rs; None when there is no answer in time."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return _answer(kind, text, context)
    except Unanswered:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(kind, text, context):
    try:
        if kind == "yaql":
            value = _yaql(text.strip(), context)
        elif kind == "jinja":
            value = jinja_expression.JinjaEvaluator.evaluate(text, context)
        elif kind == "template":
            value = expressions.evaluate(text, context)
        elif kind == "recursive":
            value = expressions.evaluate_recursively(text, context)
        elif kind == "validate":
            value = expressions.validate(text)
        else:
            value = _yaml(text)
    except Exception as error:
        return {"category": category(_cause(error)), "message": str(error)}
    found = {}
    try:
        if kind in ("yaql", "jinja"):
            found["shown"] = str(value)
        elif kind == "yaml":
            found["shown"] = safe_yaml.safe_dump(value, default_flow_style=False)
    except Exception as error:
        found["message"] = str(error)
    try:
        dumps = jsonutils.dumps if kind == "yaml" else mistral_utils.to_json_str
        found["value"] = None if value is None else json.loads(dumps(value))
    except Exception as error:
        found["stored"] = False
        found["message"] = str(error)
    return found
