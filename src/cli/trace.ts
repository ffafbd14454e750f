// `trace`: runs a program of the lessons and prints its trace, as JSON or as an indented list of steps.

import type { PlaneValue } from '../shared/planeValue.ts';
import type { Trace, Value } from '../shared/trace.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { installation } from './installation.ts';
import { atMostOne, readOptions, wholeNumber } from './options.ts';
import { writeOutput } from './streams.ts';
import { progressLine, runTask } from './task.ts';
import { tensorText } from './tensorText.ts';
import { clip, hex, visible } from './text.ts';

export async function run(argv: readonly string[], { entry, warn }: CliContext): Promise<number> {
  const { values, positionals } = readOptions('trace', argv, {
    params: { type: 'string' },
    seed: { type: 'string' },
    frames: { type: 'string' },
    json: { type: 'boolean' },
  });
  const program = atMostOne('trace', positionals, 'program');
  if (program === undefined) {
    const { programs } = await import('../programs/registry.ts');
    throw new UsageError(`Which program? There are: ${programs.map(({ id }) => id).join(', ')}.`, 'trace');
  }
  const params = checkedJson(values.params);
  const seed = wholeNumber('trace', 'seed', values.seed, 0) ?? 1;
  const frames = wholeNumber('trace', 'frames', values.frames, 1);
  const { vocabularies, kernels, models } = await installation(entry);
  const progress = progressLine('Running');
  const input = { program, params, seed, frames, vocabularies, kernels, models };
  const { trace, done } = await runTask(entry, 'trace', input, progress.show);
  progress.end();
  if (!done) {
    warn(`Stopped after ${trace.frames.length} steps; the program goes on.`);
  }
  await writeOutput(values.json ? json(trace) : listing(trace));
  return EXIT.done;
}

/** The text itself, when it is JSON. @throws UsageError */
function checkedJson(given: unknown): string {
  const text = String(given ?? '{}');
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new UsageError(`--params is not JSON: ${(error as Error).message}.`, 'trace');
  }
}

/** Bytes that are written at once; a multiple of three, so that the pieces are one base64 text. */
const BASE64_BYTES = 3 * 65536;

/** The numbers that a value holds itself, as base64. */
function withBuffers(_key: string, value: unknown): unknown {
  return value instanceof ArrayBuffer ? Buffer.from(value).toString('base64') : value;
}

/** Piece by piece, for traces whose one line is longer than a string may be. */
function* json({ values, frames, buffer, ...rest }: Trace): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"values":[`;
  for (const [i, value] of values.entries()) {
    yield (i === 0 ? '' : ',') + JSON.stringify(value, withBuffers);
  }
  yield '],"frames":[';
  for (const [i, frame] of frames.entries()) {
    yield (i === 0 ? '' : ',') + JSON.stringify(frame);
  }
  yield ']';
  if (buffer !== undefined) {
    yield ',"buffer":"';
    for (let at = 0; at < buffer.byteLength; at += BASE64_BYTES) {
      yield Buffer.from(buffer, at, Math.min(BASE64_BYTES, buffer.byteLength - at)).toString('base64');
    }
    yield '"';
  }
  yield '}\n';
}

function* listing({ program, frames, values, buffer }: Trace): Generator<string> {
  const depths: number[] = [];
  for (const [i, { parent, label, note, outputs }] of frames.entries()) {
    const depth = parent === undefined ? 0 : depths[parent]! + 1;
    depths.push(depth);
    const indent = '  '.repeat(depth);
    yield `${String(i).padStart(5)} ${indent}${visibleLine(label)}${note === undefined ? '' : `: ${visibleLine(note)}`}\n`;
    for (const { name, value } of outputs) {
      yield `      ${indent}  ${name} = ${clip(summary(values[value]!, buffer), 100)}\n`;
    }
  }
  yield `${frames.length} steps of ${program}\n`;
}

/** Prose as it is, with nothing in it that a terminal would obey. */
function visibleLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => visible(character));
}

function summary(value: Value, buffer: ArrayBuffer | undefined): string {
  switch (value.kind) {
    case 'scalar':
      return `${value.value}${value.unit === undefined ? '' : ` ${value.unit}`}`;
    case 'text':
      return visible(value.text);
    case 'tokens':
      return value.pieces
        .map(({ text, bytes }) => (text === null ? `<${hex(bytes ?? [])}>` : visible(text)))
        .join(' | ');
    case 'table': {
      const rows = value.rows.slice(0, 3).map((row) => row.map((cell) => visible(String(cell ?? '-'))).join(' '));
      return `${value.total ?? value.rows.length} rows: ${rows.join('; ')}`;
    }
    case 'tree':
      return value.roots.map(({ label }) => visible(label)).join(' | ');
    case 'points':
      return value.points
        .map(({ label, x, y }) => `${label === undefined ? '' : `${visible(label)} `}(${x}, ${y})`)
        .join(' | ');
    case 'verdicts':
      return value.items.map(({ label, score }) => `${visible(label)} ${score}`).join(' | ');
    case 'plane':
      return planeText(value);
    case 'graph':
      return value.edges
        .filter(({ role }) => role === 'chosen')
        .map(({ label, note }) => `${visible(label)}${note === undefined ? '' : ` (${note})`}`)
        .join(' | ');
    case 'tensor':
      return tensorText(value, buffer);
  }
}

function planeText({ heights, points = [], lines = [], paths = [] }: PlaneValue): string {
  const at = ([x, y]: readonly [number, number]) => `(${x}, ${y})`;
  return [
    ...(heights === undefined ? [] : [`${visible(heights.label)} at ${heights.columns} x ${heights.rows} places`]),
    ...points.map(({ label, group, x, y }) => `${visible(label ?? group ?? '')} ${at([x, y])}`.trim()),
    ...lines.map(({ weights, bias }) => `${weights[0]} x + ${weights[1]} y + ${bias} = 0`),
    ...paths.map(({ label, points: way }) => `${visible(label)} ends at ${at(way.at(-1) ?? [NaN, NaN])}`),
  ].join(' | ');
}
