// A tool loop: a policy says what to do next, the loop does it and puts what came of it into the list of messages, until
// the policy answers. Who the policy is, a language model or some rules, the loop neither knows nor cares.

import type { CancelSignal } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';

export interface Message {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly content: string;
}

/** By name; each takes one text and gives one back. */
export type Tools = Readonly<Record<string, (input: string) => Promise<string>>>;

/** Writes the next message, which is a call if it reads `CALL name: input`, and else the answer. */
export type Policy = (messages: readonly Message[]) => Promise<string>;

/** Yields each message as it comes. @param most how many tools may be called */
export async function* runTools(policy: Policy, tools: Tools, question: string, most: number, signal: CancelSignal) {
  const messages: Message[] = [{ role: 'user', content: question }];
  yield messages;
  for (let calls = 0; calls <= most; calls++) {
    if (signal.cancelled) {
      throw new Fault('cancelled', 'The tool loop was stopped.');
    }
    const content = await policy(messages);
    messages.push({ role: 'assistant', content });
    yield messages;
    const [, name = '', input = ''] = /^CALL ([a-z]+): (.*)$/su.exec(content) ?? [];
    if (name === '' || calls === most) {
      return; // an answer, or one call too many
    }
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
    messages.push({ role: 'tool', content: tool ? await tool(input) : `There is no tool "${name}".` });
    yield messages;
  }
}
