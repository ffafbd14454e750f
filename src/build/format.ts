// npm run format: formats everything and mends what lint can mend safely.

import { binOf, collect } from './processes.ts';

const { code } = await collect(
  process.execPath,
  [binOf('@biomejs/biome/bin/biome'), 'check', '--write', ...process.argv.slice(2)],
  undefined,
  true,
);
process.exitCode = code;
