// npm run watch: bundles with source maps, made again whenever a file changes, until Ctrl+C. F5 uses it.

import { context, type Plugin } from 'esbuild';
import { copyAssets, entries, optionsFor } from './bundle.ts';

const waiting = new Set(entries.map(({ out }) => out));
console.log('watch: building');
await copyAssets();
const contexts = await Promise.all(
  entries.map(async (entry) => {
    const options = optionsFor(entry, true);
    const told: Plugin = {
      name: 'tell',
      setup: (build) => build.onEnd(({ errors }) => tell(entry.out, errors.length)),
    };
    const made = await context({ ...options, plugins: [...(options.plugins ?? []), told] });
    await made.watch();
    return made;
  }),
);

/** The editor's task waits for this line before it starts the extension. */
function tell(out: string, errors: number): void {
  console.log(`watch: ${out}${errors === 0 ? '' : `: ${errors} errors`}`);
  if (waiting.delete(out) && waiting.size === 0) {
    console.log('watch: ready');
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await Promise.all(contexts.map((made) => made.dispose()));
    process.exit(0);
  });
}
