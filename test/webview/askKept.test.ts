// What the view that asks must not lose: hidden or loaded again it comes back with question, threshold, marks and stages,
// and with its answer, which has gone on meanwhile.

import { expect, it } from 'vitest';
import { startAnswer } from '../../src/shared/askMessages.ts';
import { openHit } from '../../src/shared/searchViewMessages.ts';
import { QUESTION } from './askHost.ts';
import { AskScene } from './askScene.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { beginStream, event, type Reply, streaming } from './openAiServer.ts';

const scene = new AskScene();

async function start(reply: Reply): Promise<void> {
  await scene.open();
  scene.server.reply = reply;
  await scene.look();
}

/** A stream that goes on when the test says so. */
function stepwise(...pieces: readonly string[]): { reply: Reply; next(): void } {
  let at = 0;
  let write = (_text: string, _last: boolean) => {};
  return {
    reply: (response) => {
      beginStream(response).write(event(pieces[at++]));
      write = (text, last) => void (last ? response.end(event(text, 'stop')) : response.write(event(text)));
    },
    next: () => {
      write(pieces[at] as string, at === pieces.length - 1);
      at += 1;
    },
  };
}

it('an answer goes on while the page is hidden, and the next page takes it up where it is', async () => {
  const stream = stepwise('It is tried ', 'three times [2], ', 'then given up [1].');
  await start(stream.reply);
  await scene.press();
  await eventually(() => scene.text('.answer')).toBe('It is tried');
  scene.view.connection.pageGone();
  stream.next();
  await scene.page.reload();
  await eventually(() => scene.text('.answer')).toBe('It is tried three times [2],');
  await control(scene.page, 'Stop').waitFor();
  stream.next();
  await eventually(() => scene.text('.answer')).toBe('It is tried three times [2], then given up [1].');
  await scene.page.locator('.check').waitFor();
  expect(scene.server.chats).toHaveLength(1);
  expect(scene.host.calls(startAnswer)).toHaveLength(1);
  // Its citations still open what was sent.
  await scene.page.getByRole('button', { name: /^Passage 2/ }).click();
  await eventually(async () => scene.host.calls(openHit)).toMatchObject([{ path: 'src/http/retry.ts', startLine: 1 }]);
});

it('one that failed while the page was hidden says so, with what had come', async () => {
  let cut = () => {};
  await start((response) => {
    beginStream(response).write(event('Half an ans'));
    cut = () => response.destroy();
  });
  await scene.press();
  await eventually(() => scene.text('.answer')).toBe('Half an ans');
  scene.view.connection.pageGone();
  cut();
  await scene.page.reload();
  await scene.page.locator('.fault').waitFor();
  expect(await scene.text('.answer')).toBe('Half an ans');
  expect(await scene.text('.fault')).toContain('broke off');
});

it('threshold, pinned passages and opened stages come back with the answer', async () => {
  await start(streaming('Three times [1].'));
  await scene.page.locator('.hit', { hasText: 'operations.md:1' }).locator('[data-control=Pin]').click();
  await scene.page.locator('#threshold').fill('0.42');
  await scene.press();
  await scene.page.locator('.check').waitFor();
  await scene.page.locator('[data-stage=prompt] > summary').click();
  const before = await scene.page.locator('pre.prompt').allTextContents();
  await scene.page.waitForTimeout(300);
  await scene.view.reload();
  await scene.page.locator('.check').waitFor();
  await scene.page.locator('pre.prompt').first().waitFor();
  expect(await scene.page.locator('pre.prompt').allTextContents()).toEqual(before);
  expect(await scene.page.locator('#threshold').inputValue()).toBe('0.42');
  expect(await scene.page.locator('.hit[data-standing=pinned]').count()).toBe(1);
  expect(await scene.text('div.answer')).toBe('Three times [1].');
  expect(await scene.page.getByText('The prompt has changed since').count()).toBe(0);
});

it('says when the prompt has changed since the answer', async () => {
  await start(streaming('Three times [1].'));
  await scene.press();
  await scene.page.locator('.check').waitFor();
  await scene.page.locator('#threshold').fill('0.1');
  await scene.page.getByText('The prompt has changed since').waitFor();
  expect(await scene.text('.answer')).toBe('Three times [1].');
});

it('an answer that an earlier window kept comes back, and one that it broke off is said to be', async () => {
  await start(streaming('Three times [1].'));
  await scene.press();
  await scene.page.locator('.check').waitFor();
  scene.host.kept = { ...scene.host.run!.kept, text: 'Three ti', state: 'interrupted' };
  scene.host.run = undefined;
  await scene.view.close();
  await scene.openAgain(); // with nothing of its own: the question comes with the answer
  await eventually(() => scene.text('.answer')).toBe('Three ti');
  expect(await scene.page.locator('.question input').inputValue()).toBe(QUESTION);
  expect(await scene.text('[data-stage=answer] .note')).toContain('goes no further');
  expect(scene.server.chats).toHaveLength(1);
});

it('an answer to another question than the one in the page stays away', async () => {
  await start(streaming('Three times [1].'));
  await scene.press();
  await scene.page.locator('.check').waitFor();
  await scene.page.locator('.question input').fill('when is the database copied at night');
  await scene.page.waitForTimeout(500);
  await scene.view.reload();
  await scene.page.locator('.hit').first().waitFor();
  expect(await scene.page.locator('.answer').count()).toBe(0);
});

it('says that nothing has come for a while, and goes on waiting', async () => {
  const stream = stepwise('', 'Late [1].');
  await start(stream.reply);
  await scene.press();
  await scene.page.getByText('a large model may still be loading').waitFor({ timeout: 15_000 });
  stream.next();
  await eventually(() => scene.text('.answer')).toBe('Late [1].');
});
