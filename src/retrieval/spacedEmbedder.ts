// A sentence encoder for code: identifiers are given to it with spaces between their parts, queries and chunks alike.

import type { Embedder, EmbedOptions } from './embedder.ts';
import { spaceIdentifiers } from './identifiers.ts';

/** The same model over {@link spaceIdentifiers}; its vectors are others, and so is its id. */
export function spaced(model: Embedder): Embedder {
  return {
    id: `${model.id}-spaced`,
    label: model.label,
    dimensions: model.dimensions,
    detail: model.detail,
    embed: (texts: readonly string[], options?: EmbedOptions) => model.embed(texts.map(spaceIdentifiers), options),
    tokens: (text: string) => model.tokens(spaceIdentifiers(text)),
  };
}
