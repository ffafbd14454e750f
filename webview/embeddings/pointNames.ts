// What the points of the index's map are: asked for in batches, when the map would show their names.

import { type ChunkPlace, type IndexMap, MOST_NAMED, namePoints } from '../../src/shared/embeddingMessages.ts';
import type { Host } from '../host.ts';
import { shortPlace } from './places.ts';

export class PointNames {
  private readonly host: Pick<Host, 'request'>;
  private readonly onNews: () => void;
  private readonly places = new Map<number, ChunkPlace>();
  /** Answers that are on their way, by chunk. */
  private readonly waiting = new Map<number, Promise<void>>();
  /** Asked for, answered or not: a chunk that is gone is not asked for again. */
  private readonly asked = new Set<number>();
  private ids = new Float64Array();
  private map: IndexMap | undefined;
  /** A point's name; another function whenever there are new ones. */
  nameOf: (index: number) => string | undefined = () => undefined;

  constructor(host: Pick<Host, 'request'>, onNews: () => void) {
    this.host = host;
    this.onNews = onNews;
  }

  /** The map whose points are meant from now on. */
  of(map: IndexMap): void {
    if (map !== this.map) {
      if (map.version !== this.map?.version) {
        this.places.clear();
        this.asked.clear();
      }
      this.map = map;
      this.ids = new Float64Array(map.ids);
      this.renew();
    }
  }

  placeOf(index: number): ChunkPlace | undefined {
    return this.places.get(this.ids[index] as number);
  }

  chunkOf(index: number): number {
    return this.ids[index] as number;
  }

  /** The point of a chunk; undefined where the map has none. */
  indexOf(chunk: number): number | undefined {
    const at = this.ids.indexOf(chunk);
    return at < 0 ? undefined : at;
  }

  /** A point's chunk, asked for where it isn't known yet; undefined for a chunk that is gone. */
  async find(index: number): Promise<ChunkPlace | undefined> {
    const chunk = this.chunkOf(index);
    if (!this.places.has(chunk)) {
      void this.ask([index]);
      await this.waiting.get(chunk);
    }
    return this.places.get(chunk);
  }

  async ask(indexes: readonly number[]): Promise<void> {
    const chunks = indexes.map((index) => this.ids[index] as number).filter((chunk) => !this.asked.has(chunk));
    const wanted = chunks.slice(0, MOST_NAMED);
    for (const chunk of wanted) {
      this.asked.add(chunk);
    }
    if (wanted.length === 0) {
      return;
    }
    const answer = this.fetch(wanted);
    for (const chunk of wanted) {
      this.waiting.set(chunk, answer);
    }
    await answer;
    for (const chunk of wanted) {
      this.waiting.delete(chunk);
    }
  }

  private async fetch(wanted: readonly number[]): Promise<void> {
    try {
      for (const place of await this.host.request(namePoints, { chunks: [...wanted] })) {
        this.places.set(place.chunk, place);
      }
    } catch {
      // A map without names is still a map; they are asked for again when it is moved.
      for (const chunk of wanted) {
        this.asked.delete(chunk);
      }
      return;
    }
    this.renew();
    this.onNews();
  }

  private renew(): void {
    this.nameOf = (index) => {
      const place = this.placeOf(index);
      return place && shortPlace(place);
    };
  }
}
