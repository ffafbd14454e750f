// What a model is shown of hits and passages, as text and beside it the same as fields.

import { counted } from '../shared/counted.ts';
import type { IndexHealth, SearchAnswer } from '../shared/searchMessages.ts';
import { DATA_NOTE, fenced, onOneLine, shownHits } from '../shared/searchTool.ts';
import type { Passage } from './mcpPassage.ts';
import type { Answer } from './mcpTools.ts';

export function hitsText(answer: SearchAnswer, health: IndexHealth): Answer {
  const { text, hits, notes } = shownHits(answer, health);
  return {
    text,
    structured: {
      hits: hits.map(({ hit, passage }) => {
        const { path, startLine, endLine, language, names, score, lexical, vector } = hit;
        const parts = { lexical: lexical?.score ?? null, vector: vector?.score ?? null };
        return { ...{ path, startLine, endLine, language, names, passage, score }, ...parts };
      }),
      index: { state: health.state, files: health.indexed, pending: answer.pending },
      notes,
    },
  };
}

export function passageText({ path, startLine, endLine, lines, text }: Passage): Answer {
  const heading = `${onOneLine(path)}:${startLine}-${endLine} (of ${counted(lines, 'line')}). ${DATA_NOTE}`;
  return {
    text: `${heading}\n${fenced(text, text.length)}`,
    structured: { path, startLine, endLine, lines, text },
  };
}
