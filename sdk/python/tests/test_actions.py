import dataclasses
import datetime
import enum
import json
import typing
import unittest
import uuid

from mistral_worker import ActionContext, action, actions, context, hints, plugins, serialization


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


def run(made, **input):
    return made.call(input, context.of_job({}))


class Functions(unittest.TestCase):
    def test_a_function_is_described(self):
        @action("t.add")
        def add(a: int, context: ActionContext, b: typing.Optional[int] = 1, **rest: str) -> int:
            "Adds."
            return a + b

        made = next(one for one in actions.registered() if one.name == "t.add")
        shown = made.describe()
        self.assertEqual(shown["input"], ["a", {"b": 1}])
        self.assertTrue(shown["accepts_any"])
        self.assertEqual(shown["description"], "Adds.\n\nInput: a: int, b: Optional[int], rest: str\nResult: int")
        self.assertEqual(run(made, a=2, b=3), 5)

    def test_without_a_name_the_function_gives_it(self):
        @action
        def thing():
            pass

        self.assertIn("test_actions.thing", [one.name for one in actions.registered()])

    def test_wrong_input_is_named(self):
        @action("t.typed")
        def typed(a: int = 0, b: typing.List[str] = [], c: Colour = Colour.RED, d: typing.Optional[Point] = None):
            return a, b, c, d

        made = next(one for one in actions.registered() if one.name == "t.typed")
        self.assertEqual(run(made, c="red", d={"x": 1}), (0, [], Colour.RED, Point(1)))
        for input, text in [
            ({"a": "1"}, "parameter 'a' must be int, not str"),
            ({"a": True}, "parameter 'a' must be int, not bool"),
            ({"b": ["x", 1]}, "parameter 'b' [1] must be str, not int"),
            ({"c": "blue"}, "parameter 'c' must be one of 'red'"),
            ({"d": {"z": 1}}, "parameter 'd' must be"),
        ]:
            with self.assertRaises(TypeError) as caught:
                run(made, **input)
            self.assertIn(text, str(caught.exception))

    def test_hints(self):
        for hint, value, expected in [
            (float, 1, 1.0),
            (typing.Any, "x", "x"),
            (typing.Dict[str, int], {"a": 1}, {"a": 1}),
            (typing.Literal["a", 1], 1, 1),
            (typing.Set[int], [1, 1], {1}),
            (datetime.datetime, "kept", "kept"),
        ]:
            self.assertEqual(hints.check_of(hint)(value), expected)


class Values(unittest.TestCase):
    def test_what_json_cannot_say_is_converted(self):
        class Plain:
            def __init__(self):
                self.a, self._b = 1, 2

        class Own:
            def to_dict(self):
                return {"own": True}

        known = uuid.UUID(int=5)
        for value, text in [
            (b"caf\xc3\xa9", '"café"'),
            (datetime.datetime(2020, 1, 2, 3, 4, 5, 6), '"2020-01-02T03:04:05.000006"'),
            ((1, {2}), "[1,[2]]"),
            (Plain(), '{"a":1}'),
            (Own(), '{"own":true}'),
            (known, f'"{known}"'),
            ((n for n in range(2)), "[0,1]"),
            ({1: None, None: 2}, '{"1":null,"null":2}'),
            (float("nan"), "null"),
            (ValueError("no"), '"no"'),
            (Point(1), '{"x":1,"y":0}'),
        ]:
            self.assertEqual(serialization.to_json(value), text)

    def test_what_cannot_be_told_is_refused(self):
        loop = []
        loop.append(loop)
        with self.assertRaises(ValueError):
            serialization.to_json(loop)
        with self.assertRaises(UnicodeDecodeError):
            serialization.to_json({"x": b"\xff"})
        deep = []
        for _ in range(200):
            deep = [deep, object]
        self.assertIsInstance(json.loads(serialization.to_json(deep)), list)


class Classes(unittest.TestCase):
    """Actions written as mistral-lib's documentation says, with nothing of ours in them."""

    class Result:
        def __init__(self, data=None, error=None, cancel=False):
            self.data, self.error, self.cancel = data, error, cancel

        def is_error(self):
            return self.error is not None and not self.cancel

    class Base:
        def __init__(self):
            pass

        def is_sync(self):
            return True

    def test_parameters_come_from_the_constructor(self):
        class Add(self.Base):
            "Adds."

            def __init__(self, a, b=1, *args, **kwargs):
                self.a, self.b = a, b

            def run(self, context):
                return self.a + self.b, context.execution.workflow_name, context.project_id

        made = plugins.of_class("x.add", Add)
        self.assertEqual((made.input, made.accepts_any, made.description), (["a", {"b": 1}], True, "Adds."))
        given = context.of_job({"context": {"workflow_name": "w", "project_id": "p"}})
        self.assertEqual(made.call({"a": 2}, given), (3, "w", "p"))

    def test_results_have_three_forms(self):
        from mistral_worker import calls

        results = self.Result

        class Says(self.Base):
            def __init__(self, **result):
                self.result = result

            def run(self, context):
                return results(**self.result)

        made = plugins.of_class("x.says", Says)
        for result, members in [
            ({"data": 1}, '"data":1'),
            ({"error": ""}, '"error":""'),
            ({"error": {"a": 1}}, '"error":{"a":1}'),
            ({"cancel": True}, '"cancel":null'),
        ]:
            self.assertEqual(calls.end_of(lambda: run(made, **result)), members)

    def test_exceptions_are_worded_as_upstream(self):
        from mistral_worker import calls

        class Breaks(self.Base):
            def run(self, context):
                raise KeyError("k")

        text = json.loads("{" + calls.end_of(lambda: run(plugins.of_class("x.b", Breaks))) + "}")["error"]
        self.assertTrue(text.startswith("The action raised an exception [action=<"), text)
        self.assertTrue(text.endswith("Breaks object>, action_ex_id=None, msg=''k'']"), text)

    def test_asynchronous_actions_only_start(self):
        from mistral_worker import calls

        class Later(self.Base):
            def is_sync(self):
                return False

            def run(self, context):
                return "nobody hears this"

        made = plugins.of_class("x.later", Later)
        self.assertFalse(made.is_sync)
        self.assertEqual(calls.end_of(lambda: run(made)), '"started":true')

    def test_texts_of_parameters_are_read(self):
        for text, expected in [
            ("", ([], False)),
            ('a, b="x,y", c=[1, 2], d=null, **kwargs', (["a", {"b": "x,y"}, {"c": [1, 2]}, {"d": None}], True)),
            ("a=<object>, *args", ([{"a": "<object>"}], False)),
        ]:
            self.assertEqual(plugins.read_arguments(text), expected)


if __name__ == "__main__":
    unittest.main()
