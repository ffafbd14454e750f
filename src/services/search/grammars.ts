// The grammars that ship: tree-sitter's, compiled to WASM, as VS Code itself uses them. C is parsed as C++.

import { createRequire } from 'node:module';
import path from 'node:path';

/** By VS Code's language id: `tree-sitter-NAME.wasm`. */
export const grammars: Readonly<Record<string, string>> = {
  typescript: 'typescript',
  typescriptreact: 'tsx',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  python: 'python',
  go: 'go',
  rust: 'rust',
  java: 'java',
  csharp: 'c-sharp',
  c: 'cpp',
  cpp: 'cpp',
  php: 'php',
  ruby: 'ruby',
  shellscript: 'bash',
  powershell: 'powershell',
  css: 'css',
};

/** tree-sitter itself. */
export const RUNTIME = 'tree-sitter.wasm';

export function grammarFile(name: string): string {
  return `tree-sitter-${name}.wasm`;
}

/** Every file that parsing needs, by name: the build copies them to dist/grammars/. */
export const grammarFiles: readonly string[] = [
  RUNTIME,
  ...[...new Set(Object.values(grammars))].sort().map(grammarFile),
];

/** Where the package has them, in a checkout. @throws when it isn't installed */
export function packagedGrammars(): string {
  return path.dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));
}
