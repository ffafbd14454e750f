// The mails of lesson 13: drawn by seed from their families, with those written by hand beside them, in three parts that
// share no family. No header, no sender, no attachment: only what a mail says.

import { type Random, seededRandom } from '../../shared/environment.ts';
import { FAMILIES, type Family, GAPS, type Split } from './families.ts';
import { HAND_WRITTEN } from './handWritten.ts';

export interface Mail {
  readonly text: string;
  readonly spam: boolean;
  /** The family that it was drawn from; undefined for one that was written by hand. */
  readonly family?: string;
}

export type MailSets = Readonly<Record<Split, readonly Mail[]>>;

/** How many are drawn of each family: in training more, as there is more to learn from than to check on. */
const DRAWN: Readonly<Record<Split, number>> = { train: 20, validation: 10, test: 12 };
const SEED = 13;
/** Tries to find a text that isn't there yet, before a family is taken to have no more. */
const TRIES = 200;

/**
 * The three parts. Split by `families`, no part holds a mail of another's family; split at `random`, the same mails are
 * shuffled and dealt out, so that most test mails have sisters in training.
 *
 * @param deal which families go to which part: 1 is as they are written down, each other number another way
 */
export function mailSets(by: 'families' | 'random' = 'families', deal = 1): MailSets {
  const random = seededRandom(SEED);
  const drawn = dealtOut(deal).flatMap((family) =>
    drawMails(family, DRAWN[family.split], random).map((mail) => ({ mail, split: family.split })),
  );
  const written = HAND_WRITTEN.map(({ text, spam, split }) => ({ mail: { text, spam }, split }));
  const all: readonly { mail: Mail; split: Split }[] = [...drawn, ...written];
  const of = (split: Split) => all.filter((each) => each.split === split).map(({ mail }) => mail);
  if (by === 'families') {
    return { train: of('train'), validation: of('validation'), test: of('test') };
  }
  const [train, validation] = [of('train').length, of('validation').length];
  const dealt = shuffled(
    all.map(({ mail }) => mail),
    random,
  );
  return {
    train: dealt.slice(0, train),
    validation: dealt.slice(train, train + validation),
    test: dealt.slice(train + validation),
  };
}

/** The families in other parts, as many spam families and as many wanted ones in each part as before. */
function dealtOut(deal: number): readonly Family[] {
  if (deal === 1) {
    return FAMILIES;
  }
  const random = seededRandom(SEED + deal);
  const parts = (of: boolean) =>
    shuffled(
      FAMILIES.filter((family) => family.spam === of).map(({ split }) => split),
      random,
    );
  const [forSpam, forWanted] = [parts(true), parts(false)];
  return FAMILIES.map((family) => ({ ...family, split: (family.spam ? forSpam : forWanted).pop()! }));
}

/** So many mails of one family, no text twice; fewer where it hasn't as many. */
function drawMails({ name, spam, parts }: Family, count: number, random: Random): Mail[] {
  const texts = new Set<string>();
  for (let tries = 0; texts.size < count && tries < TRIES; tries++) {
    texts.add(parts.map((variants) => filled(pick(variants, random), random)).join(' '));
  }
  return Array.from(texts, (text) => ({ text, spam, family: name }));
}

function filled(sentence: string, random: Random): string {
  return sentence.replace(/\{(\w+)\}/g, (_, gap: string) => pick(GAPS[gap]!, random));
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}

/** In an order of chance (Fisher and Yates). */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}
