// Hits by file, in the order of each file's best hit, and the rows of a tree that come of them. Knows no element.

import type { SearchHit } from '../../src/shared/searchMessages.ts';

export interface FileGroup {
  readonly key: string;
  readonly root: string;
  readonly path: string;
  readonly name: string;
  /** The folders above it, '' at the top. */
  readonly folder: string;
  readonly language: string;
  readonly hits: readonly SearchHit[];
}

export function groupByFile(hits: readonly SearchHit[]): FileGroup[] {
  const groups = new Map<string, SearchHit[]>();
  for (const hit of hits) {
    const key = `${hit.root}\n${hit.path}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [hit]);
    } else {
      group.push(hit);
    }
  }
  return [...groups].map(([key, group]) => {
    const { root, path, language } = group[0] as SearchHit;
    const at = path.lastIndexOf('/');
    return { key, root, path, name: path.slice(at + 1), folder: path.slice(0, Math.max(0, at)), language, hits: group };
  });
}

/** A row that the keyboard can stand on: a file or a hit. */
export interface Row {
  /** Unique in the tree. */
  readonly id: string;
  readonly group: FileGroup;
  readonly hit?: SearchHit;
  /** Set of the row below a hit that says why it is there. */
  readonly why?: true;
}

export const fileRow = ({ key }: FileGroup) => `file:${key}`;
export const hitRow = ({ chunk }: SearchHit) => `hit:${chunk}`;

/** All rows that can be seen, top down. @param why the chunk of the hit that is taken apart in place */
export function rowsOf(groups: readonly FileGroup[], closed: ReadonlySet<string>, why: number | undefined): Row[] {
  const rowsOfHit = (group: FileGroup, hit: SearchHit): Row[] => [
    { id: hitRow(hit), group, hit },
    ...(hit.chunk === why ? [{ id: `why:${hit.chunk}`, group, hit, why: true } as const] : []),
  ];
  return groups.flatMap((group): Row[] => [
    { id: fileRow(group), group },
    ...(closed.has(group.key) ? [] : group.hits.flatMap((hit) => rowsOfHit(group, hit))),
  ]);
}
