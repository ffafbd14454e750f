// The look of tokens in running text. Neighbours differ by colour, by the gap and by the line below, which alternates.

import { css } from 'lit';

export const tokenStyles = css`
  .token {
    --tint: transparent;
    color: var(--ink);
    background: color-mix(in srgb, var(--tint) 20%, transparent);
    border: 0 solid color-mix(in srgb, var(--tint) 85%, var(--ink));
    border-bottom-width: 2px;
    border-radius: 2px 2px 0 0;
    margin-inline-end: 2px;
    padding: 1px 0;
    unicode-bidi: isolate;
    cursor: pointer;
    box-decoration-break: clone;
    -webkit-box-decoration-break: clone;
  }
  /* What comes after its line feed stands on the next line: there must be nothing. */
  .token.breaks {
    margin-inline-end: 0;
  }
  .token.odd {
    border-bottom-style: dashed;
  }
  .k0 {
    --tint: var(--vscode-charts-blue);
  }
  .k1 {
    --tint: var(--vscode-charts-orange);
  }
  .k2 {
    --tint: var(--vscode-charts-purple);
  }
  .k3 {
    --tint: var(--vscode-charts-yellow);
  }
  .token.hit {
    background: color-mix(in srgb, var(--vscode-charts-yellow) 30%, transparent);
    box-shadow: inset 0 2px 0 var(--ink);
  }
  /* Cut otherwise by another tokenizer: a second line below. */
  .token.differs {
    border-bottom-style: double;
    border-bottom-width: 4px;
    background: color-mix(in srgb, var(--tint) 34%, transparent);
  }
  .token.flagged {
    text-decoration: underline wavy var(--warn) 1px;
    text-underline-offset: 2px;
  }
  .token.twin {
    outline: 1px dashed var(--focus);
    outline-offset: 1px;
  }
  .token.hovered {
    box-shadow: 0 0 0 1px var(--ink);
  }
  .token.current {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
  }
  .sign {
    color: var(--ink-quiet);
  }
  .sign > span {
    font-size: 0;
  }
  .sign::before {
    content: attr(data-sign);
  }
  .sign.boxed::before {
    font-size: 0.72em;
    border: 1px solid currentColor;
    border-radius: 2px;
    padding: 0 2px;
    margin: 0 1px;
    white-space: nowrap;
  }
  .bytes {
    font-size: 0.8em;
    font-style: italic;
    border: 1px dashed currentColor;
    border-radius: 2px;
    padding: 0 2px;
  }
`;
