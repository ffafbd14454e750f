// The look of a bar of progress: filled as far as is known, striped where that can't be.

import { css } from 'lit';

export const progressStyles = css`
  progress {
    appearance: none;
    width: 100%;
    height: 6px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 3px;
    overflow: hidden;
    background: color-mix(in srgb, var(--ink) 15%, transparent);
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    background: var(--vscode-progressBar-background, var(--accent));
  }
  progress:indeterminate {
    background: repeating-linear-gradient(
      90deg,
      var(--vscode-progressBar-background, var(--accent)) 0 12px,
      transparent 12px 24px
    );
  }
`;
