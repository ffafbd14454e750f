// Draws media/icon.png, 128 x 128, from media/source/icon.svg in a browser: `node src/build/icon.ts`. Run by hand when
// the drawing changes; the picture is committed.

import { readFile, writeFile } from 'node:fs/promises';
import { launchBrowser } from './browser.ts';
import { inRoot } from './paths.ts';

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
  const drawing = await readFile(inRoot('media/source/icon.svg'), 'utf8');
  await page.setContent(`<style>body { margin: 0 }</style>${drawing}`);
  const picture = await page.locator('svg').screenshot({ omitBackground: true });
  await writeFile(inRoot('media/icon.png'), picture);
} finally {
  await browser.close();
}
