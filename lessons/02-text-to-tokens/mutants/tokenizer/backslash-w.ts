export function split(text: string): string[] {
  return text.match(/\w+|[^\w\s]/g) ?? [];
}

export function buildVocabulary(text: string): string[] {
  return [...[...new Set(split(text))].sort(), '<unk>'];
}

export function encode(text: string, vocabulary: readonly string[]): number[] {
  const ids = new Map(vocabulary.map((piece, id) => [piece, id]));
  const unknown = vocabulary.length - 1;
  return split(text).map((piece) => ids.get(piece) ?? unknown);
}

export function decode(ids: readonly number[], vocabulary: readonly string[]): string {
  return ids.map((id) => vocabulary[id]).join(' ');
}
