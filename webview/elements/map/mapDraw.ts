// One picture of a map: its points where they have changed, and over them names, lines and rings.

import { type Place, type Plane, placeAt } from '../points/plane.ts';
import { labelFont } from '../points/textWidth.ts';
import type { ThemeKind } from '../tensor/palette.ts';
import { type EdgeMark, edgeMarks, markAt } from './mapApart.ts';
import type { MapData } from './mapData.ts';
import { drawMapMarks, mapInks } from './mapInk.ts';
import { labelled, placed, turnOf } from './mapLabels.ts';
import { rgbOfText } from './mapPalette.ts';
import type { MapPicture, PainterKind } from './mapPicture.ts';
import { pointName } from './mapWords.ts';

/** What is on the screen. */
export interface MapShown {
  readonly data: MapData;
  readonly picture: MapPicture;
  readonly plane: Plane;
  readonly home: Plane;
  /** Points that lie far apart from all others. */
  readonly apart: readonly number[];
  readonly theme: ThemeKind;
  /** Bit s is set where the points of slot s are shown. */
  readonly shown: number;
  readonly force: PainterKind | undefined;
  readonly chosen: number | undefined;
  readonly linked: readonly number[];
  readonly pointed: number | undefined;
  readonly nameOf: (index: number) => string | undefined;
  readonly takes: (index: number) => boolean;
}

/** Pixels between a mark and its name. */
const CLEAR = 4;
/** How far from a point the pointer may be to mean it, in pixels. */
const NEAR = 14;
/** How many points the list of the nearest has. */
const LISTED = 10;

/** @param stale whether the points are drawn too. @returns whether they are still on their way. */
export function drawMap(
  element: Element,
  { points, marks }: { readonly points: HTMLCanvasElement; readonly marks: HTMLCanvasElement },
  map: MapShown,
  stale: boolean,
): boolean {
  const { picture, plane, home, theme, shown, force, pointed } = map;
  const inks = mapInks(element);
  const going = picture.moved < 1;
  if (stale || going) {
    const zoom = plane.scale / home.scale;
    picture.draw(points, plane, { zoom, shown, theme, paper: rgbOfText(inks.paper), force });
  }
  const font = labelFont(element);
  const { radius } = picture;
  const wanted = going ? [] : namedPoints(map);
  drawMapMarks(
    marks,
    plane,
    inks,
    {
      labels: placed(wanted, plane, map.data.xy, map.nameOf, font, radius + CLEAR),
      chosen: map.chosen,
      linked: map.linked,
      pointed:
        pointed === undefined ? undefined : { index: pointed, text: pointName(map.data, pointed, map.nameOf(pointed)) },
      edges: going ? [] : edgesOf(map),
      radius,
      fontSize: font.lineHeight / 1.25,
    },
    (index) => picture.placeOf(index),
  );
  return going;
}

/** Marks for those that lie apart, off the screen; none where one has gone nearer and most points are off it. */
export function edgesOf({ plane, home, apart, picture, takes }: MapShown): EdgeMark[] {
  const near = plane.scale > home.scale * 1.001;
  return near ? [] : edgeMarks(plane, apart.filter(takes), (index) => picture.placeOf(index));
}

/** The point under a pixel, and whether it lies off the screen: then the pixel is on its mark at the edge. */
export function pointUnder(map: MapShown, pixel: Place): { readonly index: number | undefined; readonly off: boolean } {
  const { plane, picture, takes } = map;
  const edge = markAt(edgesOf(map), pixel, NEAR / 2);
  const index = edge?.index ?? picture.grid.nearest(placeAt(plane, pixel), NEAR / plane.scale, takes);
  return { index, off: edge !== undefined };
}

/** The points that carry their names, where there is room: what is chosen first. */
export function namedPoints({ plane, data, picture, takes, chosen, linked }: MapShown): number[] {
  const first = new Set([chosen, ...linked]);
  return labelled(plane, data.xy, picture.grid, takes, (index) => (first.has(index) ? -1 : turnOf(index)));
}

/** All points whose names are on the screen, or read out, or listed. */
export function wantedNames(map: MapShown, listed: boolean): number[] {
  const { pointed, chosen, linked } = map;
  const read = [pointed, chosen].filter((index) => index !== undefined);
  return [...new Set([...read, ...linked, ...(listed ? nearestOnMap(map) : []), ...namedPoints(map)])];
}

/** Those nearest on the map to what is chosen or pointed at, or to the middle of the picture. */
export function nearestOnMap({ plane, picture, takes, chosen, pointed }: MapShown): number[] {
  const read = chosen ?? pointed;
  const at =
    read === undefined ? placeAt(plane, { x: plane.size.width / 2, y: plane.size.height / 2 }) : picture.placeOf(read);
  return picture.grid.nearestFew(at, LISTED, takes, read);
}
