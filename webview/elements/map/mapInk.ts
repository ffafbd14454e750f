// What is drawn over a map's points: names, the lines from a chosen point to its neighbours, rings around what is chosen
// and what is pointed at. On a canvas of its own, so that pointing at things redraws no points.

import { type Place, type Plane, pixelOf } from '../points/plane.ts';
import { sized } from '../tensor/cellPainter.ts';
import type { EdgeMark } from './mapApart.ts';
import type { MapLabel } from './mapLabels.ts';

export interface MapInks {
  readonly ink: string;
  readonly paper: string;
  readonly accent: string;
  readonly font: string;
}

/** The theme's inks as they are for an element now. */
export function mapInks(element: Element): MapInks {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: color('--vscode-editor-foreground'),
    paper: color('--vscode-editor-background'),
    accent: color('--vscode-textLink-foreground'),
    font: style.fontFamily,
  };
}

export interface MapMarks {
  readonly labels: readonly MapLabel[];
  /** The chosen point, and those that lines lead to from it. */
  readonly chosen: number | undefined;
  readonly linked: readonly number[];
  /** The point under the pointer or the keyboard, and its name. */
  readonly pointed: { readonly index: number; readonly text: string } | undefined;
  /** Where points lie off the screen. */
  readonly edges: readonly EdgeMark[];
  readonly radius: number;
  readonly fontSize: number;
}

const RING = 4;
const LINE = 1.4;
/** Pixels of room around a name on its plate. */
const PLATE = 4;

/** @param placeOf where a point is now, in the map's own unit. */
export function drawMapMarks(
  canvas: HTMLCanvasElement,
  plane: Plane,
  inks: MapInks,
  { labels, chosen, linked, pointed, edges, radius, fontSize }: MapMarks,
  placeOf: (index: number) => Place,
): void {
  const context = sized(canvas, plane.size);
  if (context === null) {
    return;
  }
  const density = window.devicePixelRatio;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, plane.size.width, plane.size.height);
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const at = (index: number) => pixelOf(plane, placeOf(index));
  for (const edge of edges) {
    arrow(context, edge, inks);
  }
  if (chosen !== undefined) {
    for (const index of linked) {
      link(context, at(chosen), at(index), inks);
    }
    for (const index of linked) {
      ring(context, at(index), radius + RING - 1, inks, 1.5);
    }
  }
  context.font = `${fontSize}px ${inks.font}`;
  for (const { text, x, y, index } of labels) {
    if (index !== pointed?.index) {
      write(context, text, x, y, inks);
    }
  }
  if (chosen !== undefined) {
    ring(context, at(chosen), radius + RING, inks, 3);
  }
  if (pointed !== undefined) {
    const place = at(pointed.index);
    ring(context, place, radius + RING, inks, 1.5);
    plate(context, pointed.text, place, plane, inks, { radius, fontSize });
  }
}

/** Both of the theme's colours, so that it is seen on every mark. */
function ring(context: CanvasRenderingContext2D, { x, y }: Place, radius: number, inks: MapInks, width: number): void {
  for (const [color, wide] of [
    [inks.paper, width + 2],
    [inks.ink, width],
  ] as const) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = color;
    context.lineWidth = wide;
    context.stroke();
  }
}

/** A triangle that points off the screen. */
function arrow(context: CanvasRenderingContext2D, { x, y, angle }: EdgeMark, { ink, paper }: MapInks): void {
  const corner = (turn: number, far: number): readonly [number, number] => [
    x + Math.cos(angle + turn) * far,
    y + Math.sin(angle + turn) * far,
  ];
  context.beginPath();
  context.moveTo(...corner(0, 6));
  context.lineTo(...corner(2.4, 5.5));
  context.lineTo(...corner(-2.4, 5.5));
  context.closePath();
  context.strokeStyle = paper;
  context.lineWidth = 3;
  context.stroke();
  context.fillStyle = ink;
  context.fill();
}

function link(context: CanvasRenderingContext2D, from: Place, to: Place, inks: MapInks): void {
  for (const [color, width] of [
    [inks.paper, LINE + 2],
    [inks.accent, LINE],
  ] as const) {
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, { ink, paper }: MapInks): void {
  context.strokeStyle = paper;
  context.lineWidth = 3;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

/** The name of what is pointed at, on a ground of its own and always whole on the screen. */
function plate(
  context: CanvasRenderingContext2D,
  text: string,
  at: Place,
  { size }: Plane,
  { ink, paper }: MapInks,
  { radius, fontSize }: { readonly radius: number; readonly fontSize: number },
): void {
  const room = size.width - 2 * PLATE - 2;
  let shown = text;
  while (shown.length > 1 && context.measureText(shown).width > room) {
    shown = `${Array.from(shown)
      .slice(0, Math.floor(Array.from(shown).length * 0.9) - 1)
      .join('')}…`;
  }
  const width = context.measureText(shown).width + 2 * PLATE;
  const height = fontSize * 1.5;
  const right = at.x + radius + RING + 4;
  const left =
    right + width <= size.width
      ? right
      : Math.max(1, Math.min(at.x - radius - RING - 4 - width, size.width - width - 1));
  const over = right + width > size.width && at.x - radius - RING - 4 - width < 0;
  const middle = over ? at.y - radius - RING - height / 2 - 3 : at.y;
  const y = Math.max(height / 2 + 1, Math.min(size.height - height / 2 - 1, middle));
  context.fillStyle = paper;
  context.fillRect(left, y - height / 2, width, height);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, y - height / 2 + 0.5, width - 1, height - 1);
  context.fillStyle = ink;
  context.fillText(shown, left + PLATE, y);
}
