// Small tokenizer files for the tests, with parts to put in.

/** A file as text: a small byte-pair tokenizer, with these parts instead of its own. */
export function fileOf(parts: Readonly<Record<string, unknown>> = {}): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ ...whole, ...parts }));
}

/** A file whose model has these parts. */
export function fileOfModel(parts: Readonly<Record<string, unknown>>): Uint8Array {
  return fileOf({ model: { ...whole.model, ...parts } });
}

/** A token as `added_tokens` has it. */
export function addedToken(id: unknown, content: unknown, more: Readonly<Record<string, unknown>> = {}) {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...more };
}

const whole = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [] as unknown[],
  normalizer: null as unknown,
  pre_tokenizer: { type: 'Whitespace' } as unknown,
  post_processor: null,
  decoder: { type: 'Fuse' } as unknown,
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: null as unknown,
    continuing_subword_prefix: null as unknown,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    vocab: { a: 0, b: 1, c: 2, ab: 3, abc: 4 },
    merges: [
      ['a', 'b'],
      ['ab', 'c'],
    ] as unknown,
  },
};
