// The findings in words: what each kind is called, and what it means for a model.

import { t } from '../l10n.ts';
import type { TextFlag } from './textFlags.ts';
import type { TokenFlag } from './tokenFlags.ts';

export type Flag = TextFlag | TokenFlag;

/** In the order in which they are listed: what can do harm first. */
export const FLAGS: readonly Flag[] = [
  'special',
  'bidi',
  'tag',
  'look-alike',
  'zero-width',
  'soft-hyphen',
  'variation',
  'no-break-space',
  'odd-space',
  'control',
  'lone',
  'unknown',
  'changed',
  'dropped',
  'fragment',
  'trailing',
];

export function flagName(flag: Flag): string {
  switch (flag) {
    case 'special':
      return t('Spells a special token');
    case 'bidi':
      return t('Direction controls');
    case 'tag':
      return t('Tag characters');
    case 'look-alike':
      return t('Letters that pass for others');
    case 'zero-width':
      return t('Zero-width characters');
    case 'soft-hyphen':
      return t('Soft hyphens');
    case 'variation':
      return t('Variation selectors');
    case 'no-break-space':
      return t('No-break spaces');
    case 'odd-space':
      return t('Unusual spaces');
    case 'control':
      return t('Other invisible characters');
    case 'lone':
      return t('Lone surrogates');
    case 'unknown':
      return t('Unknown to the vocabulary');
    case 'changed':
      return t('Written otherwise');
    case 'dropped':
      return t('Left out');
    case 'fragment':
      return t('Characters in pieces');
    case 'trailing':
      return t('White space at the end of a line');
  }
}

/** What it means, as a sentence or two. */
export function flagMeaning(flag: Flag, specialTokens: boolean): string {
  switch (flag) {
    case 'special':
      return specialTokens
        ? t(
            'The text spells a sign that steers a model, and it was made into that one token. A program that lets a user’s text do this lets its users give orders.',
          )
        : t(
            'The text spells a sign that steers a model. Here it is cut as ordinary text, so it steers nothing; a program that takes special tokens from a text would make one token of it.',
          );
    case 'bidi':
      return t('Changes the order in which text is shown. The model reads the order in which it stands here.');
    case 'tag':
      return t('A shadow alphabet that no editor shows. It can carry hidden orders to a model, which reads it.');
    case 'look-alike':
      return t(
        'A word mixes Latin letters with Cyrillic or Greek ones that look the same. To a model it is another word.',
      );
    case 'zero-width':
      return t('Takes no room on the screen, and still cuts words into other tokens. In emoji it joins the parts.');
    case 'soft-hyphen':
      return t('Shows only where a line breaks, and cuts the word for the model wherever it stands.');
    case 'variation':
      return t(
        'Chooses how the character before it looks. Behind an emoji it is usual; anywhere else it can hide data.',
      );
    case 'no-break-space':
      return t('Looks like a space and is another character, so words behind it have other tokens.');
    case 'odd-space':
      return t('Looks like a space of some width and is another character, with tokens of its own.');
    case 'control':
      return t('Shows nothing, and is read by the model all the same.');
    case 'lone':
      return t('Half of a pair: no character, and without UTF-8. The tokenizer sees U+FFFD in its place.');
    case 'unknown':
      return t('The vocabulary has no way to write this: one and the same token stands for anything of the kind.');
    case 'changed':
      return t(
        'The tokenizer writes this differently, such as in small letters or without accents: from its ids the text can’t be had back as it was.',
      );
    case 'dropped':
      return t('No token covers this: the tokenizer leaves it out, and from its ids it can’t be had back.');
    case 'fragment':
      return t('A character’s bytes are spread over several tokens. Each is only a part, shown as its bytes.');
    case 'trailing':
      return t(
        'Costs tokens and is rarely meant. Before a text that the model shall go on with, it can change what comes.',
      );
  }
}
