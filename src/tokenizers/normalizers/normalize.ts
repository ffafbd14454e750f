// A definition's normalizers as functions. Each changes a text and keeps track of where its characters came from.

import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import type { AlignedText } from '../alignedText.ts';
import { toByteCharacters } from '../byteCharacters.ts';
import type { NormalizerSpec } from '../definition.ts';
import { lookAt } from '../faults.ts';
import { holdGrowth } from '../growth.ts';
import { finderOf } from '../matching.ts';
import { bertNormalize } from './bertNormalizer.ts';
import { CharsMap } from './charsMap.ts';
import { lowercase } from './letterCase.ts';
import { precompiled } from './precompiled.ts';
import { strip, stripAccents } from './removing.ts';
import { prepend, replace } from './replacing.ts';
import { type UnicodeForm, unicodeForm } from './unicodeForm.ts';

/** @throws Fault `cancelled`; `too-large` when the text grows out of all measure. */
export type Normalize = (source: AlignedText, signal?: CancelSignal) => AlignedText;
type Step = (source: AlignedText, signal: CancelSignal) => AlignedText;

/**
 * All of `specs`, one after the other.
 *
 * @throws Fault `bad-input` for a regular expression or a charsmap that can't be used.
 */
export function normalizerOf(specs: readonly NormalizerSpec[]): Normalize {
  const steps = specs.map(stepOf);
  return (source, signal = neverCancelled) =>
    steps.reduce((aligned, step) => {
      lookAt(signal);
      const changed = step(aligned, signal);
      holdGrowth(changed.text.length, source.text.length);
      return changed;
    }, source);
}

function stepOf(spec: NormalizerSpec): Step {
  switch (spec.type) {
    case 'nfc':
    case 'nfd':
    case 'nfkc':
    case 'nfkd': {
      const form = spec.type.toUpperCase() as UnicodeForm;
      return (source, signal) => unicodeForm(source, form, signal);
    }
    case 'lowercase':
      return lowercase;
    case 'strip-accents':
      return stripAccents;
    case 'strip':
      return (source) => strip(source, spec.left, spec.right);
    case 'prepend':
      return (source) => prepend(source, spec.text);
    case 'replace': {
      const finder = finderOf(spec.pattern);
      return (source) => replace(source, finder, spec.content);
    }
    case 'bert':
      return (source, signal) => bertNormalize(source, spec, signal);
    case 'precompiled': {
      const charsMap = new CharsMap(spec.charsMap);
      return (source) => precompiled(source, charsMap);
    }
    case 'byte-level':
      return toByteCharacters;
  }
}
