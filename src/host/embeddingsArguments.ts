// What the command that opens the embedding inspector is called with: nothing from the palette, a document from an
// editor's menu, files from the explorer, chunks from search's pages, a text from other parts. Pure.

/** The parts of a URI that VS Code's commands hand over. */
export interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

export type EmbeddingsSubject =
  | { readonly what: 'editor' }
  | { readonly what: 'text'; readonly text: string }
  | { readonly what: 'files'; readonly uris: readonly UriParts[] }
  | { readonly what: 'chunks'; readonly chunks: readonly number[]; readonly query: string | undefined };

/** The explorer hands over the file under the pointer and then all that are selected; an editor's menu only the first. */
export function subjectOf(argument: unknown, more: unknown): EmbeddingsSubject {
  if (typeof argument === 'string') {
    return { what: 'text', text: argument };
  }
  if (Array.isArray(more) && more.length > 0 && more.every(isUri)) {
    return { what: 'files', uris: more };
  }
  const { chunks, query } = (argument ?? {}) as { readonly chunks?: unknown; readonly query?: unknown };
  const asked = typeof query === 'string' && query.trim() !== '' ? query : undefined;
  if (Array.isArray(chunks)) {
    return { what: 'chunks', chunks: chunks.filter((chunk) => Number.isInteger(chunk) && chunk >= 0), query: asked };
  }
  return asked === undefined ? { what: 'editor' } : { what: 'text', text: asked };
}

function isUri(value: unknown): value is UriParts {
  const { scheme, path } = (value ?? {}) as Partial<Record<keyof UriParts, unknown>>;
  return typeof scheme === 'string' && typeof path === 'string';
}
