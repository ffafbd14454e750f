// A server that stands for the model hub: it says what it has, breaks off, sends other bytes, or keeps silent.

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type KnownModel, modelOf } from '../../../src/services/models/knownModels.ts';

export const COMMIT = 'c'.repeat(40);
export const GRAPH = 'onnx/model_quantized.onnx';
export const model = modelOf('tests/tiny') as KnownModel;
export const config = Buffer.from('{"hidden_size":4}');
export const graph = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));

export class HubServer implements AsyncDisposable {
  /** How many bytes of the graph are sent before the connection is cut; each answer takes the next. */
  cuts: number[] = [];
  /** After how many bytes of the graph nothing more comes, while the connection stays. */
  silentAfter: number | undefined;
  /** What was asked of the graph. */
  readonly ranges: (string | undefined)[] = [];
  /** Every path that was asked for. */
  readonly asked: string[] = [];
  /** What is sent as the graph. */
  sent: Buffer = graph;
  private readonly server = createServer((request, response) => this.answer(request, response));

  static async start(): Promise<HubServer> {
    const hub = new HubServer();
    await new Promise<void>((resolve) => {
      hub.server.listen(0, '127.0.0.1', resolve);
    });
    return hub;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url as string, 'http://hub');
    this.asked.push(pathname);
    const about = `/api/models/${model.hub}`;
    if (pathname === `${about}/revision/main` || pathname === `${about}/revision/${COMMIT}`) {
      response.end(JSON.stringify({ sha: COMMIT, cardData: { license: 'apache-2.0' } }));
    } else if (pathname === `${about}/tree/${COMMIT}`) {
      response.end(JSON.stringify(tree()));
    } else if (pathname === `/${model.hub}/resolve/${COMMIT}/config.json`) {
      response.end(config);
    } else if (pathname === `/${model.hub}/resolve/${COMMIT}/${GRAPH}`) {
      this.sendGraph(request, response);
    } else {
      response.writeHead(404).end();
    }
  }

  private sendGraph(request: IncomingMessage, response: ServerResponse): void {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    this.ranges.push(request.headers.range);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': this.sent.length - from });
    const cut = this.cuts.shift();
    if (this.silentAfter !== undefined) {
      response.write(this.sent.subarray(from, from + this.silentAfter));
    } else if (cut === undefined) {
      response.end(this.sent.subarray(from));
    } else {
      response.write(this.sent.subarray(from, from + cut), () => setTimeout(() => response.destroy(), 50));
    }
  }
}

function tree() {
  const sha1 = createHash('sha1').update(`blob ${config.length}\0`).update(config).digest('hex');
  const sha256 = createHash('sha256').update(graph).digest('hex');
  return [
    { type: 'directory', path: 'onnx', size: 0, oid: '0' },
    { type: 'file', path: 'README.md', size: 12, oid: '1' },
    { type: 'file', path: 'config.json', size: config.length, oid: sha1 },
    {
      type: 'file',
      path: GRAPH,
      size: graph.length,
      oid: '2',
      lfs: { oid: sha256, size: graph.length },
    },
  ];
}
