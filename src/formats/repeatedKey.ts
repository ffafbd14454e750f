// Finds a key that one JSON object has twice. `JSON.parse` takes the last of them and says nothing.

/**
 * The first key that comes twice in the same object, or undefined.
 *
 * Example: `repeatedKey('{"a": 1, "b": {"a": 2, "a": 3}}')` is `a`.
 *
 * @param json text that `JSON.parse` takes
 */
export function repeatedKey(json: string): string | undefined {
  // For each object or list that is open, the keys so far; lists have none.
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfText(json, at);
      if (isFollowedByColon(json, end)) {
        const key = JSON.parse(json.slice(at, end)) as string;
        const keys = open.at(-1);
        if (keys?.has(key)) {
          return key;
        }
        keys?.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** Where the text that begins at `start`, with its quotation mark, has ended. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') {
    at += json[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function isFollowedByColon(json: string, from: number): boolean {
  let at = from;
  while (' \t\r\n'.includes(json[at])) {
    at++;
  }
  return json[at] === ':';
}
