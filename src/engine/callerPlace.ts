// Which line of the sources called the engine, read off a stack. In a bundle, where the sources are one file, it finds
// none.

import type { SourcePlace } from '../shared/trace.ts';

/**
 * The innermost place under src/ that is not in the engine.
 *
 * Example: in `    at run (file:///repo/src/programs/attention.ts:12:7)` it is src/programs/attention.ts, line 12.
 */
export function callerPlace(stack: string = new Error().stack ?? ''): SourcePlace | undefined {
  for (const line of stack.split('\n')) {
    const found = /[/\\](src[/\\](?!engine[/\\])[^:()]+\.ts):(\d+)(?::\d+)?\)?$/.exec(line);
    if (found !== null) {
      return { file: found[1].replaceAll('\\', '/'), line: Number(found[2]) };
    }
  }
  return undefined;
}
