// Starts `mistral-server lsp` and connects the editor with it; commands for what an author does all day.

import { ExtensionContext, Uri, ViewColumn, commands, window, workspace } from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { execFile } from "node:child_process";

let client: LanguageClient | undefined;

/** The program and what it is given, as the settings say. */
function program(...words: string[]): { command: string; args: string[] } {
  const settings = workspace.getConfiguration("mistral");
  const url = settings.get<string>("url") ?? "";
  const remote = url !== "" && words[0] === "lsp" ? ["--server", url] : [];
  return { command: settings.get<string>("server") || "mistral-server", args: [...words, ...remote] };
}

async function start(): Promise<void> {
  const server: ServerOptions = program("lsp");
  const pattern = workspace.getConfiguration("mistral").get<string>("files");
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "yaml", pattern }],
  };
  client = new LanguageClient("mistral", "Mistral workflows", server, options);
  await client.start();
}

async function restart(): Promise<void> {
  await client?.stop();
  await start();
}

/** The saved document of the editor in front, or of what was chosen in the explorer. */
async function chosen(uri?: Uri): Promise<string | undefined> {
  const document = window.activeTextEditor?.document;
  if (uri === undefined && document !== undefined) {
    await document.save();
  }
  const path = (uri ?? document?.uri)?.fsPath;
  if (path === undefined) {
    void window.showErrorMessage("Open a workflow first.");
  }
  return path;
}

/** Runs the program where its output can be followed. */
function inTerminal(...words: string[]): void {
  const { command, args } = program(...words);
  const terminal = window.createTerminal({ name: `mistral ${words[0]}`, shellPath: command, shellArgs: args });
  terminal.show(true);
}

async function graph(uri?: Uri): Promise<void> {
  const path = await chosen(uri);
  if (path === undefined) {
    return;
  }
  const { command, args } = program("graph", path, "--format", "svg");
  execFile(command, args, { maxBuffer: 64 << 20 }, (error, svg, problem) => {
    if (error) {
      void window.showErrorMessage(problem.trim() || String(error));
      return;
    }
    const panel = window.createWebviewPanel("mistral.graph", "Workflow", ViewColumn.Beside, {});
    panel.webview.html = `<!DOCTYPE html><html><body style="background: white">${svg}</body></html>`;
  });
}

export async function activate(context: ExtensionContext): Promise<void> {
  const register = (name: string, run: (uri?: Uri) => Promise<void>) =>
    context.subscriptions.push(commands.registerCommand(name, run));
  register("mistral.restart", restart);
  register("mistral.graph", graph);
  register("mistral.test", async (uri) => {
    const path = await chosen(uri);
    if (path !== undefined) {
      inTerminal("test", path);
    }
  });
  register("mistral.run", async (uri) => {
    const path = await chosen(uri);
    if (path !== undefined) {
      inTerminal("run", path);
    }
  });
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
