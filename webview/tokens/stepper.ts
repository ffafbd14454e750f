// Two buttons, to the one before and to the next of something.

import { html, type TemplateResult } from 'lit';
import { button } from '../elements/controls.ts';
import { nextIcon, previousIcon } from '../elements/icons.ts';

export function stepper(options: {
  readonly previous: string;
  readonly next: string;
  readonly disabled: boolean;
  readonly onStep: (forward: boolean) => void;
}): TemplateResult {
  const { previous, next, disabled, onStep } = options;
  return html`${button({ label: previous, icon: previousIcon, iconOnly: true, disabled, onClick: () => onStep(false) })}
  ${button({ label: next, icon: nextIcon, iconOnly: true, disabled, onClick: () => onStep(true) })}`;
}
