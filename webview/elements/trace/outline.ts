// The steps as a tree by parent, and which of them show: pure functions over a trace's frames.

import type { Frame, FrameId } from '../../../src/shared/trace.ts';

export interface Outline {
  readonly roots: readonly FrameId[];
  /** Children by frame; frames without any are absent. */
  readonly children: ReadonlyMap<FrameId, readonly FrameId[]>;
}

export interface OutlineRow {
  readonly frame: FrameId;
  /** From 1. */
  readonly level: number;
  /** Undefined for a frame without children. */
  readonly expanded: boolean | undefined;
  /** Place among its siblings, from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
}

/** Orders frames into a tree. A parent that isn't an earlier frame is taken as none. */
export function outlineOf(frames: readonly Frame[]): Outline {
  const roots: FrameId[] = [];
  const children = new Map<FrameId, FrameId[]>();
  frames.forEach((frame, id) => {
    if (frame.parent === undefined || frame.parent < 0 || frame.parent >= id) {
      roots.push(id);
      return;
    }
    const siblings = children.get(frame.parent);
    if (siblings === undefined) {
      children.set(frame.parent, [id]);
    } else {
      siblings.push(id);
    }
  });
  return { roots, children };
}

/** The frame's ancestors, nearest first. */
export function ancestorsOf(frames: readonly Frame[], frame: FrameId): FrameId[] {
  const ancestors: FrameId[] = [];
  for (let at = frames[frame]?.parent; at !== undefined && at >= 0 && at < (ancestors.at(-1) ?? frame); ) {
    ancestors.push(at);
    at = frames[at]?.parent;
  }
  return ancestors;
}

/** The rows that show when the frames in `open` are expanded, from top to bottom. */
export function visibleRows(outline: Outline, open: ReadonlySet<FrameId>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  const add = (ids: readonly FrameId[], level: number) => {
    ids.forEach((frame, index) => {
      const children = outline.children.get(frame);
      const expanded = children === undefined ? undefined : open.has(frame);
      rows.push({ frame, level, expanded, place: index + 1, siblings: ids.length });
      if (children !== undefined && expanded) {
        add(children, level + 1);
      }
    });
  };
  add(outline.roots, 1);
  return rows;
}

/** The next (`by` 1) or previous (-1) top-level step from `at`; the first or last frame where there is none. */
export function rootBeside(outline: Outline, at: FrameId, by: 1 | -1, last: FrameId): FrameId {
  if (by === 1) {
    return outline.roots.find((root) => root > at) ?? last;
  }
  return outline.roots.findLast((root) => root < at) ?? 0;
}
