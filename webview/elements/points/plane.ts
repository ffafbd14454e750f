// Which part of the plane is on the screen, and where a place of it is drawn: one scale for both axes, zoom about a
// point, pan, ticks. Pixels are CSS pixels from the top left of the drawing, y downwards. Pure.

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A rectangle of the plane, in its own units. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The room for the drawing, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is in the middle, and how many pixels one unit takes on either axis. */
export interface Plane {
  readonly center: Place;
  readonly scale: number;
  readonly size: Size;
}

/** Pixels kept free around what is fitted, for the labels of the outermost points. */
const MARGIN = 26;
/** How far one can zoom in, as a multiple of the fitted scale. */
const MOST_ZOOM = 200;
/** Places closer than this part of how far off they are from zero are one place: 32 bits don't tell them apart. */
const ONE_PLACE = 1e-7;

/** The smallest rectangle with all places in it; room around them, a unit at least, where they are all but one. */
export function extentOf(places: readonly Place[]): Extent {
  const finite = places.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const [first = { x: 0, y: 0 }, ...others] = finite;
  const extent = others.reduce<Extent>(including, { left: first.x, right: first.x, bottom: first.y, top: first.y });
  const span = Math.max(extent.right - extent.left, extent.top - extent.bottom);
  const far = Math.max(...[extent.left, extent.right, extent.bottom, extent.top].map(Math.abs));
  const room = span <= ONE_PLACE * far ? Math.max(1, 10 * ONE_PLACE * far) : 0;
  return {
    left: extent.left - room,
    right: extent.right + room,
    bottom: extent.bottom - room,
    top: extent.top + room,
  };
}

function including({ left, right, bottom, top }: Extent, { x, y }: Place): Extent {
  return { left: Math.min(left, x), right: Math.max(right, x), bottom: Math.min(bottom, y), top: Math.max(top, y) };
}

/**
 * The extent to fit now, after `before` was fitted: the one before as long as all is in it and fills more than a third
 * of it. While something is moved, the ground then stands still.
 */
export function steadied(now: Extent, before: Extent | undefined): Extent {
  if (before === undefined) {
    return now;
  }
  const within =
    now.left >= before.left && now.right <= before.right && now.bottom >= before.bottom && now.top <= before.top;
  const span = (extent: Extent) => Math.max(extent.right - extent.left, extent.top - extent.bottom);
  return within && span(now) > span(before) / 3 ? before : now;
}

/** All of the extent, as large as it goes. */
export function fitted(extent: Extent, size: Size): Plane {
  const room = (pixels: number) => Math.max(20, pixels - 2 * MARGIN);
  const scale = Math.min(
    room(size.width) / Math.max(extent.right - extent.left, 1e-300),
    room(size.height) / Math.max(extent.top - extent.bottom, 1e-300),
  );
  return { center: { x: (extent.left + extent.right) / 2, y: (extent.bottom + extent.top) / 2 }, scale, size };
}

/** The height that suits an extent in a drawing of this width: as the extent asks, within bounds. */
export function heightFor(extent: Extent, width: number, least: number, most: number): number {
  const ratio = (extent.top - extent.bottom) / Math.max(extent.right - extent.left, 1e-300);
  return Math.round(Math.min(most, Math.max(least, (width - 2 * MARGIN) * ratio + 2 * MARGIN)));
}

/** Where a place is drawn. */
export function pixelOf({ center, scale, size }: Plane, { x, y }: Place): Place {
  return { x: size.width / 2 + (x - center.x) * scale, y: size.height / 2 - (y - center.y) * scale };
}

/** The place under a pixel. */
export function placeAt({ center, scale, size }: Plane, pixel: Place): Place {
  return { x: center.x + (pixel.x - size.width / 2) / scale, y: center.y - (pixel.y - size.height / 2) / scale };
}

/** The part of the plane that is on the screen. */
export function visible(plane: Plane): Extent {
  const { x: left, y: top } = placeAt(plane, { x: 0, y: 0 });
  const { x: right, y: bottom } = placeAt(plane, { x: plane.size.width, y: plane.size.height });
  return { left, right, bottom, top };
}

/**
 * Larger by `factor`, the place under `pixel` staying where it is; from all of `home` up to many times that, or many times
 * what is usually seen.
 */
export function zoomed(plane: Plane, factor: number, pixel: Place, home: Plane, usual: Plane = home): Plane {
  const scale = Math.min(Math.max(plane.scale * factor, home.scale), usual.scale * MOST_ZOOM);
  if (scale === home.scale) {
    return home;
  }
  const place = placeAt(plane, pixel);
  const { size } = plane;
  return {
    center: { x: place.x - (pixel.x - size.width / 2) / scale, y: place.y + (pixel.y - size.height / 2) / scale },
    scale,
    size,
  };
}

/** Moved so that what was at pixel (0, 0) is at (dx, dy). */
export function panned({ center, scale, size }: Plane, dx: number, dy: number): Plane {
  return { center: { x: center.x - dx / scale, y: center.y + dy / scale }, scale, size };
}

/** Moved as little as needed for a place to be on the screen, away from its edge. */
export function revealing(plane: Plane, place: Place): Plane {
  const { x, y } = pixelOf(plane, place);
  const into = (at: number, room: number) => Math.min(Math.max(at, MARGIN), room - MARGIN) - at;
  return panned(plane, into(x, plane.size.width), into(y, plane.size.height));
}

/** Round numbers between two ends, at least `gap` pixels apart: multiples of 1, 2 or 5 times a power of ten. */
export function ticksBetween(from: number, to: number, scale: number, gap: number): number[] {
  const least = gap / scale;
  const power = 10 ** Math.floor(Math.log10(least));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  const every = digit * power;
  const first = Math.ceil(from / every - 1e-9);
  const count = Math.max(0, Math.floor(to / every + 1e-9) - first + 1);
  // Counted, not added up: 0.1 + 0.2 would be no round number.
  return Array.from({ length: count }, (_, i) => Number(((first + i) * every).toPrecision(12)));
}
