// A model hub over real HTTP, as Hugging Face's API has it, that offers the files of one folder under one name. It can hold
// a large file back in the middle, and send other bytes than it promised.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const COMMIT = 'd'.repeat(40);
/** Files from this size on are kept as the hub keeps large files: by their SHA-256. Bytes. */
const LARGE = 10_000;

export interface Request {
  readonly path: string;
  readonly range: string | undefined;
}

export class ModelHub implements AsyncDisposable {
  readonly asked: Request[] = [];
  /** After so many bytes of a large file nothing more comes. */
  heldAfter: number | undefined;
  /** Turns one bit of each large file over. */
  spoilt = false;
  readonly #name: string;
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  private constructor(name: string, files: ReadonlyMap<string, Buffer>) {
    this.#name = name;
    this.#files = files;
  }

  static async start(name: string, folder: string, files: readonly string[]): Promise<ModelHub> {
    const contents = files.map(async (file) => [file, await readFile(path.join(folder, file))] as const);
    const hub = new ModelHub(name, new Map(await Promise.all(contents)));
    hub.#server.listen(0, '127.0.0.1');
    await once(hub.#server, 'listening');
    return hub;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Requests for the files themselves. */
  get fetched(): readonly Request[] {
    return this.asked.filter(({ path: asked }) => asked.includes('/resolve/'));
  }

  /** Of all files. */
  get bytes(): number {
    return [...this.#files.values()].reduce((sum, file) => sum + file.length, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url as string, this.origin);
    this.asked.push({ path: pathname, range: request.headers.range });
    const about = `/api/models/${this.#name}`;
    const resolve = `/${this.#name}/resolve/${COMMIT}/`;
    const file = pathname.startsWith(resolve) ? this.#files.get(pathname.slice(resolve.length)) : undefined;
    if (pathname === `${about}/revision/main` || pathname === `${about}/revision/${COMMIT}`) {
      response.end(JSON.stringify({ sha: COMMIT, cardData: { license: 'apache-2.0' } }));
    } else if (pathname === `${about}/tree/${COMMIT}`) {
      response.end(JSON.stringify([...this.#files].map(([name, content]) => listed(name, content))));
    } else if (file !== undefined) {
      this.#send(file, request, response);
    } else {
      response.writeHead(404).end();
    }
  }

  #send(file: Buffer, { headers }: IncomingMessage, response: ServerResponse): void {
    const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    const sent = Buffer.from(file);
    const isLarge = file.length >= LARGE;
    if (isLarge && this.spoilt) {
      sent[sent.length >> 1] = (sent[sent.length >> 1] as number) ^ 1;
    }
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': sent.length - from });
    if (isLarge && this.heldAfter !== undefined) {
      response.write(sent.subarray(from, this.heldAfter));
    } else {
      response.end(sent.subarray(from));
    }
  }
}

function listed(name: string, content: Buffer): unknown {
  const oid = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const lfs = content.length >= LARGE && { lfs: { oid: sha256, size: content.length } };
  return { type: 'file', path: name, size: content.length, oid, ...lfs };
}
