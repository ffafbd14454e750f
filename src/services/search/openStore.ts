// Which store an index is kept in, by how its place is written. The code of PostgreSQL's is loaded when it is wanted.

import type { NearestKernels } from '../../engine/kernels/nearest.ts';
import type { SearchStore } from '../../retrieval/store.ts';
import type { Clock } from '../../shared/environment.ts';
import { rootId } from '../../shared/rootId.ts';
import type { IndexSettings } from '../../shared/searchMessages.ts';
import { SqliteStore } from './store/sqlite.ts';

/**
 * On a server each set of folders has an index of its own.
 *
 * @throws Fault see {@link SqliteStore.open} and PostgresStore.open
 */
export async function openStore(
  { store, roots }: Pick<IndexSettings, 'store' | 'roots'>,
  clock: Clock,
  kernels?: NearestKernels,
): Promise<SearchStore> {
  if (/^postgres(ql)?:\/\//.test(store)) {
    const { PostgresStore } = await import('./store/postgres.ts');
    return PostgresStore.open(store, { clock, name: rootId(roots.map(({ id }) => id).join(' ')) });
  }
  return SqliteStore.open(store, { clock, ...(kernels && { kernels }) });
}
