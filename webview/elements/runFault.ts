// What a block shows when its program failed: run it again, or, where a model is missing, get that first.

import { nothing, type TemplateResult } from 'lit';
import type { Fault } from '../../src/shared/errors.ts';
import { getModel } from '../../src/shared/searchViewMessages.ts';
import { t } from '../l10n.ts';
import type { BlockContext } from './blockContext.ts';
import { faultView } from './faultView.ts';

/** @param again runs the block's program once more: also by itself, once a missing model is there */
export function runFault(
  fault: Fault | undefined,
  context: BlockContext,
  again: () => void,
): TemplateResult | typeof nothing {
  const get = (model: string) =>
    void context.calls.request(getModel, { model }).then(
      (got) => got && again(),
      (error: unknown) => context.failed(error),
    );
  return fault === undefined ? nothing : faultView(fault, { label: t('Run again'), run: again }, get);
}
