// Who answers in the view that asks: chosen, fetched, or nobody; said beside the button; and what the page is opened on.

import { describe, expect, it } from 'vitest';
import {
  askChanged,
  buildPrompt,
  chooseGenerator,
  retrieve,
  setEndpointKey,
  startAnswer,
} from '../../src/shared/askMessages.ts';
import { getModel, startSearch } from '../../src/shared/searchViewMessages.ts';
import { AskScene } from './askScene.ts';
import { control, eventually } from './harness/tensorScene.ts';

const scene = new AskScene();

describe('who answers', () => {
  it('is nobody at first: prompt and passages are shown, to be copied', async () => {
    const page = await scene.open(() => {});
    expect(await scene.text('.destination')).toBe('Nothing is sent: you see what would be.');
    await scene.look();
    await control(page, 'Show prompt').click();
    await page.locator('pre.prompt').first().waitFor();
    expect(scene.host.calls(startAnswer)).toEqual([]);
  });

  it.each([
    ['machine', 'Goes to http://somewhere:1, on this machine.'],
    ['outside', 'Goes to http://somewhere:1: question and passages leave this machine.'],
    ['clear', 'Goes to http://somewhere:1, not encrypted: question and passages can be read on the way.'],
  ] as const)('is said beside the button: %s', async (reach, said) => {
    await scene.open((made) => {
      made.answers(scene.server.address, 'http://somewhere:1');
      made.place = { ...made.place, generator: { ...made.place.generator, reach } };
    });
    expect(await scene.text('.destination')).toBe(said);
  });

  it('may have to be fetched first, and can’t be asked before', async () => {
    const page = await scene.open((made) => {
      const models = [{ id: 'smollm2', label: 'SmolLM2', detail: 'hub · Apache-2.0', state: 'missing' }] as const;
      const generator = {
        ...made.place.generator,
        kind: 'local',
        reach: 'machine',
        model: 'smollm2',
        models,
        problem: 'SmolLM2 is not on this machine.',
      } as const;
      made.place = { ...made.place, generator };
    });
    await scene.look();
    expect(await scene.text('.problem')).toBe('SmolLM2 is not on this machine.');
    await scene.input.press('Enter');
    await control(page, 'Get it…').click();
    await eventually(async () => scene.host.calls(getModel)).toEqual([{ method: getModel.name, model: 'smollm2' }]);
    expect(scene.host.calls(startAnswer)).toEqual([]);
  });

  it('is chosen in the page, and its key asked for by the host: the page never sees it', async () => {
    const page = await scene.open();
    await control(page, 'Set key…').click();
    await eventually(async () => scene.host.calls(setEndpointKey)).toHaveLength(1);
    await page.locator('vscode-dropdown').first().click();
    await page.getByRole('option', { name: 'A small model on this machine' }).click();
    await eventually(async () => scene.host.calls(chooseGenerator)).toEqual([
      { method: chooseGenerator.name, generator: 'local' },
    ]);
  });

  it('has the prompt laid out anew when it changes', async () => {
    await scene.open();
    await scene.look();
    const before = scene.host.calls(buildPrompt).length;
    scene.host.window = 600;
    scene.host.place = { ...scene.host.place, generator: { ...scene.host.place.generator, model: 'other' } };
    scene.view.connection.notify(askChanged, {});
    await eventually(async () => scene.host.calls(buildPrompt).length).toBeGreaterThan(before);
    await eventually(() => scene.outcome('prompt')).toMatch(/of 600$/);
  });
});

it('leaves out what has no room in the window, the last first, and says so', async () => {
  const page = await scene.open((made) => {
    made.answers(scene.server.address, scene.server.origin);
    made.window = 480;
  });
  await scene.look();
  await scene.openStage('prompt');
  await page.getByText('1 passage has no room and is left out: the last one.').waitFor();
  expect(await scene.hit('retry.ts').locator('.standing').textContent()).toBe('no room in the prompt');
});

it('opens on passages that it was called with, pinned, and asks nothing by itself', async () => {
  const page = await scene.open((made) => {
    made.answers(scene.server.address, scene.server.origin);
    made.place = { ...made.place, asked: { question: 'what is this', chunks: [1] } };
  });
  await page.locator('.hit[data-standing=pinned]').waitFor();
  expect(scene.host.calls(retrieve)[0]).toMatchObject({ question: 'what is this', chunks: [1] });
  expect(scene.host.calls(startAnswer)).toEqual([]);
});

it('asks before it indexes', async () => {
  const page = await scene.open((made) => {
    made.place = { ...made.place, started: false };
  });
  expect(await page.locator('.question').count()).toBe(0);
  await control(page, 'Index this workspace').click();
  await page.locator('.question').waitFor();
  expect(scene.host.calls(startSearch)).toHaveLength(1);
});
