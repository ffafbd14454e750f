// How a bet looks, before it is placed and after: shared by the steps and the plots that ask for one.

import { css } from 'lit';

export const betStyles = css`
  .bet {
    margin-top: var(--space-3);
    padding: var(--space-3);
    border: 2px solid var(--accent);
    border-radius: var(--radius);
  }
  .bet-question {
    display: flex;
    gap: var(--space-2);
    align-items: baseline;
    font-weight: 600;
  }
  .bet-question svg,
  .outcome svg {
    flex: none;
    position: relative;
    top: 3px;
  }
  .bet-choices {
    list-style: none;
    padding: 0;
    margin: var(--space-2) 0 var(--space-3);
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(15em, 100%), 1fr));
    gap: var(--space-2);
  }
  .bet-choice {
    width: 100%;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--space-3);
    padding: var(--space-1) var(--space-3);
    text-align: left;
    font: inherit;
    color: inherit;
    background: var(--paper);
    border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
    border-radius: var(--radius-small);
    cursor: pointer;
  }
  .bet-choice:hover {
    background: var(--hover);
    border-color: var(--accent);
  }
  .bet-name.piece {
    font-family: var(--mono);
  }
  .outcome {
    display: flex;
    gap: var(--space-2);
    align-items: baseline;
    margin-top: var(--space-3);
    padding: var(--space-2) var(--space-3);
    border-left: 4px solid var(--good);
    background: color-mix(in srgb, var(--good) 10%, transparent);
  }
  .outcome.waiting {
    border-left-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 10%, transparent);
  }
  .outcome.wrong {
    border-left-color: var(--warn);
    background: color-mix(in srgb, var(--warn) 10%, transparent);
  }
`;
