// The page that every webview starts from: one script with a nonce, nothing inline, nothing from elsewhere.

export interface WebviewPage {
  readonly title: string;
  /** BCP 47 language of the interface. */
  readonly language: string;
  /** Address of the view's one script. */
  readonly script: string;
  /** `webview.cspSource`, or the origin that serves the script. */
  readonly source: string;
  /** Fresh for each page. */
  readonly nonce: string;
}

export function webviewHtml({ title, language, script, source, nonce }: WebviewPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `img-src ${source} data:`,
    `font-src ${source}`,
  ].join('; ');
  // The toolkit reads csp-nonce for the one style element that it makes.
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta property="csp-nonce" content="${escapeHtml(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
</head>
<body>
<script type="module" nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
