// What a file's name alone says against indexing it: no text, made by tools, or written for machines.

import type { LeftOutReason } from '../../retrieval/store.ts';
import { linesOf } from '../../shared/lines.ts';

/** Extensions that text never has; those that may be either (`bin`, `dat`) are left to the content. */
const BINARY = new Set(
  (
    'png jpg jpeg gif webp avif bmp ico icns tif tiff psd heic cr2 mp3 mp4 m4a m4v wav flac ogg oga ogv opus webm mov avi mkv ' +
    'woff woff2 ttf otf eot pdf doc docx xls xlsx ppt pptx odt ods odp zip gz tgz bz2 xz zst 7z rar tar jar war ear whl gem deb rpm ' +
    'dmg iso exe dll so dylib pdb class pyc pyo pyd wasm db sqlite sqlite3 mdb parquet arrow feather npy npz ' +
    'pt pth onnx safetensors gguf ckpt h5 hdf5 pkl pickle joblib tflite vsix crx apk ipa glb fbx blend nib swp'
  ).split(' '),
);

const LOCK_FILES = new Set([
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb', 'deno.lock'],
  ...['cargo.lock', 'poetry.lock', 'pipfile.lock', 'uv.lock', 'pdm.lock', 'composer.lock', 'gemfile.lock', 'go.sum'],
  ...[
    'flake.lock',
    'packages.lock.json',
    'gradle.lockfile',
    'mix.lock',
    'pubspec.lock',
    'podfile.lock',
    'package.resolved',
  ],
]);

/** Why a file of this name is left out without being read; undefined when it is to be read. */
export function nameSays(name: string): { readonly reason: LeftOutReason; readonly detail: string } | undefined {
  const lower = name.toLowerCase();
  const extension = lower.includes('.') ? lower.slice(lower.lastIndexOf('.') + 1) : '';
  if (LOCK_FILES.has(lower)) {
    return { reason: 'ignored', detail: 'a lock file, written by a package manager' };
  }
  if (BINARY.has(extension)) {
    return { reason: 'binary', detail: `by its name: .${extension}` };
  }
  if (/[.-]min\.(js|mjs|cjs|css)$|\.(js|mjs|cjs|css|ts)\.map$/.test(lower)) {
    return { reason: 'minified', detail: 'by its name' };
  }
  return undefined;
}

/** Lines beyond this many UTF-16 units are not for people; prose has one line a paragraph, so more is let through. */
const LONG_LINE = 1000;
const LONG_PARAGRAPH = 10_000;
const PROSE = new Set(['markdown', 'plaintext', 'latex', 'restructuredtext', 'html']);

/** What says that a text was written for machines: most of it stands in lines too long to read. */
export function minified(text: string, language: string): string | undefined {
  const limit = PROSE.has(language) ? LONG_PARAGRAPH : LONG_LINE;
  let inLong = 0;
  for (const { length } of linesOf(text)) {
    inLong += length > limit ? length : 0;
  }
  return inLong * 2 > text.length
    ? `${Math.round((100 * inLong) / text.length)}% of it in lines of more than ${limit} characters`
    : undefined;
}
