// Takes media/screenshot.png, the picture in README: `node test/e2e/screenshot.ts` after a build. Run by hand when the
// views have changed; the picture is committed.

import { inRoot } from '../../src/build/paths.ts';
import { openEditor, scrollTo } from './editor.ts';

const editor = await openEditor({ size: { width: 1280, height: 800 } });
try {
  await editor.openFile('traps.md');
  await editor.showLessons();
  await editor.openLesson('Byte pair encoding');
  const lesson = await editor.webview('Byte pair encoding');
  await scrollTo(lesson, 'step-block');
  const player = lesson.locator('trace-player').first();
  await player.waitFor();
  const merged = player.getByRole('heading', { name: 'Merge ␣ + t' });
  while (!(await merged.isVisible())) {
    await player.getByRole('button', { name: 'Next step' }).click();
  }
  await editor.page.mouse.move(640, 799); // no tooltip in the picture
  await editor.page.waitForTimeout(500);
  await editor.page.screenshot({ path: inRoot('media/screenshot.png') });
} finally {
  await editor.close();
}
