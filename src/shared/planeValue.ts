// A piece of the plane with measured axes, and what stands on it: heights (a model's score, a loss), points of several
// classes, straight lines, and paths. One kind of a trace's values; here for its length.

import type { MapPoint, Role } from './trace.ts';

/** One of the two axes: what it measures, and from where to where it is drawn. */
export interface PlaneAxis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** In place of round numbers: what is written at which places, such as "no" at 0 and "yes" at 1. */
  readonly names?: readonly { readonly at: number; readonly text: string }[];
}

/** A number for each node of a grid that spans the plane; between the nodes it is interpolated. */
export interface PlaneHeights {
  /** What it measures: "score", "loss". */
  readonly label: string;
  /** How many nodes from left to right and from bottom to top, both ends included; 2 or more each. */
  readonly columns: number;
  readonly rows: number;
  /** rows * columns numbers in 32 bits, row by row from below, each from the left. NaN where there is none. */
  readonly bytes: ArrayBuffer;
  /** `log` for numbers above 0 that span decades. Linear if absent. */
  readonly scale?: 'linear' | 'log';
  /** From which number to which the shades go, so that they stand still from frame to frame; else from least to most. */
  readonly range?: readonly [number, number];
  /** Where contour lines are drawn; round numbers if absent, none if empty. */
  readonly levels?: readonly number[];
  /** The level at which one side ends and the other begins: a strong line, and another colour on either side of it. */
  readonly boundary?: { readonly at: number; readonly label: string };
}

/** A point of a class, which is its `group`. Colours and shapes go by the order of {@link PlaneValue.groups}. */
export interface PlanePoint extends MapPoint {
  /** A model gets it wrong: it is ringed. */
  readonly wrong?: boolean;
  /** It is the tip of an arrow from here: a weight vector. */
  readonly from?: readonly [x: number, y: number];
}

/** The straight line where weights[0] * x + weights[1] * y + bias = 0, with a short arrow to the side where it is more. */
export interface PlaneLine {
  readonly weights: readonly [x: number, y: number];
  readonly bias: number;
  readonly label?: string;
  readonly role?: Role;
}

/** Where something went, step by step: from its first point (a ring) to its last (a dot). */
export interface PlanePath {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/**
 * A piece of the plane. It redraws smoothly when a session yields one after another: keep the axes, `range` and the order
 * of groups and paths, and nothing jumps.
 */
export interface PlaneValue {
  readonly kind: 'plane';
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  /** One unit is as long on either axis, as angles and distances need it. */
  readonly equal?: boolean;
  readonly heights?: PlaneHeights;
  /** The classes in their order; with heights that have a boundary the first is the one below it. */
  readonly groups?: readonly string[];
  readonly points?: readonly PlanePoint[];
  readonly lines?: readonly PlaneLine[];
  readonly paths?: readonly PlanePath[];
}
