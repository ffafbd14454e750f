// What the blocks that run a program have in common: what the learner set the last time, the program's own description,
// the form of its parameters. What is run, and when, is each block's affair.

import { html, nothing, type TemplateResult } from 'lit';
import type { PlotBlock, StepBlock } from '../../src/shared/lesson.ts';
import { describeProgram, type ProgramInfo } from '../../src/shared/messages.ts';
import type { NumberParam } from '../../src/shared/params.ts';
import { chooseText } from '../../src/shared/textMessages.ts';
import type { ParamValues } from '../../src/shared/trace.ts';
import { type BlockContext, keptParams, keptRecord } from './blockContext.ts';
import type { TakeText } from './paramControls.ts';
import type { PointsOffer } from './points/moves.ts';
import './paramControls.ts';

export type ProgramBlock = StepBlock | PlotBlock;

/** The lesson's values, and over them what the learner set. */
export function valuesOf(block: ProgramBlock, context: BlockContext): ParamValues {
  const { params } = keptRecord(context.read(block));
  return { ...block.params, ...keptParams(params, block.controls) };
}

/** True once the learner has set something to what the lesson doesn't. */
export function isChanged(block: ProgramBlock, values: ParamValues): boolean {
  return Object.entries(values).some(([name, value]) => value !== block.params[name]);
}

/**
 * The program's title and parameters, asked for before the block comes near: the keyboard walks by nothing that isn't
 * there. Undefined where it can't be had; the run asks again, and says what is wrong.
 */
export function describedEarly({ program }: ProgramBlock, { calls }: BlockContext): Promise<ProgramInfo | undefined> {
  return calls.request(describeProgram, { program }).catch(() => undefined);
}

/** The number parameters that the learner may change, by name: what can be dragged sets them. */
export function movable({ controls }: ProgramBlock, info: ProgramInfo | undefined): PointsOffer['params'] {
  const specs = controls.map((name) => [name, info?.params[name]] as const);
  return Object.fromEntries(
    specs.filter((entry): entry is readonly [string, NumberParam] => entry[1]?.type === 'number'),
  );
}

export interface FormOptions {
  readonly context: BlockContext;
  /** Parameters that are set in the picture as well: they are folded away. */
  readonly folded?: readonly string[];
  /** Gets all values, and whether something is being moved: then more will follow. */
  readonly onChange: (values: ParamValues, live: boolean) => void;
  /** Tell while a slider is moved, and not only when it rests. */
  readonly live: boolean;
}

/** The fields for what the learner may change; nothing where that is nothing. */
export function paramsForm(
  { controls, params }: ProgramBlock,
  info: ProgramInfo | undefined,
  values: ParamValues,
  { context, folded = [], onChange, live }: FormOptions,
): TemplateResult | typeof nothing {
  return info === undefined || controls.length === 0
    ? nothing
    : html`<div class="pad">
        <param-controls
          .specs=${info.params}
          .names=${controls}
          .values=${values}
          .initial=${params}
          .folded=${folded}
          .takeText=${textTaker(context)}
          ?live=${live}
          @params-change=${(event: CustomEvent<ParamValues>) => onChange(event.detail, false)}
          @params-live=${(event: CustomEvent<ParamValues>) => onChange(event.detail, true)}
        ></param-controls>
      </div>`;
}

const takers = new WeakMap<BlockContext, TakeText>();

/** The same function each time: a new one would draw the form anew. */
function textTaker(context: BlockContext): TakeText {
  const known = takers.get(context);
  if (known !== undefined) {
    return known;
  }
  const taker: TakeText = async (most) => {
    try {
      return (await context.calls.request(chooseText, { most }))?.text;
    } catch (error) {
      context.failed(error);
      return undefined;
    }
  };
  takers.set(context, taker);
  return taker;
}
