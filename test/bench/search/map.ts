// What a frame of a map of 50,000 points takes while it is dragged, in a browser without a graphics processor: each frame
// is drawn and read back, so that it is done.

import { launchBrowser } from '../../../src/build/browser.ts';
import { lessIsBetter, type Measure, median } from '../../../src/build/measurement.ts';
import type { Calls } from '../../../src/shared/messages.ts';
import { pageScript } from '../../webview/harness/pageScript.ts';
import { View } from '../../webview/harness/view.ts';

const FRAMES = 60;
/** What a frame may take so that 30 of them fit a second, in milliseconds. */
const SMOOTH = 33;
const POINTS = '50,000';

export const measureMap: Measure = async (report) => {
  const browser = await launchBrowser();
  try {
    const script = await pageScript('mapPage.ts');
    const view = await View.open({ browser, script, handlers: [], worker: {} as Calls, width: 1000, height: 900 });
    for (const painter of ['webgl', 'canvas'] as const) {
      await view.page.evaluate(`mapPage.show('many', '${painter}')`);
      await view.page.locator('scatter-map canvas.marks').waitFor();
      await view.page.waitForTimeout(500);
      await view.page.evaluate('mapPage.frames(5)');
      const times = (await view.page.evaluate(`mapPage.frames(${FRAMES})`)) as number[];
      const name = `map of ${POINTS} points, a frame, ${painter}`;
      report(lessIsBetter(name, median(times), 'ms', 'goal', SMOOTH));
      report({ name: '  slowest', value: Math.max(...times), unit: 'ms' });
    }
    await view.close();
  } finally {
    await browser.close();
  }
};
