// The embedding inspector over the search worker's own methods and the static model that ships: a text is nearest to what
// means the same, and the numbers on the page are the model's.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { compiledKernels } from '../../src/build/kernels.ts';
import { inRoot } from '../../src/build/paths.ts';
import { loadKernels } from '../../src/engine/kernels/wasm.ts';
import { wasmNearest } from '../../src/engine/kernels/wasmNearest.ts';
import { type Handler, handle } from '../../src/host/webviewConnection.ts';
import { packagedPieces } from '../../src/services/buildPieceVocabularies.ts';
import { staticModelFile } from '../../src/services/search/staticModelFile.ts';
import { systemClock } from '../../src/shared/environment.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { tokenizerOf } from '../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../src/tokenizers/publishedPieces.ts';
import { addEmbeddingMethods } from '../../src/worker/search/embeddingMethods.ts';
import { EmbeddingsHost } from './embeddingsHost.ts';
import { viewScript } from './harness/bundles.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { View } from './harness/view.ts';

const TEXTS = ['a kitten sleeps on the sofa', 'the central bank raised interest rates', 'two cats nap on a couch'];

let browser: Browser;
let view: View;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await view?.close();
  await browser?.close();
});

it('finds what means the same, without a word in common', async () => {
  const tokenizer = tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces));
  const staticModel = staticModelFile(inRoot('media/models/static-minilm/model.bin'), async () => tokenizer);
  const module = await loadKernels(compiledKernels, 'simd');
  const embedder = await staticModel();
  const answers: Handler[] = [];
  const { label, detail, dimensions } = embedder;
  addEmbeddingMethods(
    (method, answer) => {
      answers.push(
        handle(method, (params, { token, onProgress }) => {
          const signal = {
            get cancelled() {
              return token.isCancellationRequested;
            },
          };
          return answer(params, { signal, onProgress });
        }),
      );
    },
    {
      clock: systemClock,
      seed: 1,
      kernels: async () => wasmNearest(module),
      models: async () => [{ id: 'static', label, detail, dimensions, vectors: 0, state: 'ready' }],
      embedder: staticModel,
      tokenizer: async () => tokenizer,
      index: async () => undefined,
      first: (work) => work(),
      beside: (work) => work(),
    },
  );
  const host = new EmbeddingsHost();
  host.addTexts(TEXTS);
  // Later handlers take the place of earlier ones of the same name.
  const handlers = [...host.handlers, ...answers];
  view = await View.open({
    browser,
    script: await viewScript('embeddings'),
    handlers,
    worker: {} as Calls,
    width: 1200,
    height: 1000,
  });
  const { page } = view;
  await page.getByText(`tokens became ${dimensions} numbers`).waitFor();
  await control(page, 'Copy the vector as JSON').click();
  await eventually(() => host.copied.length).toBe(1);
  const [vector] = await embedder.embed([TEXTS[0] as string]);
  (JSON.parse(host.copied[0] as string) as number[]).forEach((value, i) => {
    expect(value).toBeCloseTo(vector?.[i] as number, 5);
  });
  await page.locator('#tab-neighbours').click();
  await eventually(() => page.locator('.beside ol.near').first().locator('.name').allTextContents()).toEqual([
    TEXTS[2],
    TEXTS[1],
  ]);
  await page.locator('#tab-similarity').click();
  await page.locator('similarity-matrix .cells').waitFor();
  await page.locator('#tab-analogy').click();
  await control(page, 'Find').click();
  await eventually(() => page.locator('.beside ol.near').count()).toBe(2);
  await page.getByText('queen').first().waitFor();
});
