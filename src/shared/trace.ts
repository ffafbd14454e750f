// The trace: the one form in which every computation is shown. A program yields frames; frames name values; each kind
// of value has one view. Values stand in one list and frames refer to them by index, so that a value that many frames
// show is sent once. Everything here survives a structured clone.

import type { PlaneValue } from './planeValue.ts';
import type { VerdictsValue } from './verdictsValue.ts';

/** An index into {@link Trace.values}. */
export type ValueId = number;
/** An index into {@link Trace.frames}. */
export type FrameId = number;

/** Why a part of a value stands out. Views give each role one look, told by more than its colour. */
export type Role =
  | 'chosen' // what this step picked
  | 'new' // what this step made
  | 'match' // what was looked for
  | 'warn' // unknown, lost, at fault
  | 'dim'; // not taking part

/** A number, with its unit where it has one ("bytes", "bits per byte"). */
export interface ScalarValue {
  readonly kind: 'scalar';
  readonly value: number;
  readonly unit?: string;
}

/** A text, with stretches of it marked. Offsets are UTF-16, `end` exclusive; marks are in order and don't overlap. */
export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
  readonly marks?: readonly { readonly start: number; readonly end: number; readonly role: Role }[];
  /** UTF-16 length of the whole where `text` is only its beginning. */
  readonly total?: number;
}

/** One token, piece or symbol. */
export interface Piece {
  /** What it spells; null when its bytes are only a part of a character. */
  readonly text: string | null;
  /** Its UTF-8 bytes where they matter (byte-level tokenizers). */
  readonly bytes?: readonly number[];
  /** Its number in the vocabulary, where it has one; null is "not in the vocabulary". */
  readonly id?: number | null;
  /** Which word (pre-token) it belongs to: views draw a gap where this changes. */
  readonly word?: number;
  readonly role?: Role;
}

/** A text cut into pieces. */
export interface TokensValue {
  readonly kind: 'tokens';
  readonly pieces: readonly Piece[];
  /** How many pieces there are where `pieces` holds only the first of them. */
  readonly total?: number;
}

export type Cell = string | number | null;

export interface Column {
  /** Stable name, for plots and tests. */
  readonly id: string;
  readonly label: string;
  /**
   * `piece` shows white space visibly; its cells spell bytes that are no whole character as `‹C3›`. `number` is
   * right-aligned.
   */
  readonly type: 'text' | 'number' | 'piece';
  /** Of numbers: each has a bar beside it, as long as it is large; where some are below 0, to either side of a middle. */
  readonly bar?: true;
}

export interface TableValue {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  /** Each row has one cell a column. */
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that stand out, by index. */
  readonly marks?: readonly { readonly row: number; readonly role: Role }[];
  /** How many rows there are where `rows` holds only the first of them. */
  readonly total?: number;
}

export interface TreeNode {
  readonly label: string;
  /** A second, quieter text: an id, a rank. */
  readonly note?: string;
  readonly role?: Role;
  readonly children?: readonly TreeNode[];
}

/** One or more trees side by side, roots first: a token's merges, a parse. */
export interface TreeValue {
  readonly kind: 'tree';
  readonly roots: readonly TreeNode[];
}

export type DType = 'f32' | 'i32';

/** Where numbers stand in the packed buffer, in bytes; `offset` and `length` are multiples of 4. */
export interface ByteSlice {
  readonly offset: number;
  readonly length: number;
}

/**
 * Which elements of a tensor: along axis d those at `start[d] + i * step[d]` for i in 0 .. shape[d] - 1. One entry an
 * axis; `step` is 1 or more.
 */
export interface TensorSlice {
  readonly start: readonly number[];
  readonly step: readonly number[];
  readonly shape: readonly number[];
}

/** Equal-width bins over [from, to], the last with `to` in it. What is not finite is in none of them. */
export interface TensorHistogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** Of the whole tensor, whatever part of it is sent. The four figures are over its finite elements; null without any. */
export interface TensorStatistics {
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Of the population: divided by the count. */
  readonly std: number | null;
  /** How many elements are NaN. */
  readonly nan: number;
  /** How many are +Infinity or -Infinity. */
  readonly inf: number;
  readonly histogram: TensorHistogram;
}

/** Numbers in rows and columns and beyond: row-major, 4 bytes each, in the order of bytes of the machine (little-endian). */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** A name an axis: `B`, `T`, `C`. */
  readonly axes?: readonly string[];
  /** For an axis, by its index: what stands at each place along it, such as the tokens of a text. */
  readonly labels?: Readonly<Record<number, readonly string[]>>;
  /** The whole, in the buffer of the trace (or of the part) that this value came with. Absent where it is too big. */
  readonly bytes?: ByteSlice;
  /** In place of the whole: some of its elements as they are. The rest is had by `tensor.slice`. */
  readonly preview?: TensorSlice & { readonly bytes: ByteSlice };
  readonly statistics: TensorStatistics;
  /**
   * Where this is a way of reading a flat list that the trace holds as a value of its own: the element at (i, j, ...)
   * is number `offset + i * strides[0] + j * strides[1] + ...` of it. An axis with stride 0 repeats one and the same
   * numbers: its places after the first are copies that exist only in the picture.
   */
  readonly reads?: { readonly list: ValueId; readonly offset: number; readonly strides: readonly number[] };
}

/** A place in the plane. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly label?: string;
  /** Of a `map`: what kind of thing it is, by which it is coloured: a topic, a language. */
  readonly group?: string;
  readonly role?: Role;
  /**
   * Names of the number parameters that its coordinates came from: where a block offers them, the point can be moved
   * by hand, and the program runs again with what that makes of them.
   */
  readonly move?: { readonly x: string; readonly y: string };
}

/** A line between two places: a distance, the foot of a projection, the path of a turn. */
export interface MapLine {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly label?: string;
  readonly role?: Role;
}

/** Places in the plane, both axes to one scale; with the origin in sight, but in a `map`, whose axes measure nothing. */
export interface PointsValue {
  readonly kind: 'points';
  /** `arrows` are drawn from the origin. A `map` is for hundreds of points and more, coloured by their groups. */
  readonly look: 'arrows' | 'dots' | 'map';
  readonly points: readonly MapPoint[];
  readonly lines?: readonly MapLine[];
  /** Two corners of what is in sight at least: room for what a slider can make of the points, so that nothing rescales. */
  readonly room?: readonly [readonly [x: number, y: number], readonly [x: number, y: number]];
  /** What the axes measure. */
  readonly xLabel?: string;
  readonly yLabel?: string;
}

/** Where ways meet or part: the border between two characters, a number on its way through a computation. */
export interface GraphNode {
  /** By which edges and tables name it: how many characters lie before it, a variable. */
  readonly label: string;
  /** A second, quieter text: the best score up to here, a value. */
  readonly note?: string;
  /** Of a flow: a third text, below the second: what came back to it. */
  readonly under?: string;
  readonly role?: Role;
}

/** A way from one node to another. */
export interface GraphEdge {
  /** Indexes into {@link GraphValue.nodes}. */
  readonly from: number;
  readonly to: number;
  /** A piece, an operation. White space and invisible characters are shown by signs. */
  readonly label: string;
  /** A second, quieter text: a probability, a slope. */
  readonly note?: string;
  readonly role?: Role;
  /**
   * The number parameter that it stands for, and its value: where a block offers the parameter, the edge can be pulled
   * up and down, and the program runs again with what that makes of it.
   */
  readonly adjust?: { readonly param: string; readonly value: number };
}

/** Nodes and the ways between them. Which of them stand out is told by roles: a best path is `chosen`. */
export interface GraphValue {
  readonly kind: 'graph';
  /**
   * `row` sets the nodes side by side in their order, with the edges as arcs above them: a lattice. `flow` sets each
   * node to the right of those with an edge to it, all of which stand before it in the list: a computation.
   */
  readonly look: 'row' | 'flow';
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Of a row: what stands between node i and node i + 1, such as a character of the text. */
  readonly between?: readonly string[];
}

export type Value =
  | ScalarValue
  | TextValue
  | TokensValue
  | TableValue
  | TreeValue
  | TensorValue
  | PointsValue
  | PlaneValue
  | VerdictsValue
  | GraphValue;

/** A named value going into or coming out of a step. */
export interface Port {
  readonly name: string;
  readonly value: ValueId;
  /** Of a backward step: this is the gradient of the loss by the step's own input of that name, a forward value. */
  readonly gradientOf?: string;
}

/** What an operation was told beside its inputs, by name: `axis`, `epsilon`, `permutation`. */
export type Attributes = Readonly<Record<string, number | string | boolean | readonly number[]>>;

/** A place in the project's own sources, as `src/tokenizers/bpe.ts` and a line from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/** One step. */
export interface Frame {
  /** The frame that this one is a part of; always an earlier one. */
  readonly parent?: FrameId;
  /** What was done, as a stable name: `count-pairs`, `merge`. */
  readonly op: string;
  /** The engine's operation, where `op` is a name of the program's own for it. */
  readonly operation?: string;
  /** What was done, for people, in a few words. */
  readonly label: string;
  /** What happened here, as one sentence: the caption, and what a screen reader says. */
  readonly note?: string;
  /** The formula, as TeX-free plain text: `count(a, b)`. */
  readonly formula?: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly attributes?: Attributes;
  readonly source?: SourcePlace;
}

export type ParamValue = string | number | boolean;
export type ParamValues = Readonly<Record<string, ParamValue>>;

export const TRACE_SCHEMA = 1;

export interface Trace {
  readonly schema: typeof TRACE_SCHEMA;
  readonly program: string;
  readonly params: ParamValues;
  readonly values: readonly Value[];
  readonly frames: readonly Frame[];
  /** By which the worker knows it while it holds tensors that were sent as previews; absent where there are none. */
  readonly id?: string;
  /** The numbers of all its tensors, packed. */
  readonly buffer?: ArrayBuffer;
}

/** What a session adds to a trace: `values` and `frames` go on where the trace ended, ids included. */
export interface TracePart {
  readonly values: readonly Value[];
  readonly frames: readonly Frame[];
  /** The parameters that these frames were made with. */
  readonly params: ParamValues;
  /** True when the program has come to its end: nothing more will follow. */
  readonly done: boolean;
  /** The numbers of this part's tensors: their offsets count from its start. */
  readonly buffer?: ArrayBuffer;
}
