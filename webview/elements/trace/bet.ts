// Bets: before a step shows what it picked, the learner picks. Pure functions; the player draws them.

import type { Frame, FrameId, TableValue, Trace, Value, ValueId } from '../../../src/shared/trace.ts';

/** Which steps are bet on, as the lesson's block says it. */
export interface BetRule {
  readonly op: string;
  /** Name of the input table whose rows are the choices. */
  readonly table: string;
  readonly question: string;
}

/** How many rows are offered: enough to be wrong, few enough to compare. */
const CHOICES = 6;

/** A bet that a trace offers. */
export interface Bet {
  /** The step whose pick is bet on; bets are kept under its number. */
  readonly frame: FrameId;
  /** The step at which the question is put: the first one that would show the table, or the step itself. */
  readonly asked: FrameId;
  readonly table: TableValue;
  /** The rows offered, as indices into the table: without its order, which would give the answer away. */
  readonly offered: readonly number[];
  /** The row that the step picked; undefined where the trace doesn't tell. */
  readonly winner: number | undefined;
}

/** All bets of a trace, in order. A step with fewer than two rows to choose from has none. */
export function betsOf(trace: Trace, rule: BetRule | undefined): Bet[] {
  const bets: Bet[] = [];
  if (rule === undefined) {
    return bets;
  }
  const shownFirst = new Map<ValueId, FrameId>();
  trace.frames.forEach((step, frame) => {
    for (const port of step.outputs) {
      if (!shownFirst.has(port.value)) {
        shownFirst.set(port.value, frame);
      }
    }
    const id = step.op === rule.op ? step.inputs.find((port) => port.name === rule.table)?.value : undefined;
    const table = id === undefined ? undefined : trace.values[id];
    if (id === undefined || table?.kind !== 'table' || table.rows.length < 2) {
      return;
    }
    const winner = winnerOf(trace, step, table);
    const offered = table.rows.map((_, index) => index).slice(0, CHOICES);
    if (winner !== undefined && !offered.includes(winner)) {
      offered[offered.length - 1] = winner;
    }
    offered.sort((a, b) => (rowName(table, a) < rowName(table, b) ? -1 : 1));
    bets.push({ frame, asked: shownFirst.get(id) ?? frame, table, offered, winner });
  });
  return bets;
}

/** True where the table itself would show nothing that the open bet doesn't list already. */
export function listsAll({ table, offered, asked, frame }: Bet): boolean {
  return asked === frame && offered.length === (table.total ?? table.rows.length);
}

/** A row's name: its first cell. */
export function rowName(table: TableValue, row: number): string {
  return String(table.rows[row]?.[0] ?? '');
}

/** The picked row: marked as chosen in the table itself, or named by an output. */
function winnerOf(trace: Trace, step: Frame, table: TableValue): number | undefined {
  const marked = table.marks?.find((mark) => mark.role === 'chosen')?.row;
  if (marked !== undefined) {
    return marked;
  }
  for (const port of step.outputs) {
    const name = firstName(trace.values[port.value]);
    const row = name === undefined ? -1 : table.rows.findIndex((cells) => String(cells[0]) === name);
    if (row >= 0) {
      return row;
    }
  }
  return undefined;
}

function firstName(value: Value | undefined): string | undefined {
  if (value?.kind === 'table') {
    const row = value.marks?.find((mark) => mark.role === 'chosen')?.row ?? 0;
    const cell = value.rows[row]?.[0];
    return cell === undefined || cell === null ? undefined : String(cell);
  }
  return value?.kind === 'text' ? value.text : undefined;
}
