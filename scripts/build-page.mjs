// Builds the report's page, one HTML file with its script and its style inside, into dist/reports/page/.
// A Content-Security-Policy names both by their hashes: nothing else runs there, wherever it comes from.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

const { output } = await build({
  configFile: false,
  root: join(root, 'reports/page'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    write: false,
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: {
      input: join(root, 'reports/page/main.tsx'),
      output: { format: 'iife' },
    },
  },
});

const script = output.find((each) => each.type === 'chunk').code.trim();
const style = String(output.find((each) => each.fileName.endsWith('.css')).source).trim();
for (const [name, text] of Object.entries({ script, style })) {
  if (text.includes(`</${name}`)) throw new Error(`the page's ${name} would end its own element`);
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  'img-src data:',
  'connect-src __MAPAHEAD_CONNECT__',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Cpath fill='%232f6feb' d='M0 0h3v8H0zM5 0h3v3H5z'/%3E%3C/svg%3E";

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${icon}">
<title>mapahead report</title>
<style>${style}</style>
</head>
<body>
<noscript>This report draws itself with a script of its own, and needs JavaScript.</noscript>
<div id="app"></div>
<script type="application/json" id="data">__MAPAHEAD_DATA__</script>
<script>${script}</script>
</body>
</html>
`;

const folder = join(root, 'dist/reports/page');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'page.html'), page);
