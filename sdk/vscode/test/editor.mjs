// A stand-in for VS Code: as much of its interface as the extension and vscode-languageclient use when they start, open a document
// and show diagnostics. What nobody looks at is an object that takes everything.

import Module, { createRequire } from "node:module";

const anything = () => {
  const known = new Map();
  return new Proxy(function () {}, {
    get: (_, name) => {
      if (name === "then" || name === Symbol.iterator) return undefined;
      if (name === Symbol.toPrimitive) return () => "";
      if (!known.has(name)) known.set(name, anything());
      return known.get(name);
    },
    set: () => true,
    apply: () => anything(),
    construct: () => anything(),
  });
};

const disposable = () => ({ dispose() {} });
const event = () => disposable();

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(start, end, line, column) {
    this.start = typeof start === "number" ? new Position(start, end) : start;
    this.end = typeof start === "number" ? new Position(line, column) : end;
  }
}

class Uri {
  constructor(path) {
    Object.assign(this, { scheme: "file", fsPath: path, path });
  }
  static file = (path) => new Uri(path);
  static parse = (text) => new Uri(text.replace("file://", ""));
  toString = () => `file://${this.path}`;
}

class EventEmitter {
  event = event;
  fire() {}
  dispose() {}
}

class Disposable {
  constructor(dispose = () => {}) {
    this.dispose = dispose;
  }
  static from = (...all) => new Disposable(() => all.forEach((each) => each.dispose()));
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: event };
  cancel() {
    this.token.isCancellationRequested = true;
  }
  dispose() {}
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

/** An editor with these settings and open documents; what happens in it is noted. */
export function editor(settings, texts) {
  const noted = { commands: new Map(), diagnostics: new Map(), terminals: [], errors: [], completion: [] };
  const documents = Object.entries(texts).map(([path, text]) => ({
    uri: Uri.file(path),
    fileName: path,
    languageId: "yaml",
    version: 1,
    isClosed: false,
    getText: () => text,
    save: async () => true,
  }));
  const languages = {
    match: (selector, document) => (document.languageId === "yaml" && selector.length !== 0 ? 10 : 0),
    createDiagnosticCollection: () => ({
      set: (uri, found) => noted.diagnostics.set(uri.fsPath, found ?? []),
      delete() {},
      clear() {},
      dispose() {},
    }),
    registerCompletionItemProvider: (_, provider) => {
      noted.completion.push(provider);
      return disposable();
    },
  };
  const workspace = {
    getConfiguration: () => ({ get: (name, other) => settings[name] ?? other, has: () => false, inspect() {} }),
    textDocuments: documents,
    workspaceFolders: undefined,
    isTrusted: true,
  };
  const window = {
    activeTextEditor: documents[0] && { document: documents[0] },
    visibleTextEditors: [],
    createTerminal: (options) => {
      noted.terminals.push(options);
      return { show() {} };
    },
    createOutputChannel: () => ({ append() {}, appendLine() {}, show() {}, dispose() {} }),
    showErrorMessage: async (message) => void noted.errors.push(message),
    createWebviewPanel: () => (noted.panel = { webview: {} }),
  };
  const commands = {
    registerCommand: (name, run) => {
      noted.commands.set(name, run);
      return disposable();
    },
  };
  const rest = anything();
  // Events and registrations give something to dispose of.
  const part = (own) =>
    new Proxy(own, {
      get: (_, name) => {
        if (name in own || typeof name === "symbol") return own[name];
        if (name.startsWith("onDid") || name.startsWith("onWill")) return event;
        if (name.startsWith("register") || name.startsWith("create")) return disposable;
        return rest[name];
      },
    });
  const classes = new Map(Object.entries({ Position, Range, Uri, EventEmitter, Disposable, CancellationTokenSource, Diagnostic }));
  const vscode = new Proxy(
    { languages: part(languages), workspace: part(workspace), window: part(window), commands: part(commands), version: "1.82.0" },
    {
      get: (own, name) => {
        if (name in own) return own[name];
        if (typeof name !== "string" || name === "then") return undefined;
        if (!classes.has(name)) classes.set(name, /^[A-Z]/.test(name) ? class { static 0 = name; } : rest[name]);
        return classes.get(name);
      },
    },
  );
  return { vscode, noted };
}

/** Loads a program of Node with this module as `vscode`. */
export function load(path, vscode) {
  const original = Module._load;
  Module._load = (name, ...more) => (name === "vscode" ? vscode : original(name, ...more));
  try {
    return createRequire(import.meta.url)(path);
  } finally {
    Module._load = original;
  }
}
