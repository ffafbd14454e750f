// npm run lint: the types of every layer, lint and format, and who may import whom.

import { runChecks } from './checks.ts';

for (const { title, outcome, error } of await runChecks()) {
  console.log(`${outcome === 'passed' ? 'ok  ' : 'FAIL'} ${title}`);
  if (error !== undefined) {
    console.log(error);
    process.exitCode = 1;
  }
}
