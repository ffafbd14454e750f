// What is said of a plane in words: for the readout, for screen readers, and as a table.

import type { PlanePoint, PlaneValue } from '../../../src/shared/planeValue.ts';
import type { TableValue } from '../../../src/shared/trace.ts';
import { formatNumber, t } from '../../l10n.ts';
import type { Place } from '../points/plane.ts';
import { roleName } from '../tokenChip.ts';
import { heightAt, type Relief } from './heights.ts';

/** Up to so many points and steps stand in the table. */
const MOST_ROWS = 400;

/** What a key or the pointer can stop at: the points, then where each path begins and ends. */
export function stopsOf({ points = [], paths = [] }: PlaneValue): readonly PlanePoint[] {
  return [
    ...points,
    ...paths.flatMap(({ label, points: way }) =>
      [
        [t('{0}, its start', label), way[0]] as const,
        ...(way.length < 2 ? [] : [[t('{0}, after {1} steps', label, way.length - 1), way.at(-1)] as const]),
      ].flatMap(([name, place]) => (place === undefined ? [] : [{ x: place[0], y: place[1], label: name }])),
    ),
  ];
}

/** The height over a place of the plane; NaN where there is none. */
export function heightOver(value: PlaneValue, relief: Relief | undefined, { x, y }: Place): number {
  if (relief === undefined) {
    return Number.NaN;
  }
  const along = (at: number, axis: { readonly from: number; readonly to: number }, nodes: number) =>
    ((at - axis.from) / (axis.to - axis.from)) * (nodes - 1);
  return heightAt(relief, along(x, value.x, relief.columns), along(y, value.y, relief.rows));
}

/** `rain 0.3, far 0.6; score 1.2` */
export function placeText(value: PlaneValue, relief: Relief | undefined, place: Place): string {
  const height = heightOver(value, relief, place);
  const part = (axis: PlaneValue['x'], at: number) => `${axis.label} ${coordinateText(axis, at)}`;
  return `${part(value.x, place.x)}, ${part(value.y, place.y)}${Number.isNaN(height) ? '' : `; ${value.heights?.label} ${heightText(height)}`}`;
}

/** A point with its name, its class and its place. */
export function pointText(value: PlaneValue, relief: Relief | undefined, point: PlanePoint): string {
  const marks = [
    ...(point.label === undefined || point.group === undefined ? [] : [point.group]),
    ...(point.role === undefined ? [] : [roleName(point.role)]),
    ...(point.wrong === true ? [t('wrong')] : []),
  ];
  const name = point.label ?? point.group ?? t('a point');
  return `${name}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}: ${placeText(value, relief, point)}`;
}

/** The whole, for a screen reader. */
export function describe(name: string, value: PlaneValue, relief: Relief | undefined): string {
  const { x, y, points = [], lines = [], paths = [] } = value;
  const axis = (of: PlaneValue['x']) =>
    t('{0} from {1} to {2}', of.label, coordinateText(of, of.from), coordinateText(of, of.to));
  const wrong = points.filter((point) => point.wrong === true).length;
  const counts = groupsOf(value).map((group) => `${points.filter((point) => point.group === group).length} ${group}`);
  const sentences = [
    `${axis(x)}, ${axis(y)}`,
    ...(relief === undefined
      ? []
      : [t('{0} from {1} to {2}', value.heights?.label ?? '', ...relief.range.map(heightText))]),
    ...(points.length === 0 ? [] : [counts.length === 0 ? t('{0} points', points.length) : counts.join(', ')]),
    ...(wrong === 0 ? [] : [t('{0} marked as wrong', wrong)]),
    ...lines.map((line) => `${line.label ?? t('a line')}: ${lineText(value, line)}`),
    ...paths.flatMap(({ label, points: way }) => {
      const end = way.at(-1);
      return end === undefined
        ? []
        : [t('{0}, after {1} steps: {2}', label, way.length - 1, placeText(value, relief, { x: end[0], y: end[1] }))];
    }),
    t('Arrow keys go from point to point'),
  ];
  return `${name}. ${sentences.map((sentence) => `${sentence}.`).join(' ')}`;
}

/** `2 × rain − 1 × far + 0.5 = 0`, the inputs without their units. */
export function lineText(
  { x, y }: PlaneValue,
  { weights: [a, b], bias }: { readonly weights: readonly [number, number]; readonly bias: number },
): string {
  const signed = (value: number) => `${value < 0 ? '−' : '+'} ${formatNumber(Math.abs(value), 3)}`;
  return `${a < 0 ? '−' : ''}${formatNumber(Math.abs(a), 3)} × ${bare(x.label)} ${signed(b)} × ${bare(y.label)} ${signed(bias)} = 0`;
}

/** `rain` of `rain, mm`. */
function bare(label: string): string {
  return label.replace(/,.*$/, '');
}

/** The classes in their order; those that only points name come last. */
export function groupsOf({ groups = [], points = [] }: PlaneValue): readonly string[] {
  return [...new Set([...groups, ...points.flatMap(({ group }) => (group === undefined ? [] : [group]))])];
}

function coordinateText({ from, to, names }: PlaneValue['x'], at: number): string {
  const name = names?.find((one) => one.at === at);
  return name?.text ?? formatNumber(at, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(to - from)))));
}

export function heightText(height: number): string {
  return Math.abs(height) >= 1e6 || (height !== 0 && Math.abs(height) < 1e-3)
    ? height.toExponential(1)
    : formatNumber(Number(height.toPrecision(3)), 4);
}

/** All of it as a table: points, then the paths step by step. */
export function numbersOf(value: PlaneValue, relief: Relief | undefined): TableValue {
  const { x, y, points = [], paths = [] } = value;
  const grouped = groupsOf(value).length > 0;
  const judged = points.some((point) => point.wrong !== undefined);
  const height = (place: Place) => {
    const found = heightOver(value, relief, place);
    return relief === undefined ? [] : [Number.isNaN(found) ? null : Number(found.toPrecision(4))];
  };
  const number = (id: string, label: string) => ({ id, label, type: 'number' as const });
  const text = (id: string, label: string) => ({ id, label, type: 'text' as const });
  const rows = [
    ...points.map((point) => [
      point.label ?? null,
      ...(grouped ? [point.group ?? null] : []),
      ...(judged ? [point.wrong === true ? t('wrong') : null] : []),
      point.x,
      point.y,
      ...height(point),
    ]),
    ...paths.flatMap(({ label, points: way }) =>
      way.map(([px, py], step) => [
        t('{0}, step {1}', label, step),
        ...(grouped ? [null] : []),
        ...(judged ? [null] : []),
        px,
        py,
        ...height({ x: px, y: py }),
      ]),
    ),
  ];
  return {
    kind: 'table',
    columns: [
      text('label', t('name')),
      ...(grouped ? [text('group', t('class'))] : []),
      ...(judged ? [text('wrong', t('mark'))] : []),
      number('x', x.label),
      number('y', y.label),
      ...(relief === undefined ? [] : [number('height', value.heights?.label ?? '')]),
    ],
    rows: rows.slice(0, MOST_ROWS),
    ...(rows.length > MOST_ROWS && { total: rows.length }),
  };
}
