import { todo } from 'inside-llms';

/** What one of them said. */
export interface Message {
  role: 'user' | 'assistant' | 'tool';
  content: string;
}

/** Reads all messages so far and writes the next one. It's a language model, or some rules: the loop doesn't know. */
export type Policy = (messages: readonly Message[]) => Promise<string>;
/** By name. Each takes a text and answers with one, after a while. */
export type Tools = Readonly<Record<string, (input: string) => Promise<string>>>;

/**
 * The loop of an agent.
 *
 * It begins with the question as a message of the user's. Then, again and again: the policy reads the list and writes a
 * message of the assistant's. If that reads "CALL name: input", and nothing else, the loop runs the tool of that name on
 * the input, and what it answers becomes a message of the tool's. Any other message is the answer, and ends the loop.
 *
 * - A name that no tool has: the tool's message is `There is no tool "name".`, and it goes on.
 * - When `most` tools were called and the policy wants one more, its message is kept, and the loop ends without an answer.
 *
 * Example: the policy writes "CALL search: tea", the tool search answers "Tea is in the tin.", and the policy writes
 * "In the tin." The result is four messages: user, assistant, tool, assistant.
 *
 * @param policy asked once for each of its messages; wait for it with `await`
 * @param tools may take a while too
 * @param most how many tools may be called, 0 or more; a name that no tool has counts as a call too
 * @returns all messages, in their order
 */
export async function runTools(policy: Policy, tools: Tools, question: string, most: number): Promise<Message[]> {
  const call = /^CALL ([a-z]+): (.*)$/; // exec gives the name as [1] and the input as [2], or null
  return todo(`Begin with a list of one message. Ask the policy, look whether its message fits ${call}, and go on.`);
}
