// What a token in the editor looks like. Only the theme's colours, or those that package.json gives as their defaults:
// grounds in ordinary themes, solid and dashed lines where contrast is high. Nothing moves a letter.

import * as vscode from 'vscode';
import type { Mark } from './tokenMarks.ts';

export type DrawnAs = 'even' | 'odd' | 'evenWhite' | 'oddWhite' | 'evenBreak' | 'oddBreak';

export function typeOf({ odd, white }: Mark): DrawnAs {
  if (white) {
    return odd ? 'oddWhite' : 'evenWhite';
  }
  return odd ? 'odd' : 'even';
}

/** To be disposed by the caller. */
export function tokenStyles(): Readonly<Record<DrawnAs, vscode.TextEditorDecorationType>> {
  const even = new vscode.ThemeColor('insideLlms.tokens.evenBackground');
  const odd = new vscode.ThemeColor('insideLlms.tokens.oddBackground');
  const border = new vscode.ThemeColor('insideLlms.tokens.border');
  const whiteBorder = new vscode.ThemeColor('insideLlms.tokens.whitespaceBorder');
  const make = vscode.window.createTextEditorDecorationType;
  // Text that is typed at an edge belongs to no token until it has been encoded.
  const rangeBehavior = vscode.DecorationRangeBehavior.ClosedClosed;
  const token = (backgroundColor: vscode.ThemeColor, borderStyle: string, borderColor: vscode.ThemeColor) =>
    make({ backgroundColor, borderWidth: '1px', borderStyle, borderColor, borderRadius: '2px', rangeBehavior });
  /** A line break has no width: this sign stands for it. */
  const lineBreak = (backgroundColor: vscode.ThemeColor) =>
    make({
      after: {
        contentText: '\u21b5',
        color: new vscode.ThemeColor('descriptionForeground'),
        backgroundColor,
        margin: '0 0 0 1px',
      },
      rangeBehavior,
    });
  return {
    even: token(even, 'solid', border),
    odd: token(odd, 'dashed', border),
    evenWhite: token(even, 'dotted', whiteBorder),
    oddWhite: token(odd, 'dotted', whiteBorder),
    evenBreak: lineBreak(even),
    oddBreak: lineBreak(odd),
  };
}
