// The three ways through the course, offered at its door: which lessons each takes, and which of them by their Overview
// alone. Imports nothing.

export const PATH_IDS = ['look-inside', 'build-a-gpt', 'put-it-to-work'] as const;
export type PathId = (typeof PATH_IDS)[number];

/** Where the choice is kept; synced. */
export const PATH_KEY = 'insideLlms.course.path';

interface CoursePath {
  /** Numbers of lessons, whole. */
  readonly whole: readonly number[];
  /** Numbers of lessons of which the Overview is enough. */
  readonly overview: readonly number[];
  readonly hours: number;
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

const paths: Readonly<Record<PathId, CoursePath>> = {
  'look-inside': { whole: [], overview: range(1, 30), hours: 6 },
  'build-a-gpt': { whole: [...range(1, 3), ...range(5, 19), 22, 23], overview: [], hours: 20 },
  'put-it-to-work': { whole: [1, 2, 5, 6, 13, ...range(26, 30)], overview: range(15, 18), hours: 10 },
};

/** How a lesson lies to a path: on it, on it by its Overview alone, or beside it. */
export type PathPlace = 'whole' | 'overview' | 'off';

/** Without a path every lesson is on the way. */
export function placeOn(path: PathId | undefined, lesson: number): PathPlace {
  if (path === undefined || paths[path].whole.includes(lesson)) {
    return 'whole';
  }
  return paths[path].overview.includes(lesson) ? 'overview' : 'off';
}

/** About how long a path takes. */
export function hoursOf(path: PathId): number {
  return paths[path].hours;
}

export function asPath(value: unknown): PathId | undefined {
  return PATH_IDS.find((id) => id === value);
}
