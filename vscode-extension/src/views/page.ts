/** The page that a view starts as. Pure. */

export interface Page {
  readonly title: string;
  readonly nonce: string;
  /** Where VS Code serves the extension's files from. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
}

/** Nothing but the view's own script and style may run; the network is closed. */
export function pageHtml(page: Page): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource}`,
    "img-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(page.title)}</title>
<link rel="stylesheet" href="${attribute(page.style)}">
</head>
<body>
<div id="view"></div>
<script nonce="${attribute(page.nonce)}" src="${attribute(page.script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
