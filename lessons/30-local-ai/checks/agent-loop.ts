import { defineCheck } from 'inside-llms/check';

/** What the policy writes in turn, what each tool knows, and the limit. */
type Inputs = [writes: string[], tools: Record<string, string>, most: number];
interface Message {
  role: string;
  content: string;
}

/** Asked more often than this, the loop has no end. */
const PATIENCE = 40;

export const check = defineCheck<Inputs>({
  parameters: ['what the policy writes', 'tools', 'most'],
  draw: (random, size) => {
    const tools = { search: 'Tea is in the tin.', clock: 'Ten past four.' };
    const name = () => ['search', 'clock', 'search', 'oven'][Math.floor(random() * 4)];
    const calls = Array.from({ length: Math.floor(random() * (size + 1)) }, (_, i) => `CALL ${name()}: tea ${i}`);
    return [[...calls, 'In the tin.'], tools, 1 + Math.floor(random() * size)];
  },
  planted: [
    { inputs: () => [['CALL search: tea', 'In the tin.'], { search: 'Tea is in the tin.' }, 4], why: 'the example' },
    { inputs: () => [['CALL search: tea'], { search: 'See the tin.' }, 2], why: 'a policy that never answers' },
    { inputs: () => [['CALL oven: on', 'I can’t.'], { search: 'Nothing.' }, 4], why: 'a tool that isn’t there' },
    {
      inputs: () => [['CALL constructor: x', 'I can’t.'], { search: 'Nothing.' }, 4],
      why: 'a name that every object of JavaScript has, and no tool',
    },
    {
      inputs: () => [['You could write CALL search: tea'], { search: 'Nothing.' }, 4],
      why: 'an answer that speaks of a call is no call',
    },
    { inputs: () => [['CALL search: tea'], { search: 'Nothing.' }, 0], why: 'no call is allowed' },
    {
      inputs: () => [
        ['CALL search: tea', 'CALL clock: now', 'At ten past.'],
        { search: 'At four.', clock: 'Four.' },
        4,
      ],
      why: 'two calls, one after the other',
    },
    {
      inputs: () => [['CALL search: note: tea', 'In the tin.'], { search: 'Nothing.' }, 4],
      why: 'a colon in the input',
    },
    {
      inputs: () => [['CALL search: tea\nI wait.'], { search: 'Nothing.' }, 4],
      why: 'a call with more behind it is none',
    },
    {
      inputs: () => [['CALL search: tea', 'In the tin.'], { search: 'Nothing.' }, 1],
      why: 'the answer comes after the last call that is allowed',
    },
  ],
  run: async ({ runTools }, [writes, notes, most]) => {
    const seen: string[] = [];
    const policy = async (messages: readonly Message[]) => {
      await undefined;
      if (seen.length >= PATIENCE) {
        throw new Error(`the policy was asked ${PATIENCE} times, and the loop goes on`);
      }
      const said = Array.isArray(messages)
        ? messages.map(({ role, content }) => `${role}: ${content}`).join(' | ')
        : `no list, but ${String(messages)}`;
      seen.push(said);
      return writes[Math.min(seen.length, writes.length) - 1];
    };
    const tools = Object.fromEntries(
      Object.entries(notes).map(([name, note]) => [
        name,
        async (input: string) => {
          await undefined;
          return `${note} (${input})`;
        },
      ]),
    );
    const loop = runTools as (...all: unknown[]) => Promise<Message[]>;
    const messages = await loop(policy, tools, 'Where is the tea?', most);
    if (!Array.isArray(messages)) {
      return { messages, policyWasShown: seen };
    }
    const said = messages.map(({ role, content }) => ({
      role,
      content: Object(content) === content ? 'a Promise' : content,
    }));
    return { messages: said, policyWasShown: seen };
  },
  parts: [
    {
      id: 'answer',
      title: 'An answer at once',
      cases: [{ inputs: () => [['In the tin.'], { search: 'Nothing.' }, 4], why: 'no call at all' }],
    },
  ],
  mutants: {
    'no-limit':
      'Your loop goes on for as long as the policy wants tools. Nothing else makes it end: count the calls, and stop at `most`.',
    'result-lost':
      'The tool was run, and its answer isn’t in the list. The policy reads nothing but the list, so it will ask the same again.',
    'calls-lost':
      'The policy’s own calls aren’t in the list. It would find answers there to questions that nobody asked: put down each of its messages.',
    'as-user':
      'You put down what the tool answers as a message of the user’s. Then the policy can’t tell your words from what a file says: its role is “tool”.',
    'unknown-ends':
      'A name that no tool has ends your loop. Say so in a message of the tool’s, and let the policy try again.',
    inherited:
      'With the name “constructor” your loop runs something that nobody gave it: every object of JavaScript has a few members of its own. Ask with Object.hasOwn.',
    'one-call':
      'Your loop ends after the first tool. What it answers may call for a second one: go on until there is an answer.',
    'one-too-many':
      'Your loop runs one tool more than `most`. When `most` were called, the next call is put down and not run.',
    'call-anywhere':
      'You run a call that stands in the middle of an answer. A message is a call if it is nothing else: look from its beginning to its end.',
    'not-awaited':
      'You put down what the tool will say one day, a Promise. Write `await` before the tool, and you get its text.',
    'no-last-word':
      'After the last tool your loop ends, and the policy never gets to answer. Ask it once more: only if it wants yet another tool is there no answer.',
    'refused-call-lost':
      'When `most` tools were called, the message that asks for one more is missing in your list. Put it down before you end: the list holds all that was said.',
    'one-too-few':
      'Your loop ends one tool too early: `most` of them may be called. With a limit of 1, the first call is still run.',
    'unknown-is-free':
      'A name that no tool has doesn’t count in your loop. A policy that keeps asking for it would never come to an end: count each call.',
    'last-message-only':
      'You show the policy the last message and nothing else. It remembers nothing by itself: hand it the whole list, every time.',
    'policy-not-awaited':
      'You put down what the policy will say one day, a Promise. Write `await` before it, and you get its text.',
  },
});
