// How fast texts are encoded, beside other libraries in the same process, and that time grows with the text alone.
// "First pass": each encoder has met other texts, so that its code is compiled, but none of the words that it is timed on.
// Its rows of training are those of training.ts.

import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import { publishedNames, publishedVocabulary } from '../../src/services/buildVocabularies.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { BpeEncoder } from '../../src/tokenizers/encoder.ts';
import type { Vocabulary } from '../../src/tokenizers/vocabulary.ts';
import { code, muchCode, prose } from './tokenizers/corpora.ts';
import { type Peer, peersOf } from './tokenizers/peers.ts';
import { measureTraining } from './training.ts';

const ROUNDS = 3;
const MILLION = 1e6;

type Report = Parameters<Measure>[0];
type Log = Parameters<Measure>[1];

export const measure: Measure = async (report, log) => {
  const corpora = { code: await code(), prose: await prose() };
  for (const [name, text] of Object.entries(corpora)) {
    log(`${name}: ${(text.length / MILLION).toFixed(1)} million characters`);
  }
  for (const name of publishedNames) {
    const vocabulary = await publishedVocabulary(name);
    await measureSpeed(vocabulary, corpora, report, log);
    measureHostile(vocabulary, report);
  }
  await measureSizes(await publishedVocabulary('cl100k_base'), report);
  await measureTraining(report, log);
};

/** Milliseconds of processor time that `run` takes, of all threads: what other programs do meanwhile doesn't count. */
function timed(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Megabytes of UTF-8 in a second, on each corpus: ours and every peer's, in turns. */
async function measureSpeed(
  vocabulary: Vocabulary,
  corpora: Readonly<Record<string, string>>,
  report: Report,
  log: Log,
): Promise<void> {
  const own: Peer = {
    name: 'own',
    fresh() {
      const encoder = new BpeEncoder(vocabulary);
      return (text) => encoder.encodeIds(text);
    },
  };
  const located: Peer = {
    name: 'located',
    fresh() {
      const encoder = new BpeEncoder(vocabulary);
      return (text) => encoder.encode(text).ids;
    },
  };
  const others = await peersOf(vocabulary);
  const ways = [own, located, ...others];
  for (const way of ways) {
    const warm = way.fresh();
    for (const text of Object.values(corpora)) {
      warm(text.slice(0, MILLION));
    }
  }
  for (const [name, text] of Object.entries(corpora)) {
    const times = ways.map((): number[] => []);
    const found = ways.map((way) => way.fresh()(text));
    ways.forEach((way, i) => {
      const different = found[i]!.length === found[0]!.length ? '' : ', which is not our count';
      log(`${vocabulary.name}, ${name}: ${way.name} made ${found[i]!.length.toLocaleString('en')} tokens${different}`);
    });
    for (let round = 0; round < ROUNDS; round++) {
      ways.forEach((way, i) => {
        const encode = way.fresh();
        times[i]!.push(timed(() => encode(text)));
      });
    }
    const megabytes = Buffer.byteLength(text) / MILLION;
    const speeds = times.map((list) => (megabytes / median(list)) * 1000);
    const row = `${vocabulary.name}, ${name}`;
    others.forEach(({ name: peer }, i) => {
      const peerValue = speeds[i + 2]!;
      report({ name: row, value: speeds[0]!, unit: 'MB/s', peer, peerValue, ratio: speeds[0]! / peerValue });
    });
    report({ name: `${row}: with places and bytes`, value: speeds[1]!, unit: 'MB/s' });
  }
}

/** What has the fewest borders, or the most ties. */
const hostile: readonly (readonly [string, (length: number) => string])[] = [
  ['one letter', (length) => 'a'.repeat(length)],
  ['spaces', (length) => ' '.repeat(length)],
  ['two letters in turn', (length) => 'ab'.repeat(length / 2)],
  ['quotes', (length) => "'".repeat(length)],
  ['letters at random', letters],
  ['line breaks and spaces', (length) => '\n '.repeat(length / 2)],
  ['accents', (length) => '\u0301'.repeat(length)],
];

function letters(length: number): string {
  const random = seededRandom(1);
  return Array.from({ length }, () => 'etaoinshrdlu'[Math.floor(random() * 12)]).join('');
}

/** A million of them, and by how much time grows when there are twice as many: three doublings, on average. */
function measureHostile(vocabulary: Vocabulary, report: Report): void {
  const encoder = new BpeEncoder(vocabulary);
  for (const [name, make] of hostile) {
    const [eighth, whole] = [make(MILLION / 8), make(MILLION)];
    encoder.count(whole);
    const [less, more] = [eighth, whole].map((text) =>
      Math.min(...Array.from({ length: 5 }, () => timed(() => encoder.count(text)))),
    );
    report({ name: `${vocabulary.name}, a million of ${name}`, value: more!, unit: 'ms' });
    report(lessIsBetter('  twice as many take this many times as long', Math.cbrt(more! / less!), '', 'goal', 2.5));
  }
}

/** Nanoseconds a byte of different code: as one text, and as texts of a million characters, which is the same content. */
async function measureSizes(vocabulary: Vocabulary, report: Report): Promise<void> {
  const all = await muchCode(50 * MILLION);
  new BpeEncoder(vocabulary).encode(all.slice(0, 2 * MILLION));
  for (const size of [1, 5, 20, 50]) {
    const whole = all.slice(0, size * MILLION);
    const parts = Array.from({ length: size }, (_, i) => whole.slice(i * MILLION, (i + 1) * MILLION));
    const cost = (texts: readonly string[]) => {
      const encoder = new BpeEncoder(vocabulary);
      const time = timed(() => texts.forEach((text) => void encoder.encode(text)));
      return (time * MILLION) / Buffer.byteLength(whole);
    };
    const rounds = Array.from({ length: ROUNDS }, () => [cost([whole]), cost(parts)] as const);
    const [atOnce, inParts] = [0, 1].map((way) => median(rounds.map((round) => round[way]!)));
    const row = `${vocabulary.name}, ${Math.round(whole.length / MILLION)} MB, with places and bytes`;
    report(lessIsBetter(row, atOnce!, 'ns/byte', 'in parts of 1 MB', inParts!));
  }
}
