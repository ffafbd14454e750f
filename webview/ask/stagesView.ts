// The stages as they stand: each with what it came to, and its working where it is open. Knows no element.

import { html, nothing, type TemplateResult } from 'lit';
import type { AskHit, AskPlace, AskPrompt, PromptPassage } from '../../src/shared/askMessages.ts';
import type { SearchHit } from '../../src/shared/searchMessages.ts';
import { faultView } from '../elements/faultView.ts';
import { t } from '../l10n.ts';
import type { Answering } from './answering.ts';
import { answerPart } from './answerPart.ts';
import type { Copied } from './asking.ts';
import { bestSimilarity, chosenChunks, type Mark, type Marks, standingOf } from './passageChoice.ts';
import { passagesPart } from './passagesPart.ts';
import { promptPart } from './promptPart.ts';
import { countingTokens, questionVector, tokensPart } from './questionPart.ts';
import type { Retriever } from './retriever.ts';
import { type StageName, stage } from './stage.ts';

export interface StagesView {
  readonly place: AskPlace;
  readonly retriever: Pick<Retriever, 'found' | 'prompt' | 'busy' | 'fault'>;
  readonly answering: Answering;
  readonly threshold: number;
  readonly marks: Marks;
  readonly open: ReadonlySet<StageName>;
  readonly copied: Copied | undefined;
  readonly actions: {
    toggle(name: StageName, open: boolean): void;
    look(): void;
    ask(): void;
    setThreshold(threshold: number): void;
    keepThreshold(): void;
    mark(chunk: number, mark: Mark | undefined): void;
    copy(what: Copied['what'], text: string): void;
    openHit(hit: SearchHit, line?: number): void;
    openPassage(passage: PromptPassage): void;
  };
}

export function stagesView(view: StagesView): TemplateResult {
  const { retriever, place, threshold, marks, actions } = view;
  const { found, prompt, busy, fault } = retriever;
  if (fault !== undefined) {
    return html`<div>${faultView(fault, { label: t('Look again'), run: actions.look })}</div>`;
  }
  if (found === undefined) {
    return html`<div class="hint quiet" role="status">
      ${busy ? t('Looking for passages…') : t('Ask something, and see each step between your question and its answer: tokens, vector, passages, prompt. All but the answer is made on this machine, as you type.')}
    </div>`;
  }
  const { inspected, hits, notes, embedder } = found;
  const { tokenCount, dimensions } = inspected;
  const chosen = chosenChunks(hits, threshold, marks);
  const counting = countingTokens(inspected);
  const tokens =
    counting === undefined ? t('{0} tokens', tokenCount) : t('{0} tokens, {1} of them count', tokenCount, counting);
  const inPrompt = prompt?.passages.length ?? chosen.length;
  return html`<div class=${busy ? 'stages stale' : 'stages'}>
    <div class="sr" role="status">${busy ? nothing : t('{0} passages found, {1} go into the prompt.', hits.length, chosen.length)}</div>
    ${notes.map((note) => html`<p class="note">${note}</p>`)}
    ${shown(view, 'tokens', t('Tokens'), tokens, () => tokensPart(inspected))}
    ${shown(view, 'vector', t('Vector'), t('{0} numbers by {1}', dimensions, embedder), () => questionVector(inspected))}
    ${shown(view, 'passages', t('Passages'), t('{0} found, {1} of them in the prompt', hits.length, inPrompt), () =>
      hits.length === 0
        ? html`<p>${t('Nothing was found.')}</p>`
        : passagesPart({
            ...{ hits, threshold, marks, usual: place.threshold, dropped: prompt?.dropped ?? [] },
            folders: new Map(place.folders.map(({ id, name }) => [id, name])),
            numbers: new Map(prompt?.passages.map(({ chunk, number }) => [chunk, number])),
            onThreshold: actions.setThreshold,
            onKeep: actions.keepThreshold,
            onMark: actions.mark,
            onOpen: actions.openHit,
          }),
    )}
    ${chosen.length === 0 ? notFound(hits, view) : promptAndAnswer(prompt, hits, view)}
  </div>`;
}

function promptAndAnswer(prompt: AskPrompt | undefined, hits: readonly AskHit[], view: StagesView): TemplateResult {
  const { answering, place, copied, actions } = view;
  const laidOut = prompt === undefined ? t('being laid out…') : t('{0} tokens of {1}', prompt.tokens, prompt.window);
  const copiedOf = (what: Copied['what']) => (copied?.what === what ? copied.said : '');
  return html`${shown(view, 'prompt', t('Prompt'), laidOut, () =>
    prompt === undefined
      ? nothing
      : promptPart({ prompt, hits, copied: copiedOf('prompt'), onCopy: (text) => actions.copy('prompt', text) }),
  )}
  ${shown(view, 'answer', t('Answer'), answerOutcome(answering), () =>
    answering.text === undefined
      ? html`<p class="quiet">${notAsked(place.generator)}</p>`
      : answerPart({
          ...{ answering, copied: copiedOf('answer'), current: prompt },
          onStop: () => answering.stop(),
          onAgain: actions.ask,
          onCopy: (text) => actions.copy('answer', text),
          onOpen: actions.openPassage,
        }),
  )}`;
}

function notAsked({ kind, problem }: AskPlace['generator']): string {
  if (kind === 'none') {
    return t('Nobody is chosen to answer. Copy the prompt, or choose who answers.');
  }
  return problem === undefined
    ? t('Press Ask, and the prompt is sent.')
    : t('{0} The prompt can be copied meanwhile.', problem);
}

function answerOutcome({ text, busy, fault, stopped, interrupted }: Answering): string {
  if (text === undefined) {
    return t('not asked yet');
  }
  if (busy) {
    return t('coming');
  }
  if (fault !== undefined) {
    return t('failed');
  }
  if (interrupted) {
    return t('interrupted');
  }
  return stopped ? t('stopped') : t('{0} words', text.split(/\s+/).filter(Boolean).length);
}

/** No passage is to be sent: there is nothing that an answer could stand on. */
function notFound(hits: readonly AskHit[], { threshold, marks }: StagesView): TemplateResult {
  const best = bestSimilarity(hits);
  const below = hits.some((hit) => standingOf(hit, threshold, marks) === 'below');
  const why =
    best === undefined
      ? t('Nothing was found for this question.')
      : below
        ? t('The best passage has the similarity {0}, and the threshold is {1}.', best.toFixed(2), threshold.toFixed(2))
        : t('All passages were taken out.');
  return html`<div class="not-found" role="status">
    <h2>${t('Not in these files')}</h2>
    <p>${why} ${t('Nothing is sent.')}</p>
    <p class="quiet">
      ${t('Ask in the words of the files, lower the threshold, or pin a passage that you know to be right.')}
    </p>
  </div>`;
}

function shown(
  { open, actions }: StagesView,
  name: StageName,
  title: string,
  outcome: string,
  body: () => TemplateResult | typeof nothing,
): TemplateResult {
  const isOpen = open.has(name);
  const onToggle = (now: boolean) => actions.toggle(name, now);
  return stage({ name, title, outcome, open: isOpen, onToggle, body: isOpen ? body() : nothing });
}
