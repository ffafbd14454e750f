// Makes a tokenizer of a definition: normalise, cut into words, let the model cut the words, and know for each token
// which stretch of the given text it covers. Plain byte-level BPE goes to the encoder that is made for it (encoder.ts).

import { type CancelSignal, neverCancelled } from '../shared/environment.ts';
import { AddedTokenFinder } from './addedTokens.ts';
import { AlignedText } from './alignedText.ts';
import { bytesOfCharacters } from './byteCharacters.ts';
import { byteVocabularyOf } from './byteLevel/byteVocabulary.ts';
import { RenumberedBpe } from './byteLevel/renumberedBpe.ts';
import { isContinuation } from './bytes.ts';
import { CHUNK, type Chunking, canCut, chunkEnd, chunkingOf } from './chunks.ts';
import { decoderOf } from './decoders.ts';
import type { TokenizerDefinition } from './definition.ts';
import { BpeEncoder, ENCODE_BUDGET_BYTES } from './encoder.ts';
import { lookAt, noSuchToken, tooLarge, withinLimits } from './faults.ts';
import { holdGrowth } from './growth.ts';
import { KnownTokens } from './knownTokens.ts';
import { WordCache } from './models/wordCache.ts';
import { type Normalize, normalizerOf } from './normalizers/normalize.ts';
import { PlacedTokens } from './placedTokens.ts';
import type { Words } from './preTokenizers/cutWords.ts';
import { type CutWords, preTokenizerOf } from './preTokenizers/preTokenize.ts';
import type { Encoded, EncodeOptions, Tokenizer, TokenizerKind, VocabularyEntry } from './tokenizer.ts';

/** What a text that is worked on whole takes for each of its UTF-16 units: ranges, twice over, and a word. */
const WORK_BYTES = 96;
/** Words between two looks at the cancel signal, less one. */
const LOOK_MASK = 0x3ff;

/**
 * A tokenizer that does what `definition` says.
 *
 * @param budgetBytes most memory that one call may take for its text and tokens
 * @param chunk UTF-16 units of the parts that a text is worked on in, where it can be cut: it changes no token
 * @throws Fault `bad-input` naming the part that can't be used.
 */
export function tokenizerOf(
  definition: TokenizerDefinition,
  budgetBytes: number = ENCODE_BUDGET_BYTES,
  chunk: number = CHUNK,
): Tokenizer {
  const ranked = byteVocabularyOf(definition);
  if (!ranked) {
    return new PipelineTokenizer(definition, budgetBytes, chunk);
  }
  const idsAreRanks = ranked.ids.every((id, rank) => id === rank);
  return idsAreRanks
    ? new BpeEncoder(ranked.vocabulary, budgetBytes)
    : new RenumberedBpe(definition, ranked, budgetBytes);
}

class PipelineTokenizer implements Tokenizer {
  readonly name: string;
  readonly kind: TokenizerKind;
  readonly byteLevel: boolean;
  readonly size: number;
  readonly cuts: boolean;
  readonly definition: TokenizerDefinition;
  private readonly budgetBytes: number;
  private readonly chunk: number;
  private readonly chunking: Chunking;
  /** Of a text's first part, and of those behind it, which nothing is put before. */
  private readonly normalize: Normalize;
  private readonly normalizeLater: Normalize;
  private readonly preTokenize: CutWords;
  private readonly words: WordCache;
  private readonly decodePieces: (pieces: readonly string[]) => Uint8Array;
  private readonly tokens: KnownTokens;
  private readonly added: AddedTokenFinder;
  private readonly addedNormalized: AddedTokenFinder;

  constructor(definition: TokenizerDefinition, budgetBytes: number, chunk: number) {
    const { name, model, normalizers, preTokenizers, addedTokens } = definition;
    this.definition = definition;
    this.name = name;
    this.kind = model.type;
    this.budgetBytes = budgetBytes;
    this.chunk = chunk;
    this.chunking = chunkingOf(definition);
    this.cuts = canCut(definition);
    this.normalize = normalizerOf(normalizers);
    this.normalizeLater = normalizerOf(normalizers.filter(({ type }) => type !== 'prepend'));
    this.preTokenize = preTokenizerOf(preTokenizers);
    this.words = new WordCache(model, new Set(addedTokens.filter(({ special }) => special).map(({ id }) => id)));
    this.decodePieces = decoderOf(definition.decoders);
    const normalForm = (text: string) => this.normalize(AlignedText.of(text, 0)).text;
    this.tokens = new KnownTokens(definition, normalForm);
    this.size = this.tokens.size;
    this.byteLevel = this.tokens.byteLevel;
    this.added = new AddedTokenFinder(
      addedTokens.filter(({ normalized }) => !normalized),
      ({ text }) => text,
    );
    this.addedNormalized = new AddedTokenFinder(
      addedTokens.filter(({ normalized }) => normalized),
      ({ text }) => normalForm(text),
    );
  }

  encode(text: string, options: EncodeOptions = {}): Encoded {
    return withinLimits(() => this.run(text, options).finish());
  }

  count(text: string, options: EncodeOptions = {}): number {
    return withinLimits(() => this.run(text, options).length);
  }

  decode(ids: ArrayLike<number>): Uint8Array {
    const pieces = Array.from(ids, (id, place) => {
      const piece = this.tokens.pieceOf(id);
      if (piece === undefined) {
        throw noSuchToken(ids, place, this);
      }
      return piece;
    });
    return this.decodePieces(pieces);
  }

  entry(id: number): VocabularyEntry | undefined {
    return this.tokens.entry(id);
  }

  private run(
    text: string,
    { signal = neverCancelled, onProgress, specialTokens = false }: EncodeOptions,
  ): PlacedTokens {
    const out = new PlacedTokens(text, this.budgetBytes);
    let grown = 0; // all parts' normalised characters: each part alone may double and more
    const chunking = this.addedNormalized.finds(specialTokens) ? 'none' : this.chunking;
    for (const { start, end, id } of this.added.split(text, specialTokens, signal)) {
      if (id !== undefined) {
        out.push(id, start, end);
        continue;
      }
      for (let from = start; from < end; ) {
        const to = chunkEnd(text, from, end, chunking, this.chunk);
        if ((to - from) * WORK_BYTES > this.budgetBytes) {
          throw tooLarge(this.budgetBytes, `at ${from.toLocaleString('en')} of ${text.length.toLocaleString('en')}`);
        }
        const normalize = from === start ? this.normalize : this.normalizeLater;
        const aligned = normalize(AlignedText.of(text.slice(from, to), from), signal);
        grown += aligned.text.length;
        holdGrowth(grown, text.length);
        this.encodeChunk(aligned, specialTokens, signal, out);
        from = to;
        onProgress?.(to);
      }
    }
    return out;
  }

  /** A part of the text, normalised. */
  private encodeChunk(aligned: AlignedText, specialTokens: boolean, signal: CancelSignal, out: PlacedTokens): void {
    if (!this.addedNormalized.finds(specialTokens)) {
      this.encodeWords(this.preTokenize(aligned, signal), signal, out);
      return;
    }
    for (const { start, end, id } of this.addedNormalized.split(aligned.text, specialTokens, signal)) {
      if (id === undefined) {
        this.encodeWords(this.preTokenize(aligned.slice(start, end), signal), signal, out);
      } else {
        out.push(id, aligned.starts[start]!, aligned.ends[end - 1]!);
      }
    }
  }

  private encodeWords({ aligned, words }: Words, signal: CancelSignal, out: PlacedTokens): void {
    const { text, starts, ends } = aligned;
    words.forEach(({ start, end }, place) => {
      if ((place & LOOK_MASK) === 0) {
        lookAt(signal);
      }
      const found = this.words.tokenize(text.slice(start, end), signal);
      for (let i = 0; i < found.length; i += 4) {
        const from = start + found[i + 1]!;
        const to = start + found[i + 2]!;
        const byte = found[i + 3]!;
        if (byte !== -1) {
          out.pushBytes(found[i]!, starts[from]!, ends[to - 1]!, Uint8Array.of(byte), false);
        } else if (this.tokens.visibleBytes) {
          this.pushVisible(found[i]!, aligned, from, to, out);
        } else {
          out.push(found[i]!, starts[from]!, ends[to - 1]!);
        }
      }
    });
  }

  /** A token whose characters are bytes' visible ones. */
  private pushVisible(
    id: number,
    { text, starts, ends }: AlignedText,
    from: number,
    to: number,
    out: PlacedTokens,
  ): void {
    const bytes = bytesOfCharacters(text.slice(from, to));
    if (!bytes) {
      out.push(id, starts[from]!, ends[to - 1]!);
      return;
    }
    const next = bytesOfCharacters(text.slice(to, to + 1))?.[0];
    const fragment = isContinuation(bytes[0]!) || (next !== undefined && isContinuation(next));
    out.pushBytes(id, starts[from]!, ends[to - 1]!, bytes, fragment);
  }
}
