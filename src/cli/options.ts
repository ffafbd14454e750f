// Reads a command's options, strictly: an unknown one is a usage fault that names the nearest.

import { type ParseArgsOptionDescriptor, parseArgs } from 'node:util';
import { nearest } from '../shared/nearest.ts';
import type { CommandName } from './commands.ts';
import { UsageError } from './exit.ts';

/** Options by name; `--help` is main.ts's. */
export type OptionSpecs = Readonly<Record<string, Pick<ParseArgsOptionDescriptor, 'type'>>>;

export interface Read {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** @throws UsageError naming the option at fault, and the one that was probably meant. */
export function readOptions(command: CommandName, argv: readonly string[], options: OptionSpecs): Read {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') {
      continue;
    }
    const spec = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (spec === undefined) {
      const meant = nearest(token.name, [...Object.keys(options), 'help']);
      const hint = meant === undefined ? known(options) : `Did you mean --${meant}?`;
      throw new UsageError(`There is no option ${token.rawName}. ${hint}`, command);
    }
    if (spec.type === 'string' && token.value === undefined) {
      throw new UsageError(`--${token.name} needs a value.`, command);
    }
    if (spec.type === 'boolean' && token.value !== undefined) {
      throw new UsageError(`--${token.name} takes no value.`, command);
    }
  }
  return { values: values as Read['values'], positionals };
}

/** @throws UsageError when there is more than one. */
export function atMostOne(command: CommandName, positionals: readonly string[], what: string): string | undefined {
  if (positionals.length > 1) {
    throw new UsageError(`One ${what} at a time: "${positionals[1]}" is one too many.`, command);
  }
  return positionals[0];
}

/** A whole number that an option gives, or undefined. @throws UsageError */
export function wholeNumber(command: CommandName, name: string, given: unknown, least: number): number | undefined {
  if (given === undefined) {
    return undefined;
  }
  const value = Number(given);
  if (typeof given !== 'string' || given.trim() === '' || !Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`--${name} takes a whole number from ${least}, and is "${given}".`, command);
  }
  return value;
}

function known(options: OptionSpecs): string {
  return `There are: ${[...Object.keys(options), 'help'].map((name) => `--${name}`).join(', ')}.`;
}
