// Trees side by side, drawn as nested lists with the lines between parent and child, so that they read the same to a
// screen reader, and need no more width than their depth: on a narrow page they only indent less.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { TreeNode, TreeValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { roleName } from '../tokenChip.ts';
import { visiblePiece, visibleTextStyles } from '../visibleText.ts';

export class TreeView extends LitElement {
  static override properties = { value: { attribute: false }, label: {} };
  static override styles = [
    baseStyles,
    visibleTextStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .forest {
        --step: 1.6em;
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-5);
        max-height: 26em;
        padding: 2px;
      }
      @container (max-width: 340px) {
        .forest {
          --step: 0.9em;
        }
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0 0 0 var(--step);
      }
      .forest > ul {
        padding-left: 0;
      }
      li {
        position: relative;
        padding: 2px 0;
      }
      /* The elbow to the parent: down the left edge, then across. */
      ul ul > li::before {
        content: '';
        position: absolute;
        left: calc(var(--step) * -0.55);
        top: 0;
        width: calc(var(--step) * 0.45);
        height: 1.05em;
        border-left: 1px solid var(--ink-quiet);
        border-bottom: 1px solid var(--ink-quiet);
        border-bottom-left-radius: 4px;
      }
      ul ul > li:not(:last-child)::after {
        content: '';
        position: absolute;
        left: calc(var(--step) * -0.55);
        top: 0;
        bottom: 0;
        border-left: 1px solid var(--ink-quiet);
      }
      .node {
        display: inline-flex;
        align-items: baseline;
        gap: 0.6em;
        max-width: 100%;
      }
      .label {
        font-family: var(--mono);
        font-size: var(--mono-size);
        line-height: 1.5;
        padding: 0 5px;
        border: 1px solid color-mix(in srgb, var(--ink) 40%, transparent);
        border-radius: 3px;
        background: color-mix(in srgb, var(--ink) 6%, transparent);
        overflow-wrap: anywhere;
      }
      .note {
        font-size: var(--text-tiny);
        color: var(--ink-quiet);
      }
      .new > .label {
        border: 2px solid var(--good);
        font-weight: 600;
      }
      .chosen > .label {
        border: 2px solid var(--accent);
      }
      .match > .label {
        border: 3px double currentColor;
      }
      .warn > .label {
        border: 1px dashed var(--warn);
      }
      .dim > .label {
        border-style: dotted;
        color: var(--ink-quiet);
        background: none;
      }
    `,
  ];
  declare value: TreeValue | undefined;
  declare label: string | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.value === undefined) {
      return nothing;
    }
    return html`<div class="forest scroll" tabindex="0" role="group" aria-label=${this.label ?? t('Tree')}>${this.value.roots.map(
      (root) => html`<ul>${renderNode(root)}</ul>`,
    )}</div>`;
  }
}

function renderNode({ label, note, role, children = [] }: TreeNode): TemplateResult {
  return html`<li>
    <span class="node ${role ?? ''}"
      ><span class="label">${visiblePiece(label)}</span>${
        role === undefined ? nothing : html`<span class="sr">(${roleName(role)})</span>`
      }${note === undefined ? nothing : html`<span class="note">${note}</span>`}</span
    >
    ${children.length > 0 ? html`<ul>${children.map(renderNode)}</ul>` : nothing}
  </li>`;
}
customElements.define('tree-view', TreeView);
