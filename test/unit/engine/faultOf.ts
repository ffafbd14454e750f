// The fault that some work ends in.

import { expect } from 'vitest';
import { Fault } from '../../../src/shared/errors.ts';

export function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    return error as Fault;
  }
  throw new Error('Nothing was thrown.');
}
