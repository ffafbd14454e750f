export function split(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu) ?? [];
}

export function buildVocabulary(text: string): string[] {
  return [...[...new Set(split(text))].sort(), '<unk>'];
}

export function encode(text: string, vocabulary: readonly string[]): number[] {
  return split(text).map((piece) => vocabulary.indexOf(piece));
}

export function decode(ids: readonly number[], vocabulary: readonly string[]): string {
  return ids.map((id) => vocabulary[id]).join(' ');
}
