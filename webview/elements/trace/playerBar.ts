// The step view's bar: first, previous, play, next, last, the scrubber, the speed, and the list where it is folded away.

import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../../l10n.ts';
import { button, dropdown } from '../controls.ts';
import { firstIcon, lastIcon, listIcon, nextIcon, pauseIcon, playIcon, previousIcon } from '../icons.ts';

/** Steps a second that can be chosen. */
const SPEEDS = [0.5, 1, 2, 4, 8];

export interface PlayerBar {
  readonly at: number;
  readonly last: number;
  readonly speed: number;
  readonly playing: boolean;
  readonly listOpen: boolean;
  /** The current step's name, as it may be shown. */
  readonly label: string;
  onGo(to: number): void;
  /** The scrubber's thumb is held, or was let go. */
  onScrub(held: boolean): void;
  onToggle(): void;
  onSpeed(speed: number): void;
  onList(): void;
}

export function playerBar({ at, last, speed, playing, listOpen, label, ...on }: PlayerBar): TemplateResult {
  const icon = (name: string, drawn: TemplateResult, to: number, disabled: boolean) =>
    button({ label: name, icon: drawn, iconOnly: true, disabled, onClick: () => on.onGo(to) });
  return html`<div class="bar">
    <div class="keys">
      ${icon(t('First step'), firstIcon, 0, at === 0)} ${icon(t('Previous step'), previousIcon, at - 1, at === 0)}
      ${button({
        label: playing ? t('Pause') : t('Play'),
        icon: playing ? pauseIcon : playIcon,
        iconOnly: true,
        onClick: () => on.onToggle(),
      })}
      ${icon(t('Next step'), nextIcon, at + 1, at === last)} ${icon(t('Last step'), lastIcon, last, at === last)}
    </div>
    <input
      class="scrubber"
      type="range"
      min="0"
      max=${last}
      step="1"
      aria-label=${t('Step')}
      aria-valuetext=${`${t('Step {0} of {1}', at + 1, last + 1)}: ${label}`}
      .value=${live(String(at))}
      @input=${(event: Event) => {
        on.onScrub(true);
        on.onGo(Number((event.target as HTMLInputElement).value));
      }}
      @change=${() => on.onScrub(false)}
    />
    <span class="count number">${t('Step {0} of {1}', at + 1, last + 1)}</span>
    <span class="speed">
      <span class="quiet small" aria-hidden="true">${t('Speed')}</span>
      ${dropdown({
        label: t('Speed'),
        value: String(speed),
        options: SPEEDS.map((value) => ({ value: String(value), label: t('{0} a second', value) })),
        onChange: (value) => on.onSpeed(Number(value)),
      })}
    </span>
    <span class="list-button">
      ${button({ label: t('All steps'), icon: listIcon, expanded: listOpen, onClick: () => on.onList() })}
    </span>
  </div>`;
}
