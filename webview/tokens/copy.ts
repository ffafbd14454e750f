// The tokens as text to copy: the ids alone, or everything, as the command line writes it. Pure, no DOM.

import { Fault } from '../../src/shared/errors.ts';
import { t } from '../l10n.ts';
import type { TokenData } from './tokenData.ts';

/** Tokens that can be copied with everything about them: more would be hundreds of megabytes in the clipboard. */
export const MOST_COPIED = 200_000;
/** Tokens worked on before others get a turn. */
const SLICE = 5_000;

/** `[15496, 995]` */
export function idsAsJson(data: TokenData): string {
  return `[${data.ids.join(', ')}]`;
}

/** `{"r50k_base": [15496, 995], "cl100k_base": [9906, 1917]}` */
export function idsOfAll(columns: readonly TokenData[]): string {
  return `{${columns.map((data) => `${JSON.stringify(data.encoding)}: ${idsAsJson(data)}`).join(', ')}}`;
}

/**
 * `{"encoding","ids","tokens":[{"id","text","bytes","start","end"}]}`; a fragment has `text: null`, and
 * where the vocabulary writes a token otherwise it has a `piece`.
 *
 * @param pause lets the page draw and answer in between
 * @throws Fault `too-large` above {@link MOST_COPIED} tokens
 */
export async function tokensAsJson(data: TokenData, pause: () => Promise<void>): Promise<string> {
  if (data.count > MOST_COPIED) {
    throw new Fault(
      'too-large',
      t('{0} tokens are too many to copy with all they hold; {1} can be.', data.count, MOST_COPIED),
      {
        remedy: t('Select a part of the text, or copy the ids alone.'),
      },
    );
  }
  const tokens: string[] = [];
  for (let token = 0; token < data.count; token++) {
    const piece = data.pieces.get(data.id(token));
    tokens.push(
      JSON.stringify({
        id: data.id(token),
        text: data.textOf(token),
        ...(piece !== undefined && { piece }),
        bytes: Array.from(data.bytesOf(token)),
        start: data.start(token),
        end: data.end(token),
      }),
    );
    if (token % SLICE === SLICE - 1) {
      await pause();
    }
  }
  return `{"encoding":${JSON.stringify(data.encoding)},"ids":[${data.ids.join(',')}],"tokens":[${tokens.join(',')}]}`;
}
