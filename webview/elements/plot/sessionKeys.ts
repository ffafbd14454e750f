// The keys of a plot whose program is a session: run, pause, go on, start over.

import { html, type TemplateResult } from 'lit';
import { t } from '../../l10n.ts';
import { button } from '../controls.ts';
import { pauseIcon, playIcon } from '../icons.ts';

export type Phase = 'idle' | 'running' | 'paused' | 'done';

/** @param frames how many there are since the start */
export function sessionKeys(
  phase: Phase,
  frames: number,
  on: { go(): void; pause(): void; restart(): void },
): TemplateResult {
  return html`${
    phase === 'running'
      ? button({ label: t('Pause'), icon: pauseIcon, onClick: on.pause })
      : button({
          label: phase === 'paused' ? t('Go on') : t('Run'),
          icon: playIcon,
          primary: phase === 'idle',
          onClick: phase === 'done' ? on.restart : on.go,
        })
  }
  ${button({ label: t('Start over'), disabled: frames === 0, onClick: on.restart })}`;
}
