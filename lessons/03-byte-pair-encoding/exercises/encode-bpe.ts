import { todo } from 'inside-llms';
import { type Merge, mergePair } from 'mine/train-bpe';

/**
 * Cuts one pre-token with the merges that were learned: begins with its bytes, and replays the merges in the order of
 * learning. The merge at place m is of rank m, and makes the id 256 + m.
 *
 * Example: with the merges [[117, 103], [104, 256]], which are u, g and h, ug, the pre-token "hugs" becomes [257, 115]:
 * first h, ug, s, and then hug, s. "bug" becomes [98, 256].
 *
 * @returns ids: bytes from 0 to 255, and what the merges made. No pair of neighbours is in the list any more.
 */
export function encodeBpe(preToken: string, merges: readonly Merge[]): number[] {
  return todo('Begin with the bytes, as in training. Then merge, with the `mergePair` that you wrote.');
}
