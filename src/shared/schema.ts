// The schema library, in its small form, under one name. The only file that imports it.
export * as z from 'zod/mini';
