export interface Message {
  role: 'user' | 'assistant' | 'tool';
  content: string;
}

export type Policy = (messages: readonly Message[]) => Promise<string>;
export type Tools = Readonly<Record<string, (input: string) => Promise<string>>>;

export async function runTools(policy: Policy, tools: Tools, question: string, most: number): Promise<Message[]> {
  const messages: Message[] = [{ role: 'user', content: question }];
  for (let calls = 0; ; calls++) {
    const content = await policy(messages);
    messages.push({ role: 'assistant', content });
    const call = /^CALL ([a-z]+): (.*)$/.exec(content);
    if (call === null || calls + 1 >= most) {
      return messages;
    }
    const [, name, input] = call;
    const result = Object.hasOwn(tools, name) ? await tools[name](input) : `There is no tool "${name}".`;
    messages.push({ role: 'tool', content: result });
  }
}
