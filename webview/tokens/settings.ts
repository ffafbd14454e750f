// How the tokenizers are used: whether their tokens are drawn in the editor, and whether special tokens are made.

import { html, nothing, type TemplateResult } from 'lit';
import type { TokensChoice } from '../../src/shared/tokensMessages.ts';
import { checkbox } from '../elements/controls.ts';
import { t } from '../l10n.ts';

export function settings(
  /** A text of its own stands in no editor. */
  typed: boolean,
  choice: TokensChoice,
  onChoose: (what: { decorated?: boolean; specialTokens?: boolean }) => void,
): TemplateResult {
  return html`<div class="row settings small">
    ${
      typed
        ? nothing
        : checkbox({
            label: t('Colour the tokens in the editor'),
            checked: choice.decorated,
            onChange: (decorated) => onChoose({ decorated }),
          })
    }
    ${checkbox({
      label: t('Make special tokens'),
      checked: choice.specialTokens,
      onChange: (specialTokens) => onChoose({ specialTokens }),
    })}
    ${
      choice.specialTokens
        ? html`<span class="quiet">${t('Text that spells a special token becomes that one token.')}</span>`
        : nothing
    }
  </div>`;
}
