// The id by which an index knows a workspace folder. Made from the folder's address alone, so that the extension, the
// command line and other windows mean the same by it and can use one index.

/**
 * FNV-1a (Fowler, Noll, Vo), 64 bits over the address's UTF-16 units, as 16 hexadecimal digits. Not a secret and not safe
 * against those who look for two folders of one id: folders are the user's own.
 *
 * @param place an absolute path or a URI. Windows' drives and separators count in any spelling, a last separator doesn't.
 */
export function rootId(place: string): string {
  const path = place.replace(/^[A-Z]:(?=[\\/])/, (drive) => drive.toLowerCase());
  const plain = (/^[a-z]:[\\/]|^\\\\/.test(path) ? path.replaceAll('\\', '/') : path).replace(/(?<=.)\/+$/, '');
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < plain.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(plain.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
