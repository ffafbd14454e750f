// What the settings say about who answers: nonsense is as if it were absent, and how far an address reaches is never
// understated.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { askSettingsOf, reachOf } from '../../../src/host/askSettings.ts';
import { ASK_ENDPOINT, ASK_THRESHOLD, ASK_WINDOW } from '../../../src/shared/askMessages.ts';

const DEFAULTS = { generator: 'none', endpoint: ASK_ENDPOINT, model: '', threshold: ASK_THRESHOLD, window: ASK_WINDOW };

it('has the defaults that the manifest names', () => {
  const { properties } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).contributes.configuration;
  expect(askSettingsOf((key) => properties[key].default)).toEqual(DEFAULTS);
  expect(askSettingsOf(() => undefined)).toEqual(DEFAULTS);
});

it.each([
  ['generator', 'somebody'],
  ['generator', 3],
  ['endpoint', '  '],
  ['endpoint', 7],
  ['threshold', 7],
  ['threshold', Number.NaN],
  ['contextWindow', -1],
  ['contextWindow', '4096'],
])('takes no %s of %j', (name, value) => {
  expect(askSettingsOf((key) => (key === `insideLlms.ask.${name}` ? value : undefined))).toEqual(DEFAULTS);
});

it.each([
  ['http://localhost:11434/v1', 'machine', 'http://localhost:11434'],
  ['HTTP://LocalHost/v1', 'machine', 'http://localhost'],
  ['http://127.0.0.1:8000', 'machine', 'http://127.0.0.1:8000'],
  ['http://[::1]:80/v1', 'machine', 'http://[::1]:80'],
  ['https://api.example.com/v1', 'outside', 'https://api.example.com'],
  ['http://192.168.0.4:8000/v1', 'clear', 'http://192.168.0.4:8000'],
  ['http://127.0.0.1.example.com/v1', 'clear', 'http://127.0.0.1.example.com'],
  ['http://localhost.example.com', 'clear', 'http://localhost.example.com'],
  ['https://localhost.example.com', 'outside', 'https://localhost.example.com'],
])('%s reaches %s', (endpoint, reach, address) => {
  expect(reachOf(endpoint)).toEqual({ reach, address, valid: true });
  // The same host as the one that is asked in the end.
  expect(new URL(endpoint).origin).toBe(new URL(address).origin);
});

it.each([
  '',
  'localhost:11434',
  'ftp://x',
  'http://',
  'http://user:secret@localhost/v1',
  'http://localhost @evil.example/',
  'javascript:alert(1)',
])('"%s" is no address', (endpoint) => {
  expect(reachOf(endpoint)).toEqual({ reach: 'nowhere', address: '', valid: false });
});
