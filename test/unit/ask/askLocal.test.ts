// Asking a model on this machine: its own tokenizer counts, its template is shown and fits its window, its pieces are
// told as they come, and stopping reaches it. The model is a stand-in that knows only its rules.

import { expect, it } from 'vitest';
import { AskService } from '../../../src/services/ask/askService.ts';
import type { RealModels, TextGenerator } from '../../../src/services/models/realModels.ts';
import { asFault, Fault } from '../../../src/shared/errors.ts';
import { Workspace } from '../search/serviceParts.ts';

const FILES = {
  'a.md': '# Retries\n\nA failed request is retried three times.\n',
  'b.md': '# Backups\n\nA request for a backup is made at night.\n',
};

/** Tokens are words; answers with as many words as it may. */
class Parrot implements TextGenerator {
  readonly id = 'parrot';
  readonly label = 'Parrot';
  contextWindow: number;
  asked: Parameters<TextGenerator['generate']> | undefined;

  constructor(contextWindow = 1000) {
    this.contextWindow = contextWindow;
  }

  countTokens(text: string): number {
    return text.split(/\s+/).filter(Boolean).length;
  }

  promptOf(messages: Parameters<TextGenerator['promptOf']>[0]): string {
    return `${messages.map(({ role, content }) => `<|${role}|> ${content} <|end|>`).join('\n')}\n<|assistant|>`;
  }

  async *generate(...asked: Parameters<TextGenerator['generate']>): AsyncGenerator<string, void, void> {
    this.asked = asked;
    const [, { maxTokens, signal }] = asked;
    for (let i = 0; i < maxTokens; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.cancelled) {
        throw new Fault('cancelled', 'stopped');
      }
      yield 'word ';
    }
  }
}

async function asking(workspace: Workspace, parrot: Parrot): Promise<AskService> {
  const generator = async (id: string) => {
    if (id !== parrot.id) {
      throw new Fault('model-missing', `${id} has to be fetched first.`, { where: id });
    }
    return parrot;
  };
  return new AskService({
    service: await workspace.settled(),
    staticModel: async () => workspace.model,
    tokenizer: () => Promise.reject(new Error('Its own tokenizer counts.')),
    models: async () => ({ generator, counter: generator }) as Partial<RealModels> as RealModels,
    newId: () => crypto.randomUUID(),
  });
}

const signal = { cancelled: false };

it('counts by its own tokenizer, with its template, and asks with what was shown', async () => {
  await using workspace = await Workspace.with(FILES);
  const parrot = new Parrot();
  const ask = await asking(workspace, parrot);
  const found = await ask.retrieve('retried request', [], signal);
  const chunks = found.hits.map(({ hit }) => hit.chunk);
  const prompt = await ask.prompt(found.id, chunks, { local: 'parrot' });
  expect(prompt.passages).toHaveLength(2);
  expect(prompt.template).toBe(parrot.promptOf(prompt.messages));
  expect(prompt.tokens).toBe(parrot.countTokens(prompt.template!));
  const { system, passages, question, template } = prompt.parts;
  expect(template).toBe(prompt.tokens - system - passages - question);
  expect(prompt).toMatchObject({ window: 1000, answerTokens: 250, tokenizer: { name: 'Parrot', exact: true } });
  const answer = ask.answer(prompt.id, { local: 'parrot' });
  let text = '';
  for (let part = await answer.next(); ; part = await answer.next()) {
    text += part.text;
    if (part.done) {
      expect(part.cut).toBe(true);
      break;
    }
  }
  expect(text.split(' ').filter(Boolean)).toHaveLength(250);
  expect(parrot.asked).toMatchObject([prompt.messages, { maxTokens: 250, temperature: 0 }]);
});

it('never passes the window, template and answer counted', async () => {
  await using workspace = await Workspace.with(FILES);
  const parrot = new Parrot();
  const ask = await asking(workspace, parrot);
  for (const window of [180, 190, 200, 210, 220, 230, 250]) {
    parrot.contextWindow = window;
    const found = await ask.retrieve('retried request', [], signal);
    const chunks = found.hits.map(({ hit }) => hit.chunk);
    const prompt = await ask.prompt(found.id, chunks, { local: 'parrot' }).catch((error) => {
      expect(asFault(error).code).toBe('too-large');
      return undefined;
    });
    if (prompt !== undefined) {
      expect(parrot.countTokens(prompt.template!) + prompt.answerTokens).toBeLessThanOrEqual(window);
      expect(prompt.passages.length + prompt.dropped.length).toBe(2);
    }
  }
});

it('stops it', async () => {
  await using workspace = await Workspace.with(FILES);
  const parrot = new Parrot(100_000);
  const ask = await asking(workspace, parrot);
  const found = await ask.retrieve('retried request', [], signal);
  const prompt = await ask.prompt(found.id, [found.hits[0]!.hit.chunk], { local: 'parrot' });
  const answer = ask.answer(prompt.id, { local: 'parrot' });
  await answer.next();
  answer.stop();
  expect(parrot.asked?.[1].signal.cancelled).toBe(true);
  await expect(answer.next()).rejects.toMatchObject({ code: 'cancelled' });
});

it('says which one has to be fetched first', async () => {
  await using workspace = await Workspace.with(FILES);
  const ask = await asking(workspace, new Parrot());
  const found = await ask.retrieve('retried request', [], signal);
  await expect(ask.prompt(found.id, [], { local: 'smollm2' })).rejects.toMatchObject({
    code: 'model-missing',
    where: 'smollm2',
  });
});
