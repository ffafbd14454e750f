// The texts that people see: all of them can be translated, and the manifest's are all there.

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { exportStrings } from '../../../src/build/l10n.ts';
import { inRoot } from '../../../src/build/paths.ts';

const json = async (file: string) => JSON.parse(await readFile(inRoot(file), 'utf8'));

describe('the manifest', () => {
  test('has each of its texts in package.nls.json, and no text there is left over', async () => {
    const manifest = await readFile(inRoot('package.json'), 'utf8');
    const used = [...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key as string);
    expect(used.length).toBeGreaterThan(20);
    expect([...new Set(used)].sort()).toEqual(Object.keys(await json('package.nls.json')).sort());
  });

  test('has no plain text where people would read it', async () => {
    const { contributes } = await json('package.json');
    // What models alone read stands as it was measured, in every language; the tool's name is an id.
    for (const tool of contributes.languageModelTools) {
      delete tool.inputSchema;
      delete tool.name;
    }
    const plain: string[] = [];
    const look = (value: unknown, key: string) => {
      const shown = ['title', 'name', 'description', 'markdownDescription', 'contents', 'altText', 'contextualTitle'];
      if (typeof value === 'string' && shown.includes(key) && !/^%[\w.]+%$/.test(value)) {
        plain.push(`${key}: ${value}`);
      } else if (value !== null && typeof value === 'object') {
        for (const [name, part] of Object.entries(value)) {
          look(part, Array.isArray(value) ? key : name);
        }
      }
    };
    look(contributes, '');
    // A product's name is the same in every language.
    expect(plain).toEqual(['title: Inside LLMs']);
  });

  test('gives every command an icon, a category and a place among ours', async () => {
    const { contributes } = await json('package.json');
    for (const { command, icon, category } of contributes.commands) {
      expect(command).toMatch(/^insideLlms\./);
      expect(icon, command).toMatch(/^\$\([\w-]+\)$/);
      expect(category, command).toBe('Inside LLMs');
    }
  });
});

test('l10n/bundle.l10n.json holds exactly the texts in the code', async () => {
  const committed = await readFile(inRoot('l10n/bundle.l10n.json'), 'utf8');
  expect(committed, 'out of date: node src/build/l10n.ts').toBe(await exportStrings());
});
