// Starts `mistral-server lsp` and connects the editor with it.

import { ExtensionContext, workspace } from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const settings = workspace.getConfiguration("mistral");
  const command = settings.get<string>("server") ?? "mistral-server";
  const url = settings.get<string>("url") ?? "";
  const server: ServerOptions = { command, args: url === "" ? ["lsp"] : ["lsp", "--server", url] };
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "yaml", pattern: settings.get<string>("files") }],
  };
  client = new LanguageClient("mistral", "Mistral workflows", server, options);
  context.subscriptions.push(client);
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
