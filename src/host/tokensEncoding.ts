// A text's tokens by every chosen tokenizer, asked for at once; what is there already is not asked for again.

import { type Calls, type CancelToken, type EncodedText, encodeText, type Progress } from '../shared/messages.ts';

export interface Encoding {
  readonly text: string;
  /** Ids, the main one first. */
  readonly chosen: readonly string[];
  readonly specialTokens: boolean;
  /** Tokens of the same text that are known already. */
  readonly known?: readonly EncodedText[];
}

/** @throws Fault of the first tokenizer that failed. */
export function encodeWithAll(
  worker: Calls,
  { text, chosen, specialTokens, known = [] }: Encoding,
  { token, onProgress }: { readonly token: CancelToken; readonly onProgress?: (progress: Progress) => void },
): Promise<readonly EncodedText[]> {
  const missing = chosen.filter((id) => !known.some(({ encoding }) => encoding === id));
  const done = new Map<string, number>();
  const tell = (encoding: string) => (progress: Progress) => {
    done.set(encoding, progress.done);
    const all = [...done.values()].reduce((sum, one) => sum + one, 0);
    onProgress?.({ ...progress, done: all / missing.length });
  };
  return Promise.all(
    chosen.map(
      (encoding) =>
        known.find((one) => one.encoding === encoding) ??
        worker.request(
          encodeText,
          { encoding, text, specialTokens },
          { token, ...(onProgress && { onProgress: tell(encoding) }) },
        ),
    ),
  );
}
