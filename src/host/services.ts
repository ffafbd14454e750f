// What the host's parts share, handed to each when it is made. Types and one small lazy wrapper; no part of ours is
// loaded before it is asked for.

import type * as vscode from 'vscode';
import type { Course } from '../lessons/course.ts';
import type { Disposable, DisposableStore } from '../shared/disposable.ts';
import type { Clock } from '../shared/environment.ts';
import { asFault } from '../shared/errors.ts';
import type { Lesson } from '../shared/lesson.ts';
import type { Calls } from '../shared/messages.ts';
import { FILE_ID } from './ids.ts';
import type { ModelWorker } from './modelWorker.ts';
import type { ProgressStore } from './progress.ts';

export interface HostServices {
  readonly context: vscode.ExtensionContext;
  /** The model worker; started by the first call, loaded by it too. */
  readonly worker: HostWorker;
  /** The one log channel. */
  readonly log: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly course: HostCourse;
  readonly progress: ProgressStore;
  /** Given back, last first, when the extension is deactivated. */
  readonly disposables: DisposableStore;
}

/** The model worker as the host's parts see it. */
export interface HostWorker extends Calls, Disposable {
  /** The worker itself, loaded if it wasn't. */
  loaded(): Promise<ModelWorker>;
  /** Ends the worker; pending calls fail with `worker-died`, the next call starts a fresh one. */
  restart(): Promise<void>;
}

/** The course read from the extension's own files. */
export interface HostCourse {
  /** The lessons in order, and those that can't be read. Kept until {@link HostCourse.changed}. */
  load(): ReturnType<Course['load']>;
  /** @throws Fault `not-found` */
  lesson(id: string): Promise<Lesson>;
  /** Forgets what was read and tells the listeners. */
  changed(): void;
  readonly onDidChange: vscode.Event<void>;
}

/**
 * Puts off loading the worker's code until the first call.
 *
 * @param reopen opens a file's tokenizer again: a fresh worker holds none, and the call that missed it is made again
 */
export function lazyWorker(load: () => Promise<ModelWorker>, reopen: (id: string) => Promise<void>): HostWorker {
  let loading: Promise<ModelWorker> | undefined;
  let disposed = false;
  const loaded = () => {
    loading ??= load().then((worker) => {
      if (disposed) {
        worker.dispose();
      }
      return worker;
    });
    return loading;
  };
  return {
    loaded,
    request: async (method, params, options) => {
      const worker = await loaded();
      try {
        return await worker.request(method, params, options);
      } catch (error) {
        const { code, where } = asFault(error);
        if (code !== 'unknown-encoding' || where?.startsWith(FILE_ID) !== true) {
          throw error;
        }
        await reopen(where);
        return worker.request(method, params, options);
      }
    },
    restart: async () => (await loading)?.restart(),
    dispose: () => {
      disposed = true;
      void loading?.then((worker) => worker.dispose());
    },
  };
}
