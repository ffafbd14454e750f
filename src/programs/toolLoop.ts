// The tool loop over the notes of a station café, message by message. The loop, the search and its results are real; the
// policy is three rules, or a language model where one was fetched.

import { FUSION_WEIGHTS, fuse } from '../retrieval/fuse.ts';
import { bm25, type Corpus, type Document } from '../retrieval/lexical/bm25.ts';
import { termsOf } from '../retrieval/lexical/terms.ts';
import { rank } from '../retrieval/vectors/neighbours.ts';
import type { TableValue } from '../shared/trace.ts';
import type { ProgramModels } from './models.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { NOTES } from './stationNotes.ts';
import { threeRules } from './stationRules.ts';
import { type Message, type Policy, runTools, type Tools } from './toolCalls.ts';
import { counted, tableValue, textValue } from './views.ts';

const FOUND = 2;
const MESSAGES: TableValue['columns'] = [
  { id: 'role', label: 'who', type: 'text' },
  { id: 'content', label: 'message', type: 'text' },
];
const TEXTS = NOTES.map(([, text]) => text);
const LABELS: Readonly<Record<Message['role'], string>> = {
  user: 'The question',
  assistant: 'The policy writes',
  tool: 'The tool answers',
};

export const toolLoop = defineProgram({
  id: 'tool-loop',
  title: 'A loop, a tool and a list of messages',
  session: false,
  params: {
    question: {
      type: 'text',
      label: 'You ask',
      default: 'A guest wants money back for a cold coffee. What do I do?',
      maxLength: 200,
    },
    policy: {
      type: 'choice',
      label: 'Who decides',
      help: 'A language model runs once you have fetched it.',
      default: 'rules',
      options: [
        { value: 'rules', label: 'three rules, no model' },
        { value: 'smollm2-135m', label: 'SmolLM2 135M Instruct' },
        { value: 'smollm2', label: 'SmolLM2 360M Instruct' },
      ],
    },
    most: { type: 'number', label: 'Most calls', default: 4, min: 0, max: 6, step: 1 },
  },
  async *run({ params: { question, policy, most }, trace, models, signal }) {
    const decide = policy === 'rules' ? threeRules : modelPolicy(models, policy);
    const tools: Tools = { search: await searchTool(models) };
    let last: Message | undefined;
    let calls = 0;
    for await (const messages of runTools(decide, tools, question, most, signal)) {
      last = messages.at(-1) as Message;
      calls += last.role === 'tool' ? 1 : 0;
      const rows = messages.map(({ role, content }) => [role, content]);
      trace.frame({
        op: last.role,
        label: LABELS[last.role],
        note: noteOf(last),
        source: places.runTools,
        outputs: {
          newest: trace.value(textValue(last.content)),
          messages: trace.value(tableValue(MESSAGES, rows, [{ row: rows.length - 1, role: 'new' }])),
        },
      });
      yield;
    }
    const answered = last?.role === 'assistant' && !last.content.startsWith('CALL ');
    trace.frame({
      op: 'end',
      label: answered ? 'It ends with an answer' : 'It ends without an answer',
      note: answered
        ? `${counted(calls, 'call')} to the tool, and then a message that is no call.`
        : `The limit of ${counted(most, 'call')} was reached first. A loop needs such a limit: nothing else makes it end.`,
    });
    yield;
  },
});

function noteOf({ role, content }: Message): string {
  switch (role) {
    case 'user':
      return 'The list of messages begins with the question.';
    case 'assistant':
      return content.startsWith('CALL ')
        ? 'This is a call: the loop reads the name of a tool and a text out of it, and runs that tool.'
        : 'This is no call, so it is the answer.';
    case 'tool':
      return `The search found ${counted(content.split('\n').length, 'note')}. They join the list, which the policy reads anew.`;
  }
}

/** BM25 and the static model's vectors, fused, over the notes. */
async function searchTool(models: ProgramModels): Promise<(query: string) => Promise<string>> {
  const embedder = await models.embedder('static');
  const vectors = await embedder.embed(TEXTS);
  const terms = TEXTS.map(termsOf);
  const corpus: Corpus = {
    texts: terms.length,
    averageLength: terms.reduce((sum, { length }) => sum + length, 0) / terms.length,
    containing: (term) => terms.filter((others) => others.includes(term)).length,
  };
  const documents: readonly Document[] = terms.map((all) => ({
    length: all.length,
    weighted: (term) => all.filter((each) => each === term).length,
  }));
  return async (query) => {
    const asked = [...new Set(termsOf(query))];
    const words = documents
      .map((document, index) => ({ index, score: bm25(asked, document, corpus) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.index - b.index);
    const [vector] = await embedder.embed([query]);
    const meaning = rank(vectors, vector!, TEXTS.length);
    const lists = [words, meaning].map((list) => list.map(({ index }) => index));
    const fused = fuse(lists, [FUSION_WEIGHTS.lexical, FUSION_WEIGHTS.vector]);
    return fused
      .slice(0, FOUND)
      .map(({ id }) => TEXTS[id])
      .join('\n');
  };
}

const SYSTEM = `You answer questions about a café from its notes.
To search the notes, write one line and nothing else: CALL search: words to look for
When the notes that you have seen answer the question, answer in one sentence.`;

/** A small instruct model, which is given the whole list of messages each time, in the form that its kind was trained on. */
function modelPolicy(models: ProgramModels, id: string): Policy {
  return async (messages) => {
    const turn = (role: string, content: string) => `<|im_start|>${role}\n${content}<|im_end|>\n`;
    const turns = messages.map(({ role, content }) =>
      role === 'tool' ? turn('user', `The search found:\n${content}`) : turn(role, content),
    );
    const prompt = `${turn('system', SYSTEM)}${turns.join('')}<|im_start|>assistant\n`;
    const [written] = (await models.pipeline('text-generation', id, prompt, {
      max_new_tokens: 80,
      do_sample: false,
      return_full_text: false,
    })) as [{ readonly generated_text: string }];
    return written.generated_text.trim().split('\n')[0] ?? '';
  };
}
