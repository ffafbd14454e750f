// What the page keeps when it is hidden or the window is loaded again.

import type { VsCodeApi } from '../host.ts';
import type { Loaded } from './loader.ts';
import { TABS, type Tab } from './tabs.ts';

export interface KeptState {
  readonly tab: Tab;
  readonly column: number;
  readonly token: number;
  readonly query: string;
  /** What was typed last. */
  readonly draft: string;
  /** A text that stands in no editor; the host asks for it back. */
  readonly handed?: string;
}

/** A text is kept over a reload up to this many UTF-16 units. */
const MOST_KEPT = 200_000;

export class Keeper {
  /** What an earlier page left, with defaults for what is missing or of another kind. */
  readonly kept: KeptState;
  private readonly api: VsCodeApi;
  private last = '';
  private handed: string | undefined;

  constructor(api: VsCodeApi) {
    this.api = api;
    const left = (api.getState() ?? {}) as Readonly<Record<string, unknown>>;
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    const number = (value: unknown) => (Number.isInteger(value) && (value as number) >= 0 ? (value as number) : 0);
    this.handed = typeof left.handed === 'string' ? left.handed : undefined;
    this.kept = {
      tab: TABS.find((tab) => tab === left.tab) ?? 'text',
      column: number(left.column),
      token: number(left.token),
      query: text(left.query),
      draft: text(left.draft),
    };
  }

  /** Writes the state if it is another than before: it is asked for at every redraw. */
  keep(state: Omit<KeptState, 'handed'>, loaded: Loaded | undefined): void {
    const key = [
      state.tab,
      state.column,
      state.token,
      state.query,
      loaded?.subject.version,
      loaded?.subject.what,
      state.draft,
    ].join('\n');
    if (key === this.last) {
      return;
    }
    this.last = key;
    if (loaded !== undefined) {
      this.handed = loaded.subject.what === 'text' ? loaded.columns[0]?.text : undefined;
    }
    const { handed } = this;
    this.api.setState({
      ...state,
      draft: state.draft.length <= MOST_KEPT ? state.draft : '',
      ...(handed !== undefined && handed.length <= MOST_KEPT && { handed }),
    } satisfies KeptState);
  }
}
