// `ask`: from a question to an answer from a folder's files, each stage printed. Nothing is sent unless an endpoint is
// asked for, and then only to that.

import { randomUUID } from 'node:crypto';
import { AskService, type FoundPassages, questionText } from '../services/ask/askService.ts';
import { endpointUrl } from '../services/ask/endpoint.ts';
import { tokenizerFolder } from '../services/tokenizerFolder.ts';
import { vocabularyFolder } from '../services/vocabularies.ts';
import { ASK_ENDPOINT, ASK_THRESHOLD, ASK_WINDOW, type AskPrompt, NOT_FOUND } from '../shared/askMessages.ts';
import { citationsOf, sentencesWithoutCitation } from '../shared/citations.ts';
import { counted } from '../shared/counted.ts';
import { Fault } from '../shared/errors.ts';
import { harmless } from './askText.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { bringUpToDate } from './indexRun.ts';
import { installation } from './installation.ts';
import { withSqlite } from './newerNode.ts';
import { searchIn } from './openSearch.ts';
import { type Read, readOptions } from './options.ts';
import { writeOutput } from './streams.ts';

interface Asked {
  readonly directory: string;
  readonly question: string;
  readonly threshold: number;
  /** undefined where nothing is to answer. */
  readonly endpoint: { readonly endpoint: string; readonly model: string; readonly key?: string } | undefined;
  readonly store: string | undefined;
  readonly json: boolean;
}

export async function run(argv: readonly string[], context: CliContext): Promise<number> {
  const asked = readAsked(argv);
  return withSqlite(context, async () => {
    const search = await searchIn(asked.directory, { entry: context.entry, store: asked.store });
    const { service, models } = search;
    const { vocabularies } = await installation(context.entry);
    const tokenizers = tokenizerFolder(vocabularies, vocabularyFolder(vocabularies));
    const tokenizer = (id: string) => tokenizers.get(id);
    const ask = new AskService({
      ...{ service, tokenizer, staticModel: models.staticModel, models: models.realModels },
      newId: randomUUID,
    });
    const say = (...lines: readonly string[]) =>
      asked.json ? Promise.resolve() : writeOutput(lines.map((line) => `${line}\n`));
    try {
      const { health, stopped } = await bringUpToDate(search, context);
      if (stopped) {
        context.warn('Cancelled: the index goes on from here when it is next used.');
        return EXIT.cancelled;
      }
      if (health.state === 'empty' && health.message !== undefined) {
        context.warn(health.message);
      }
      const cut = (await models.staticModel()).tokens(questionText(asked.question));
      const bert = await tokenizer('bert-base-uncased');
      const pieces = [...cut.ids].map((id) => bert.entry(id)?.text ?? `#${id}`);
      const found = await ask.retrieve(asked.question, [], { cancelled: false });
      for (const note of found.notes) {
        context.warn(note);
      }
      await say(`Tokens: ${pieces.map((piece) => harmless(piece)).join(' ')}`, ...passageLines(found, asked.threshold));
      const kept = found.hits.filter(({ similarity }) => similarity >= asked.threshold);
      const target = { window: ASK_WINDOW, systemRole: true };
      const prompt = await ask.prompt(
        found.id,
        kept.map(({ hit }) => hit.chunk),
        target,
      );
      const answer = await answered(ask, prompt, asked, context, say);
      if (asked.json) {
        await writeOutput([json(asked, found, prompt, answer)]);
      }
      return EXIT.done;
    } finally {
      await service.close();
    }
  });
}

/** @throws UsageError, Fault `bad-params` for an address that is none */
function readAsked(argv: readonly string[]): Asked {
  const { values, positionals } = readOptions('ask', argv, {
    generator: { type: 'string' },
    endpoint: { type: 'string' },
    model: { type: 'string' },
    threshold: { type: 'string' },
    store: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [directory, question, more] = positionals;
  if (directory === undefined || question === undefined || question.trim() === '') {
    throw new UsageError(directory === undefined ? 'Which folder?' : 'What is the question?', 'ask');
  }
  if (more !== undefined) {
    throw new UsageError(`"${more}" is one too many: put the question in quotes.`, 'ask');
  }
  return {
    directory,
    question,
    threshold: thresholdOf(values.threshold),
    endpoint: endpointOf(values),
    store: values.store === undefined ? undefined : String(values.store),
    json: values.json === true,
  };
}

function endpointOf({ generator, endpoint, model }: Read['values']): Asked['endpoint'] {
  const named = generator ?? (endpoint === undefined ? 'none' : 'endpoint');
  if (named !== 'endpoint' && named !== 'none') {
    throw new UsageError(`--generator is endpoint or none, and is "${named}".`, 'ask');
  }
  if (named === 'none') {
    return undefined;
  }
  const address = String(endpoint ?? ASK_ENDPOINT);
  endpointUrl(address); // before anything is indexed
  const key = process.env.INSIDE_LLMS_API_KEY?.trim();
  return { endpoint: address, model: String(model ?? ''), ...(key && { key }) };
}

function thresholdOf(given: unknown): number {
  if (given === undefined) {
    return ASK_THRESHOLD;
  }
  const value = Number(given);
  if (String(given).trim() === '' || !(value >= -1 && value <= 1)) {
    throw new UsageError(`--threshold takes a number from -1 to 1, and is "${given}".`, 'ask');
  }
  return value;
}

function passageLines({ hits }: FoundPassages, threshold: number): string[] {
  const lines = hits.map(({ hit, similarity, suspicious }) => {
    const mark = similarity >= threshold ? ' ' : '-';
    const place = `${harmless(hit.path)}:${hit.startLine}-${hit.endLine}`;
    const flag = suspicious.length === 0 ? '' : `  ! reads like an order to the model in line ${suspicious[0]?.line}`;
    return `  ${mark} ${similarity.toFixed(3)}  ${place}${flag}`;
  });
  const above = hits.filter(({ similarity }) => similarity >= threshold).length;
  return [`Passages: ${hits.length} found, ${above} at ${threshold} or above`, ...lines];
}

/** The answer; null where nothing was to answer. */
async function answered(
  ask: AskService,
  prompt: AskPrompt,
  { endpoint, json: quiet }: Asked,
  context: CliContext,
  say: (...lines: readonly string[]) => Promise<void>,
): Promise<string | null> {
  const { messages, tokens, window, dropped, passages } = prompt;
  if (passages.length === 0 && dropped.length === 0) {
    await say('', NOT_FOUND);
    return NOT_FOUND;
  }
  await say(
    `Prompt: ${tokens} tokens of ${window}${dropped.length === 0 ? '' : `; ${counted(dropped.length, 'passage')} had no room`}`,
    ...messages.flatMap(({ role, content }) => [`--- ${role}`, ...content.split('\n').map((line) => harmless(line))]),
    '---',
  );
  if (endpoint === undefined) {
    return null;
  }
  if (passages.length === 0) {
    throw new Fault('too-large', 'Not even the first passage has room in the prompt.', {
      remedy: 'Ask a shorter question.',
    });
  }
  context.warn(`Sent to ${endpointUrl(endpoint.endpoint).origin}.`);
  const text = ask.answer(prompt.id, endpoint);
  context.onInterrupt(() => text.stop());
  let answer = '';
  for (let done = false; !done; ) {
    const part = await text.next();
    answer += part.text;
    done = part.done;
    if (!quiet) {
      await writeOutput([harmless(part.text, true)]);
    }
    if (part.cut) {
      context.warn('The answer was cut: it had become as long as it may.');
    }
  }
  await say('', ...sources(answer, prompt));
  return answer;
}

function sources(answer: string, { passages }: AskPrompt): string[] {
  const numbers = numbersIn(answer);
  const missing = sentencesWithoutCitation(answer);
  return [
    ...numbers.map((number) => {
      const passage = passages.find((one) => one.number === number);
      return passage === undefined
        ? `[${number}] points to nothing`
        : `[${number}] ${harmless(passage.path)}:${passage.startLine}-${passage.endLine}`;
    }),
    ...missing.map(({ start, end }) => `No citation: ${harmless(answer.slice(start, end))}`),
  ];
}

function numbersIn(answer: string): number[] {
  return [...new Set(citationsOf(answer).flatMap(({ numbers }) => numbers))].sort((a, b) => a - b);
}

function json({ question, threshold }: Asked, found: FoundPassages, prompt: AskPrompt, answer: string | null): string {
  const scores = new Map(found.hits.map(({ hit, similarity }) => [hit.chunk, similarity]));
  const citations = numbersIn(answer ?? '').map((number) => {
    const passage = prompt.passages.find((one) => one.number === number);
    return passage === undefined
      ? { number }
      : { number, path: passage.path, startLine: passage.startLine, endLine: passage.endLine };
  });
  return `${JSON.stringify({
    question,
    threshold,
    passages: prompt.passages.map(({ chunk, path, startLine, endLine }) => ({
      ...{ path, startLine, endLine },
      score: scores.get(chunk),
    })),
    prompt: prompt.messages,
    tokens: prompt.tokens,
    answer,
    citations,
    found: prompt.passages.length > 0 && answer?.trim() !== NOT_FOUND,
  })}\n`;
}
