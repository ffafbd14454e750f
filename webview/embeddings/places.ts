// A chunk's place in words, and a flat map's data as the map element takes it. Pure.

import type { ChunkPlace, FlatMap, IndexMap, PointCategories } from '../../src/shared/embeddingMessages.ts';
import type { MapCategories, MapData } from '../elements/map/mapData.ts';

/** `src/parser.ts:12-30 › Parser.parse` */
export function placeText({ path, startLine, endLine, names }: ChunkPlace): string {
  const lines = startLine === endLine ? String(startLine) : `${startLine}-${endLine}`;
  return `${path}:${lines}${names.length === 0 ? '' : ` › ${names.join('.')}`}`;
}

/** What a point of a map is called: as short as it can be told by. */
export function shortPlace({ path, startLine, names }: ChunkPlace): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return names.length === 0 ? `${file}:${startLine}` : `${names.at(-1)} · ${file}`;
}

/** The first words of a text, on one line. */
export function beginning(text: string, length = 80): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

export function flatData({ xy }: FlatMap): MapData {
  return { xy: new Float32Array(xy) };
}

export function indexData(map: IndexMap, by: 'folders' | 'languages'): MapData {
  return { xy: new Float32Array(map.xy), categories: categories(map[by]), sampled: new Uint8Array(map.sampled) };
}

function categories({ names, counts, of }: PointCategories): MapCategories {
  return { names, counts, of: new Uint8Array(of) };
}
