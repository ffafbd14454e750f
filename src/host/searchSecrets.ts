// What must not stand in settings: the connection to a PostgreSQL server, and the key of an endpoint. Both live in VS
// Code's secret storage, and are asked for here.

import * as vscode from 'vscode';
import { asFault } from '../shared/errors.ts';
import { checkConnection } from './searchSettings.ts';

const CONNECTION = 'search.postgres';
const ENDPOINT_KEY = 'ask.endpointKey';

export class SearchSecrets {
  private readonly secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.secrets = secrets;
  }

  connection(): Promise<string | undefined> {
    return Promise.resolve(this.secrets.get(CONNECTION));
  }

  endpointKey(): Promise<string | undefined> {
    return Promise.resolve(this.secrets.get(ENDPOINT_KEY));
  }

  /** Asks for the connection. An empty one is forgotten. @returns whether it is another one now */
  async askConnection(): Promise<boolean> {
    return this.ask(CONNECTION, {
      title: vscode.l10n.t('PostgreSQL Connection'),
      prompt: vscode.l10n.t('Kept in the secret storage of this machine. Leave it empty to forget it.'),
      placeHolder: 'postgres://user:password@host:5432/database',
      validateInput: (text) => {
        try {
          return text.trim() === '' ? undefined : void checkConnection(text);
        } catch (error) {
          return asFault(error).message;
        }
      },
    });
  }

  /** Asks for the key of the endpoint that answers. @returns whether it is another one now */
  async askEndpointKey(): Promise<boolean> {
    return this.ask(ENDPOINT_KEY, {
      title: vscode.l10n.t('Key of the Endpoint'),
      prompt: vscode.l10n.t('Kept in the secret storage of this machine. Leave it empty to forget it.'),
    });
  }

  private async ask(key: string, options: vscode.InputBoxOptions): Promise<boolean> {
    const typed = await vscode.window.showInputBox({ ...options, password: true, ignoreFocusOut: true });
    if (typed === undefined) {
      return false;
    }
    const value = typed.trim();
    await (value === '' ? this.secrets.delete(key) : this.secrets.store(key, value));
    return true;
  }
}
