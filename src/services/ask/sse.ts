// Server-sent events (WHATWG HTML, 9.2) read from bytes as they come: the data of each event. Names, ids and retries of
// events are not needed here.

import { Fault } from '../../shared/errors.ts';

/** An event longer than this is no answer of a model. UTF-16 units. */
const MOST = 1 << 20;

/**
 * The data of each event, in order. What stands behind the last blank line is an event too: some servers leave it out.
 *
 * @throws Fault `bad-input` for an event that doesn't end
 */
export async function* eventData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  function* lines(text: string, last: boolean): Generator<string, void, void> {
    rest += text;
    const parts = rest.split(/\r\n|\n|\r(?!$)/);
    rest = last ? '' : (parts.pop() as string);
    for (const line of parts) {
      if (line === '') {
        if (data.length > 0) {
          yield data.join('\n');
        }
        data = [];
      } else if (line.startsWith('data:')) {
        data.push(line.slice(line[5] === ' ' ? 6 : 5));
      }
    }
    if (rest.length + data.reduce((sum, part) => sum + part.length, 0) > MOST) {
      throw new Fault('bad-input', 'The endpoint sends something that does not end.');
    }
  }
  for await (const chunk of bytes) {
    yield* lines(decoder.decode(chunk, { stream: true }), false);
  }
  yield* lines(decoder.decode(), true);
  if (data.length > 0) {
    yield data.join('\n');
  }
}
