// The module "inside-llms/check": what the checks of exercises are written with. Learners' code can't import it.

export { defineCheck } from '../check/exerciseCheck.ts';
