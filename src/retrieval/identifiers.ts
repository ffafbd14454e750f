// Identifiers with spaces between their parts, for models that know words and not code: `readFile` is no word to BERT,
// and "read File" is two. What joins parts by a sign (`read_file`) is cut by tokenizers anyhow.

/** Between a small letter or a digit and a capital; and before the last of several capitals, where a word begins. */
const BORDER = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/**
 * The text with a space at each border within an identifier; nothing else changes.
 *
 * Example: `spaceIdentifiers('new HTTPServer().listenOn(8080)')` is `new HTTP Server().listen On(8080)`.
 */
export function spaceIdentifiers(text: string): string {
  return text.replace(BORDER, ' ');
}
