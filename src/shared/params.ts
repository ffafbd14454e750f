// What a program can be told, declared once: it checks what comes in, and it is the form that the learner gets.

import { Fault } from './errors.ts';
import type { ParamValue, ParamValues } from './trace.ts';

interface Common {
  /** For people, a few words. */
  readonly label: string;
  /** One sentence more, where the label is not enough. */
  readonly help?: string;
}

export interface TextParam extends Common {
  readonly type: 'text';
  readonly default: string;
  /** Most UTF-16 units taken. */
  readonly maxLength: number;
  /** Several lines are typed. */
  readonly multiline?: boolean;
}

export interface NumberParam extends Common {
  readonly type: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** 1 makes it a whole number. */
  readonly step: number;
}

export interface ChoiceParam extends Common {
  readonly type: 'choice';
  readonly default: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface SwitchParam extends Common {
  readonly type: 'switch';
  readonly default: boolean;
}

export type ParamSpec = TextParam | NumberParam | ChoiceParam | SwitchParam;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** The values that fit a declaration: `{ merges: number, text: string }`. */
export type ParamsOf<S extends ParamSpecs> = {
  readonly [K in keyof S]: S[K]['type'] extends 'number' ? number : S[K]['type'] extends 'switch' ? boolean : string;
};

/**
 * Checks `given` against `specs` and fills in the defaults.
 *
 * @throws Fault `bad-params` naming the program, the parameter, what it takes and what it got.
 */
export function readParams<S extends ParamSpecs>(program: string, specs: S, given: unknown): ParamsOf<S> {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw badParam(program, 'parameters', `the parameters must be an object, and are ${describe(given)}.`);
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(specs, name));
  if (unknown !== undefined) {
    const known = Object.keys(specs).join(', ') || 'none';
    throw badParam(program, unknown, `there is no parameter "${unknown}".`, `It takes: ${known}.`);
  }
  const read: Record<string, ParamValue> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = (given as Record<string, unknown>)[name];
    const fault = value === undefined ? undefined : faultOf(spec, value);
    if (fault !== undefined) {
      throw badParam(program, name, `"${name}" ${fault}, and is ${describe(value)}.`);
    }
    read[name] = (value as ParamValue | undefined) ?? spec.default;
  }
  return read as ParamsOf<S> & ParamValues;
}

function faultOf(spec: ParamSpec, value: unknown): string | undefined {
  switch (spec.type) {
    case 'text':
      if (typeof value !== 'string') {
        return 'must be a text';
      }
      return value.length > spec.maxLength
        ? `takes at most ${spec.maxLength.toLocaleString('en')} characters`
        : undefined;
    case 'number': {
      const whole = spec.step === 1;
      const fits =
        typeof value === 'number' && value >= spec.min && value <= spec.max && (!whole || Number.isInteger(value));
      return fits ? undefined : `must be a ${whole ? 'whole ' : ''}number from ${spec.min} to ${spec.max}`;
    }
    case 'choice':
      return spec.options.some((option) => option.value === value)
        ? undefined
        : `must be one of ${spec.options.map((option) => option.value).join(', ')}`;
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
  }
}

function describe(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 40 ? `a text of ${value.length.toLocaleString('en')} characters` : JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  return value !== null && typeof value === 'object' ? 'an object' : String(value);
}

function badParam(program: string, where: string, what: string, remedy?: string): Fault {
  return new Fault('bad-params', `${program}: ${what}`, remedy === undefined ? { where } : { where, remedy });
}
