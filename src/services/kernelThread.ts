// A helper thread's entry: it computes on the memory that it is handed, until that backend is closed.

import { workerData } from 'node:worker_threads';
import { serveKernelThread } from '../engine/kernels/serveKernelThread.ts';
import type { ThreadWork } from '../engine/kernels/threads.ts';

serveKernelThread(workerData as ThreadWork);
