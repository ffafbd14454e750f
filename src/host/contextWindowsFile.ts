// The data file of context windows, checked. Each size has its source and the day on which that was read.

import { z } from '../shared/schema.ts';
import type { ContextWindow } from '../shared/tokensMessages.ts';

const schema = z.array(
  z.strictObject({
    id: z.string().check(z.regex(/^[a-z0-9.-]+$/)),
    model: z.string().check(z.minLength(1)),
    vendor: z.string().check(z.minLength(1)),
    tokens: z.int().check(z.gte(128)),
    encoding: z.optional(z.string()),
    source: z.string().check(z.regex(/^https:\/\//)),
    date: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  }),
);

/** @throws SyntaxError or a schema's error naming the place at fault. */
export function contextWindowsFile(text: string): readonly ContextWindow[] {
  return z.parse(schema, JSON.parse(text)) as readonly ContextWindow[];
}
