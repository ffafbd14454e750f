export function split(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu) ?? [];
}

export function buildVocabulary(text: string): string[] {
  return [...[...new Set(split(text))].sort(), '<unk>'];
}

export function encode(text: string, vocabulary: readonly string[]): number[] {
  const ids = new Map(vocabulary.map((piece, id) => [piece, id]));
  return split(text).flatMap((piece) => ids.get(piece) ?? []);
}

export function decode(ids: readonly number[], vocabulary: readonly string[]): string {
  return ids.map((id) => vocabulary[id]).join(' ');
}
