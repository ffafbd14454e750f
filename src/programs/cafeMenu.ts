// The data of the lesson on vectors, made for it: the drinks of a small café, each as a list of how much of what is in
// it, in centilitres.

export const INGREDIENTS = ['milk', 'coffee', 'water', 'tea', 'chocolate', 'sugar'] as const;

/** Of milk and coffee alone, so that all that there is to know of them can be drawn. */
export const CUPS: readonly (readonly [name: string, milk: number, coffee: number])[] = [
  ['espresso', 0, 3],
  ['doppio', 0, 6],
  ['macchiato', 1, 4],
  ['cortado', 5, 5],
  ['cappuccino', 8, 4],
  ['flat white', 12, 6],
  ['latte', 16, 4],
  ['big latte', 20, 5],
  ['warm milk', 12, 0],
];

const OTHERS: readonly (readonly [name: string, ...amounts: number[]])[] = [
  ['americano', 0, 5, 12, 0, 0, 0],
  ['mocha', 12, 4, 0, 0, 4, 1],
  ['hot chocolate', 16, 0, 0, 0, 6, 2],
  ['thick chocolate', 6, 0, 0, 0, 9, 2],
  ['black tea', 0, 0, 0, 18, 0, 0],
  ['sweet tea', 0, 0, 0, 16, 0, 3],
  ['milk tea', 6, 0, 0, 14, 0, 0],
];

/** All drinks: the names, and a row of six amounts for each. */
export const DRINKS: readonly string[] = [...CUPS, ...OTHERS].map(([name]) => name);
export const AMOUNTS: readonly (readonly number[])[] = [
  ...CUPS.map(([, milk, coffee]) => [milk, coffee, 0, 0, 0, 0]),
  ...OTHERS.map(([, ...amounts]) => amounts),
];
