"""A real client of the language server: pygls, which also reads and writes every message against the protocol's types.

    python client.py PROGRAM FOLDER

starts `PROGRAM lsp`, edits documents in FOLDER as an editor does, and ends with 0 when all answers were right. The last lines are
figures.
"""

import asyncio
import statistics
import sys
import time
from pathlib import Path

from lsprotocol import types as t
from pygls.lsp.client import LanguageClient

TEXT = """version: '2.0'
orders:
  input: [names, host]
  tasks:
    fetch:
      action: std.http
      input:
        url: "http://<% $.host %>/orders"
      publish:
        orders: <% task().result.content %>
      on-success: handle
    handle:
      with-items: order in <% $.orders %>
      action: std.echo output=<% $.order %>
      on-sucess: done
    done:
      workflow: clean
      input:
        older: 5
clean:
  input:
    - older
    - quick: false
  tasks:
    all: {action: std.noop}
"""


def lines_of(text, wanted):
    """Line and column of a text, from 0."""
    before = text[: text.index(wanted)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


class Editor:
    """What an editor keeps for one document."""

    def __init__(self, client, published, uri):
        self.client, self.published, self.uri, self.text, self.version = client, published, uri, "", 0

    @property
    def identifier(self):
        return t.TextDocumentIdentifier(uri=self.uri)

    def place(self, wanted, shift=0):
        line, column = lines_of(self.text, wanted)
        return {"text_document": self.identifier, "position": t.Position(line=line, character=column + shift)}

    def open(self, text):
        self.text, self.version = text, 1
        item = t.TextDocumentItem(uri=self.uri, language_id="yaml", version=1, text=text)
        self.client.text_document_did_open(t.DidOpenTextDocumentParams(text_document=item))

    def change(self, edits):
        """Applies edits of the protocol, the last one first, and tells the server."""
        edits = sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True)
        for edit in edits:
            rows = self.text.split("\n")
            at = lambda p: sum(len(row) + 1 for row in rows[: p.line]) + p.character  # noqa: E731
            self.text = self.text[: at(edit.range.start)] + edit.new_text + self.text[at(edit.range.end):]
        self.version += 1
        changes = [t.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text) for edit in edits]
        document = t.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        self.client.text_document_did_change(
            t.DidChangeTextDocumentParams(text_document=document, content_changes=changes)
        )

    async def diagnostics(self):
        """The newest ones; the server answers in order, so those of the last change came before this answer."""
        await self.client.text_document_document_symbol_async(t.DocumentSymbolParams(text_document=self.identifier))
        return self.published[self.uri][-1]

    async def complete(self, wanted, shift):
        return await self.client.text_document_completion_async(t.CompletionParams(**self.place(wanted, shift)))


def labels(completion):
    return [item.label for item in completion.items]


async def initialise(client):
    answer = await client.initialize_async(
        t.InitializeParams(capabilities=t.ClientCapabilities(), process_id=None, root_uri=None)
    )
    offered = answer.capabilities
    for name in ["hover", "definition", "references", "document_symbol", "code_action", "completion", "rename"]:
        assert getattr(offered, name + "_provider"), name
    assert offered.semantic_tokens_provider.full is True
    client.initialized(t.InitializedParams())
    return offered


async def mend(editor):
    """The mistake is told on its line, and its mend is what the editor applies."""
    found = await editor.diagnostics()
    errors = [d for d in found if d.severity == t.DiagnosticSeverity.Error]
    assert len(errors) == 1, found
    (error,) = errors
    assert error.range.start.line == lines_of(editor.text, "on-sucess")[0] and error.code == "MW010", error
    mends = await editor.client.text_document_code_action_async(
        t.CodeActionParams(
            text_document=editor.identifier, range=error.range, context=t.CodeActionContext(diagnostics=[error])
        )
    )
    assert mends[0].kind == t.CodeActionKind.QuickFix, mends
    editor.change(mends[0].edit.changes[editor.uri])
    assert "on-success: done" in editor.text
    await clean(editor)


async def clean(editor):
    found = await editor.diagnostics()
    assert not found, found


async def complete(editor):
    """What is offered takes the place of what is written: the edit is applied and gives a right document."""
    for wanted, shift, expected, absent in [
        ("action: std.http", 12, "std.http", "retry"),
        ("on-success: handle", 14, "done", "retry"),
        ("publish:", 3, "publish", "url"),
        ("url:", 1, "method", "publish"),
        ("workflow: clean", 12, "clean", "std.http"),
        ("older: 5", 2, "quick", "url"),
        ("$.host", 3, "names", "len"),
        ("$.order %>\n      on-success: done", 4, "order", "len"),
    ]:
        found = await editor.complete(wanted, shift)
        offered = labels(found)
        assert expected in offered and absent not in offered, (wanted, offered)
    item = next(i for i in (await editor.complete("action: std.http", 12)).items if i.label == "std.http")
    # `std.` is written before the cursor and is part of what is replaced.
    written = lines_of(editor.text, "std.http")
    assert (item.text_edit.range.start.line, item.text_edit.range.start.character) == written, item
    assert item.text_edit.range.end.character == written[1] + 4, item
    described = [i for i in (await editor.complete("$.host", 0)).items if i.documentation]
    assert described, "functions come with their documentation"


async def navigate(editor):
    client = editor.client
    definition = await client.text_document_definition_async(t.DefinitionParams(**editor.place("on-success: done", 13)))
    assert definition.range.start.line == lines_of(editor.text, "done:\n")[0], definition
    hover = await client.text_document_hover_async(t.HoverParams(**editor.place("std.http", 6)))
    assert "url" in hover.contents.value and hover.range.start.line == 5, hover
    symbols = await client.text_document_document_symbol_async(t.DocumentSymbolParams(text_document=editor.identifier))
    assert [[s.name] + [c.name for c in s.children] for s in symbols] == [
        ["orders", "fetch", "handle", "done"],
        ["clean", "all"],
    ]
    references = await client.text_document_references_async(
        t.ReferenceParams(context=t.ReferenceContext(include_declaration=True), **editor.place("handle:", 1))
    )
    assert len(references) == 2, references
    tokens = await client.text_document_semantic_tokens_full_async(
        t.SemanticTokensParams(text_document=editor.identifier)
    )
    # $ host, task result content, $ orders, $ order.
    assert len(tokens.data) == 9 * 5, tokens


async def rename(editor):
    client = editor.client
    wanted = editor.place("handle:", 1)
    prepared = await client.text_document_prepare_rename_async(t.PrepareRenameParams(**wanted))
    assert prepared.placeholder == "handle", prepared
    for refused in ["two words", "", "done", "fail"]:
        try:
            await client.text_document_rename_async(t.RenameParams(new_name=refused, **wanted))
        except Exception as error:
            assert "handle" not in str(error)
        else:
            raise AssertionError(f"renamed to {refused!r}")
    edit = await client.text_document_rename_async(t.RenameParams(new_name="every_order", **wanted))
    editor.change(edit.changes[editor.uri])
    assert "handle" not in editor.text and editor.text.count("every_order") == 2
    await clean(editor)
    # What is no YAML for a moment is not renamed by places of an older text.
    line, column = lines_of(editor.text, "version")
    start = t.Position(line=line, character=column)
    editor.change([t.TextEdit(range=t.Range(start=start, end=start), new_text="a: [\n")])
    assert (await editor.diagnostics())[0].severity == t.DiagnosticSeverity.Error
    try:
        await client.text_document_rename_async(t.RenameParams(new_name="x", **editor.place("every_order", 1)))
    except Exception as error:
        assert "no YAML" in str(error), error
    else:
        raise AssertionError("renamed by old places")


def large():
    text = "version: '2.0'\nlarge:\n  input: [n]\n  tasks:\n"
    for n in range(1000):
        text += f"    t{n}:\n      action: std.echo output=<% $.n + {n} %>\n      publish: {{v{n}: <% task().result %>}}\n"
        text += f"      on-success: t{n + 1}\n" if n < 999 else ""
    return text


async def figures(client, published, folder):
    """How long an editor waits in a document of 1,000 tasks."""
    editor = Editor(client, published, (folder / "large.yaml").as_uri())
    text = large()
    begun = time.perf_counter()
    editor.open(text)
    await clean(editor)
    opened = time.perf_counter() - begun
    times = []
    for wanted, shift in [("action: std.echo", 13), ("$.n + 500", 2), ("on-success: t700", 13), ("publish: {v900", 2)] * 5:
        begun = time.perf_counter()
        found = await editor.complete(wanted, shift)
        times.append(time.perf_counter() - begun)
        assert found.items, wanted
    median, slowest = statistics.median(times) * 1000, max(times) * 1000
    print(f"1,000 tasks: opened and linted in {opened * 1000:.0f} ms; completion {median:.1f} ms, slowest {slowest:.1f} ms")
    return median


async def main(program, folder):
    client = LanguageClient("tests", "1")
    published = {}

    @client.feature(t.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def note(params: t.PublishDiagnosticsParams):
        published.setdefault(params.uri, []).append(params.diagnostics)

    await client.start_io(program, "lsp")
    await initialise(client)
    editor = Editor(client, published, (folder / "orders.yaml").as_uri())
    editor.open(TEXT)
    for step in [mend, complete, navigate, rename]:
        await step(editor)
        print(f"{step.__name__}: right")
    median = await figures(client, published, folder)
    await client.shutdown_async(None)
    client.exit(None)
    status = await asyncio.wait_for(client._server.wait(), 10)
    assert status == 0, status
    await client.stop()
    print(f"median {median:.1f}")


asyncio.run(asyncio.wait_for(main(sys.argv[1], Path(sys.argv[2])), 60))
