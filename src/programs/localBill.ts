// What a number of texts a day costs in two ways: by the token at someone's endpoint, or in electricity on a machine of
// one's own. Each price is the learner's to set.

import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { many, tableValue } from './views.ts';

const DAYS = 30;
const BILL: TableValue['columns'] = [
  { id: 'where', label: 'where', type: 'text' },
  { id: 'hours', label: 'hours of computing', type: 'number' },
  { id: 'price', label: 'a month', type: 'number' },
];

export const localBill = defineProgram({
  id: 'local-bill',
  title: 'By the token, or by the watt',
  session: false,
  params: {
    texts: { type: 'number', label: 'Texts a day', default: 8000, min: 0, max: 1_000_000, step: 100 },
    tokens: { type: 'number', label: 'Tokens a text, prompt and answer', default: 200, min: 1, max: 5000, step: 1 },
    price: { type: 'number', label: 'Price of a million tokens', default: 0.5, min: 0, max: 100, step: 0.05 },
    ms: { type: 'number', label: 'Milliseconds a text on your machine', default: 20, min: 0.1, max: 60_000, step: 0.1 },
    watts: { type: 'number', label: 'Watts while it computes', default: 60, min: 1, max: 2000, step: 1 },
    power: { type: 'number', label: 'Price of a kilowatt-hour', default: 0.3, min: 0, max: 2, step: 0.01 },
  },
  async *run({ params: { texts, tokens, price, ms, watts, power }, trace }) {
    const month = texts * DAYS;
    const away = (month * tokens * price) / 1e6;
    const hours = (month * ms) / 3_600_000;
    const here = ((hours * watts) / 1000) * power;
    trace.frame({
      op: 'bill',
      label: 'Two bills',
      note: `${many(month)} texts in ${DAYS} days. At the endpoint they cost ${decimal(away)}; here ${decimal(hours, 1)} hours of computing cost ${decimal(here)} of electricity. The machine itself and whoever looks after it are in neither.`,
      outputs: {
        bill: trace.value(
          tableValue(BILL, [
            ['endpoint', null, Math.round(away * 100) / 100],
            ['your machine', Math.round(hours * 10) / 10, Math.round(here * 100) / 100],
          ]),
        ),
      },
    });
    yield;
  },
});
