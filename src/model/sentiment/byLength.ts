// Texts of one length together: there is no padding here, so a batch can hold no others.

/** Those with ids of one length, in the order given; lengths in the order in which they first come. */
export function byLength<T extends { readonly ids: Int32Array }>(texts: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const text of texts) {
    const group = groups.get(text.ids.length);
    if (group === undefined) {
      groups.set(text.ids.length, [text]);
    } else {
      group.push(text);
    }
  }
  return groups;
}
