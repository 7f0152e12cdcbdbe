"""A worker for `loadtest worker check-worker`."""

import os

from mistral_worker import ActionContext, Failure, Started, action, run


@action("conformance.echo")
def echo(value):
    return value


@action("conformance.fail")
def fail():
    raise Failure({"code": 7})


@action("conformance.sleep")
def sleep(seconds: float, context: ActionContext):
    context.wait(seconds)


@action("conformance.start", is_sync=False)
def start():
    return Started()


run(os.environ["MISTRAL_URL"])
