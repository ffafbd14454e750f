export type Merge = readonly [left: number, right: number];

export function mergePair(ids: readonly number[], [left, right]: Merge, id: number): number[] {
  const merged: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      merged.push(id);
      i++;
    } else {
      merged.push(ids[i]);
    }
  }
  return merged;
}

export function trainBpe(preTokens: readonly string[], most: number): Merge[] {
  const words = preTokens.map((preToken) => [...new TextEncoder().encode(preToken)]);
  const frequent = [...countPairs(words)].filter(([, count]) => count > 1);
  const sorted = frequent.toSorted(([, one], [, other]) => other - one);
  return sorted.slice(0, most).map(([pair]) => {
    const [left, right] = pair.split(' ').map(Number);
    return [left, right];
  });
}

function countPairs(words: readonly (readonly number[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    for (let i = 0; i + 1 < word.length; i++) {
      const pair = `${word[i]} ${word[i + 1]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      if (word[i] === word[i + 1] && word[i + 1] === word[i + 2]) {
        i++; // of three alike, the middle one is used up
      }
    }
  }
  return counts;
}
