// Ids to vectors, by looking up rows of a table; and ids to rows of zeros with a one, which says the same.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { checkDtype, checkIds, dense, shapeFault } from './support.ts';

/**
 * The table's row of each id: ids (...) and a table (V, C) make (..., C). It is what `matmul(oneHot(ids, V), table)`
 * computes, without the products by zero.
 *
 * @throws Fault `bad-input` when an id is not in 0 to V - 1.
 */
export function embedding(table: Tensor, ids: Tensor): Tensor {
  if (table.rank !== 2) {
    throw shapeFault(
      'embedding',
      table.shape,
      ids.shape,
      `the table has ${table.rank} axes`,
      'A table is (V, C): a row an id.',
    );
  }
  checkIds('embedding', ids, table.shape[0]);
  return apply(embeddingOperation, [table, ids], undefined);
}

/**
 * For each id a row of zeros with a 1 at the id: ids (...) make (..., classes), f32. No gradient flows.
 *
 * Example: `oneHot(engine.tensor([2], { dtype: 'i32' }), 4)` is [[0, 0, 1, 0]].
 *
 * @throws Fault `bad-input` when an id is not in 0 to classes - 1.
 */
export function oneHot(ids: Tensor, classes: number): Tensor {
  if (!Number.isInteger(classes) || classes < 0) {
    throw new Fault('bad-input', `oneHot: ${classes} is no number of classes.`, { remedy: 'Give a whole number.' });
  }
  checkIds('oneHot', ids, classes);
  return apply(oneHotOperation, [ids], { classes });
}

/** `embedding`: forward, and backward beside it. */
export const embeddingOperation: Operation = {
  name: 'embedding',
  inputs: ['table', 'ids'],
  formula: 'y[i] = table[id[i]]',
  gradient: 'dtable[id[i]] += dy[i]',
  forward([table, ids], _, save) {
    checkDtype('embedding', table, 'f32');
    save(ids);
    const y = table.engine.empty([...ids.shape, table.shape[1]]); // (..., C)
    table.engine.kernels.gatherRows(dense(table), dense(ids), y);
    return y;
  },
  backward(dy, { inputs: [table], saved: [ids], engine }) {
    const dTable = engine.zeros(table.shape); // (V, C)
    engine.kernels.scatterAddRows(dense(dy), dense(ids), dTable);
    return [dTable, undefined];
  },
};

/** `oneHot`: forward only; no gradient flows through ids. */
export const oneHotOperation: Operation<{ readonly classes: number }> = {
  name: 'oneHot',
  inputs: ['ids'],
  formula: 'y[i, c] = 1 where c is id[i], else 0',
  forward([ids], { classes }) {
    const y = ids.engine.zeros([...ids.shape, classes]); // (..., classes)
    const { data } = y.storage;
    ids.toFlat().forEach((id, i) => {
      data[y.offset + i * classes + id] = 1;
    });
    return y;
  },
};
