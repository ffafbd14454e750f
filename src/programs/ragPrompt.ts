// The prompt of retrieval-augmented generation taken apart: rules, examples, passages, question, each with its tokens.

import { layOutPrompt, type Prompt, type PromptOptions } from '../retrieval/rag/prompt.ts';
import { NOT_FOUND } from '../shared/askMessages.ts';
import { Fault } from '../shared/errors.ts';
import type { Cell, TableValue, TextValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { cutByParagraphs, lineOf, nearestTo, textOf } from './openBook.ts';
import { HANDBOOK, HANDBOOK_PATH } from './pottery.ts';
import { defineProgram } from './program.ts';
import { counted, many, tableValue } from './views.ts';

const PARTS: TableValue['columns'] = [
  { id: 'part', label: 'part', type: 'text' },
  { id: 'tokens', label: 'tokens', type: 'number' },
  { id: 'share', label: 'percent', type: 'number' },
];
interface Example {
  readonly passages: readonly string[];
  readonly question: string;
  readonly answer: string;
}

/** From another book than the handbook, so that no example gives away what the handbook says. */
export const EXAMPLES: readonly Example[] = [
  {
    passages: ['Bicycles travel free on the ferry, but not on Fridays.'],
    question: 'May I take my bicycle?',
    answer: 'Yes, but not on Fridays [1].',
  },
  {
    passages: ['The ferry leaves at nine.'],
    question: 'What does a ticket cost?',
    answer: NOT_FOUND,
  },
  {
    passages: ['Tickets are sold on the pier.', 'The pier opens at eight.'],
    question: 'From when can I buy a ticket?',
    answer: 'Tickets are sold on the pier [1], which opens at eight [2].',
  },
];
const ANSWER = 200;

export const ragPrompt = defineProgram({
  id: 'rag-prompt',
  title: 'What a prompt is made of',
  session: false,
  params: {
    question: { type: 'text', label: 'You ask', default: 'May I open the kiln while it is hot?', maxLength: 300 },
    passages: { type: 'number', label: 'Passages', default: 2, min: 0, max: 8, step: 1 },
    examples: { type: 'number', label: 'Examples', default: 0, min: 0, max: EXAMPLES.length, step: 1 },
    window: { type: 'number', label: 'The model’s window, tokens', default: 1024, min: 512, max: 4096, step: 1 },
  },
  async *run({ params: { question, passages, examples, window }, trace, models, tokenizer }) {
    const embedder = await models.embedder('static');
    const counter = await tokenizer('cl100k_base');
    const countTokens = (text: string) => counter.encode(text).ids.length;
    const cut = cutByParagraphs(HANDBOOK);
    const ranking = await nearestTo(
      embedder,
      question,
      cut.map((passage) => textOf(HANDBOOK, passage)),
    );
    const given = ranking.slice(0, passages).map(({ index }) => {
      const line = lineOf(HANDBOOK, cut[index]!.start);
      return { path: HANDBOOK_PATH, startLine: line, endLine: line, text: textOf(HANDBOOK, cut[index]!) };
    });
    const options: PromptOptions = { countTokens, window, answerTokens: ANSWER, systemRole: true };
    const shots = EXAMPLES.slice(0, examples).map((example) => laidOut(example, options));
    const shotTokens = shots.map((shot) => countTokens(shot));
    const prompt = roomFor(() =>
      layOutPrompt(question, given, { ...options, templateTokens: shotTokens.reduce((a, b) => a + b, 0) }),
    );
    if (prompt === undefined) {
      const { tokens } = layOutPrompt(question, [], { ...options, window: Number.POSITIVE_INFINITY });
      const fixed = shotTokens.reduce((a, b) => a + b, tokens.system + tokens.question);
      trace.frame({
        op: 'no-room',
        label: 'No room',
        note: `Rules, examples and question have ${many(fixed)} tokens. With ${ANSWER} kept free for the answer that is more than the window of ${many(window)}, before the first passage.`,
      });
      yield;
      return;
    }
    const [system, user] = prompt.messages;
    const parts = [
      ['rules', prompt.tokens.system],
      ...shotTokens.map((tokens, i) => [`example ${i + 1}`, tokens] as const),
      ...prompt.passageTokens.map((tokens, i) => [`passage ${i + 1}`, tokens] as const),
      ['question', prompt.tokens.question],
    ] as const;
    const total = parts.reduce((sum, [, tokens]) => sum + tokens, 0);
    trace.frame({
      op: 'parts',
      label: 'What it costs',
      note: [
        `${many(total)} tokens in all. With ${ANSWER} kept free for the answer, the window of ${many(window)} has room for ${many(window - ANSWER - total)} more.`,
        ...(prompt.used < given.length
          ? [`${counted(given.length - prompt.used, 'passage')} had no room and stayed out.`]
          : []),
      ].join(' '),
      outputs: {
        parts: trace.value(
          tableValue(
            PARTS,
            parts.map(([part, tokens]): Cell[] => [part, tokens, Number(decimal((100 * tokens) / total, 1))]),
          ),
        ),
      },
    });
    yield;
    const text = [`system: ${system!.content}`, ...shots, `user: ${user!.content}`].join('\n\n');
    const questionAt = text.lastIndexOf('Question: ');
    const shown: TextValue = {
      kind: 'text',
      text,
      marks: [
        { start: 0, end: 'system:'.length, role: 'chosen' },
        { start: questionAt, end: text.length, role: 'match' },
      ],
    };
    trace.frame({
      op: 'prompt',
      label: 'The prompt itself',
      note: 'All of it is one row of tokens to the model, the marks around passages too. The few for “system” and “user” are not in the bill: each model has signs of its own for them.',
      outputs: { prompt: trace.value(shown) },
    });
    yield;
  },
});

/** An example as two turns of a conversation: what was asked, passages and all, and what was answered. */
function laidOut({ passages, question, answer }: Example, options: PromptOptions): string {
  const given = passages.map((text, i) => ({ path: 'ferry.md', startLine: i + 1, endLine: i + 1, text }));
  const { messages } = layOutPrompt(question, given, { ...options, window: Number.POSITIVE_INFINITY });
  return `user: ${messages.at(-1)!.content}\n\nassistant: ${answer}`;
}

/** The prompt; undefined where not even its rules and its question have room. */
function roomFor(layOut: () => Prompt): Prompt | undefined {
  try {
    return layOut();
  } catch (error) {
    if (error instanceof Fault && error.code === 'too-large') {
      return undefined;
    }
    throw error;
  }
}
