// What tests of the view that asks share: a browser, an endpoint that answers as the test says, a host with its index for
// each test, and what a reader does in the page.

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { buildPrompt } from '../../src/shared/askMessages.ts';
import { AskHost, QUESTION } from './askHost.ts';
import { viewScript } from './harness/bundles.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { View, type ViewOptions } from './harness/view.ts';
import { OpenAiServer, streaming } from './openAiServer.ts';
import { noWorker } from './searchHost.ts';

export class AskScene {
  host!: AskHost;
  view!: View;
  #browser: Browser | undefined;
  #script = '';
  #server: OpenAiServer | undefined;

  /** Set up and taken down with the file's tests. */
  constructor() {
    beforeAll(async () => {
      const made = [launchBrowser(), viewScript('ask'), OpenAiServer.start()] as const;
      [this.#browser, this.#script, this.#server] = await Promise.all(made);
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#server?.[Symbol.asyncDispose]();
    });
    afterEach(async () => {
      try {
        await this.view.close();
      } finally {
        await this.host[Symbol.asyncDispose]();
        this.server.received.length = 0;
      }
    });
  }

  get server(): OpenAiServer {
    return this.#server as OpenAiServer;
  }

  get page(): Page {
    return this.view.page;
  }

  /** A page with a host of its own, which an endpoint answers where nothing else is made of it. */
  async open(
    make: (made: AskHost) => void = (made) => made.answers(this.server.address, this.server.origin),
    more: Partial<ViewOptions> = {},
  ): Promise<Page> {
    this.host = await AskHost.start();
    make(this.host);
    return this.openAgain(more);
  }

  /** A fresh page, which has kept nothing, on the same host. */
  async openAgain(more: Partial<ViewOptions> = {}): Promise<Page> {
    const options = { handlers: this.host.handlers, worker: noWorker, width: 900, ...more };
    this.view = await View.open({ browser: this.#browser as Browser, script: this.#script, ...options });
    await this.page.locator('main').waitFor();
    return this.page;
  }

  get input(): Locator {
    return this.page.locator('.question input');
  }

  /** Of the first that is found, in one line. */
  async text(selector: string): Promise<string> {
    return ((await this.page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
  }

  outcome(stage: string): Promise<string> {
    return this.text(`[data-stage=${stage}] .outcome`);
  }

  hit(path: string): Locator {
    return this.page.locator('.hit', { hasText: path });
  }

  openStage(stage: string): Promise<void> {
    return this.page.locator(`[data-stage=${stage}] > summary`).click();
  }

  /** Types a question, and waits until its prompt is laid out, or there is none to be. */
  async look(question = QUESTION): Promise<void> {
    await this.input.fill(question);
    await this.page.locator('.stages:not(.stale)').waitFor();
    await eventually(
      async () => (await this.page.locator('.not-found').count()) > 0 || /\d/.test(await this.outcome('prompt')),
    ).toBe(true);
  }

  async setThreshold(value: number): Promise<void> {
    const before = this.host.calls(buildPrompt).length;
    await this.page.locator('#threshold').fill(String(value));
    await eventually(
      async () => this.host.calls(buildPrompt).length > before || (await this.page.locator('.not-found').count()) > 0,
    ).toBe(true);
    await this.page.locator('.stages:not(.stale)').waitFor();
  }

  /** Asks, and waits for what comes of it. */
  async ask(answer: string): Promise<void> {
    this.server.reply = streaming(answer);
    await this.look();
    await this.press();
    await this.page.locator('.check, .fault, [data-stage=answer] .note').first().waitFor();
  }

  async press(): Promise<void> {
    await this.page.locator('.stages:not(.stale)').waitFor();
    await control(this.page, 'Ask').click();
  }
}
