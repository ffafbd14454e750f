// The page that the tests of the map open: one map of a scene at a time, and a record of what it told.

import { render } from 'lit';
import { seededRandom, systemClock } from '../../../src/shared/environment.ts';
import type { PointsValue } from '../../../src/shared/trace.ts';
import { pageStyles } from '../../../webview/elements/base.ts';
import type { MapData } from '../../../webview/elements/map/mapData.ts';
import type { NamesWanted, PointPlace } from '../../../webview/elements/map/mapEvents.ts';
import { pointsMap } from '../../../webview/elements/map/pointsMap.ts';
import type { ScatterMap } from '../../../webview/elements/map/scatterMap.ts';
import '../../../webview/elements/map/scatterMap.ts';

if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}

/** Points in as many crowds as there are kinds, each around a place of its own. */
function crowds(count: number, kinds: number, turned = 0): MapData {
  const random = seededRandom(5);
  const xy = new Float32Array(count * 2);
  const of = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const kind = Math.floor(random() ** 1.5 * kinds);
    const angle = (kind / kinds) * 2 * Math.PI + turned;
    const spread = Math.sqrt(-2 * Math.log(1 - random())) * 0.22;
    const around = random() * 2 * Math.PI;
    xy[index * 2] = Math.cos(angle) + spread * Math.cos(around);
    xy[index * 2 + 1] = Math.sin(angle) + spread * Math.sin(around);
    of[index] = kind;
  }
  const counts = Array.from({ length: kinds }, (_, kind) => of.filter((one) => one === kind).length);
  const sampled = Uint8Array.from({ length: count }, (_, index) => (index % 3 === 0 ? 1 : 0));
  return { xy, categories: { names: counts.map((_, kind) => `folder ${kind}`), counts, of }, sampled };
}

/** Sixteen points on a lattice, three units apart. */
function lattice(): MapData {
  const xy = Float32Array.from({ length: 32 }, (_, at) => 3 * (at % 2 === 0 ? (at >> 1) % 4 : at >> 3));
  const of = Uint8Array.from({ length: 16 }, (_, index) => index % 2);
  return { xy, categories: { names: ['even', 'odd'], counts: [8, 8], of } };
}

const points: PointsValue = {
  kind: 'points',
  look: 'map',
  points: Array.from({ length: 300 }, (_, index) => ({
    x: Math.cos(index) * (index % 7),
    y: Math.sin(index) * (index % 7),
    label: `word ${index}`,
    ...(index < 280 && { group: index % 3 === 0 ? 'animals' : 'tools' }),
    ...(index === 0 && { role: 'chosen' as const }),
    ...((index === 3 || index === 6) && { role: 'match' as const }),
  })),
};

/** Crowds, and far from them as few as UMAP throws off: all of the last points. */
function outliers(count: number): MapData {
  const { xy, ...rest } = crowds(count, 5);
  xy.set([-60, 0, 55, 70, 3, -80], xy.length - 6);
  return { xy, ...rest };
}

const scenes: Readonly<Record<string, () => MapData>> = {
  lattice,
  few: () => crowds(120, 5),
  some: () => crowds(3000, 12),
  many: () => crowds(50_000, 12),
  turned: () => crowds(50_000, 12, 1),
  fewTurned: () => crowds(120, 5, 1),
  outliers: () => outliers(600),
  none: () => ({ xy: new Float32Array() }),
  one: () => ({ xy: Float32Array.of(7, 7) }),
  same: () => ({ xy: new Float32Array(40).fill(2) }),
  broken: () => ({ xy: Float32Array.of(0, 0, Number.NaN, 1, 2, 2, Number.POSITIVE_INFINITY, 0) }),
};

/** What tests call. */
export interface MapPage {
  show(scene: string, force?: 'webgl' | 'canvas'): void;
  /** Another scene in the same map, as another layout of the same points is. */
  move(scene: string): void;
  showPoints(): void;
  readonly told: { readonly name: string; readonly indexes: readonly (number | undefined)[] }[];
  map(): ScatterMap;
  /** How often the points were drawn since the last call. */
  drawn(): number;
  /** Draws at once and keeps the picture; how many of its pixels are drawn on. */
  keep(): number;
  /** Draws at once; how many pixels are clearly others than in the kept picture. */
  differing(): number;
  /** Milliseconds of each of so many frames that pan, drawn one after the other and read back, so that they are done. */
  frames(count: number): number[];
}

let draws = 0;
let kept = new Uint8ClampedArray();

/** The points' canvas as it is now, RGBA; all of it or its first rows. */
function read(rows?: number): Uint8ClampedArray<ArrayBuffer> {
  const canvas = page.map().renderRoot.querySelector('canvas.points') as HTMLCanvasElement;
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, canvas.width, rows ?? canvas.height).data;
}

/** WebGL's picture can be read in the very task that drew it. */
function picture(): Uint8ClampedArray<ArrayBuffer> {
  page.map().camera.fit();
  page.map().draw();
  return read();
}

const page: MapPage = {
  show,
  move: (scene) => {
    page.map().data = (scenes[scene] as () => MapData)();
  },
  showPoints: () => {
    document.querySelector('main')?.remove();
    const main = document.createElement('main');
    document.body.append(main);
    render(pointsMap(points, 'words'), main);
  },
  told: [],
  map: () => document.querySelector('scatter-map') as ScatterMap,
  drawn: () => {
    const before = draws;
    draws = 0;
    return before;
  },
  keep: () => {
    kept = picture();
    return kept.filter((value, at) => at % 4 === 3 && value > 0).length;
  },
  differing: () => {
    const now = picture();
    const far = (at: number) =>
      [0, 1, 2, 3].some((part) => Math.abs((now[at + part] as number) - (kept[at + part] as number)) > 24);
    return Array.from({ length: now.length / 4 }, (_, pixel) => pixel * 4).filter(far).length;
  },
  frames: (count) => {
    const map = page.map();
    map.camera.zoom(1.4);
    return Array.from({ length: count }, (_, step) => {
      const begun = systemClock.elapsed();
      map.camera.pan(step % 20 < 10 ? 7 : -7, 3 * (step % 2) - 1);
      map.draw();
      read(1);
      return systemClock.elapsed() - begun;
    });
  },
};

function show(scene: string, force?: 'webgl' | 'canvas'): void {
  const make = scenes[scene];
  if (make === undefined) {
    throw new Error(`There is no scene "${scene}".`);
  }
  document.querySelector('main')?.remove();
  page.told.length = 0;
  const main = document.createElement('main');
  main.style.padding = '16px';
  const map = document.createElement('scatter-map') as ScatterMap;
  const names = new Set<number>();
  Object.assign(map, { data: make(), label: 'a scene', force });
  for (const name of ['point-pick', 'point-open', 'point-hover']) {
    map.addEventListener(name, (event) => {
      page.told.push({ name, indexes: [(event as CustomEvent<PointPlace>).detail.index] });
    });
  }
  map.addEventListener('names-wanted', (event) => {
    const { indexes } = (event as CustomEvent<NamesWanted>).detail;
    page.told.push({ name: 'names-wanted', indexes });
    for (const index of indexes) {
      names.add(index);
    }
    map.nameOf = (index) => (names.has(index) ? `file ${index}.ts` : undefined);
  });
  const draw = map.picture.draw.bind(map.picture);
  map.picture.draw = (...how) => {
    draws += 1;
    draw(...how);
  };
  main.append(map);
  document.body.append(main);
}
Object.assign(window, { mapPage: page });
