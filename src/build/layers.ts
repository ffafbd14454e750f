// The layer gate: who may import whom, as DESIGN's table says, as data with a reason a rule. What a layer may not name
// at all (`document`, `process`, a relative path past its project references) is the compiler's; this covers what the
// compiler lets through: packages, `vscode`, imports that are computed, and references that widen a layer's types.

import { glob, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { root } from './paths.ts';

interface Layer {
  readonly name: string;
  /** Where its files are; a file belongs to the first layer that fits. */
  readonly files: RegExp;
  /** Names of other layers. */
  readonly layers: readonly string[];
  /** npm packages; for some, the only files that may. */
  readonly packages: Readonly<Record<string, RegExp | true>>;
  /** Files that may import Node's modules. */
  readonly node: RegExp | boolean;
  readonly vscode: boolean;
  /** Files that may compute what they import. */
  readonly computed?: RegExp;
  /** The one import past `layers`: which file may, and what. */
  readonly also?: { readonly file: RegExp; readonly target: RegExp };
  /** Why it is drawn like this, as a sentence. */
  readonly why: string;
}

const pure = { node: false, vscode: false } as const;
const ANY_PACKAGE: Layer['packages'] = {};

export const layers: readonly Layer[] = [
  {
    name: 'shared',
    files: /^src\/shared\//,
    layers: [],
    packages: { zod: /^src\/shared\/schema\.ts$/ },
    ...pure,
    why: 'shared holds the contracts: it imports nothing of ours, and the schema library in schema.ts alone.',
  },
  {
    name: 'tokenizers',
    files: /^src\/tokenizers\//,
    layers: ['shared'],
    packages: {},
    ...pure,
    why: 'tokenizers is pure: it runs anywhere, and data comes in through a loader that it is given.',
  },
  {
    name: 'engine',
    files: /^src\/engine\//,
    layers: ['shared'],
    packages: {},
    ...pure,
    why: 'the engine is pure: it computes anywhere, and compiled kernels come in through a loader that it is given.',
  },
  {
    name: 'formats',
    files: /^src\/formats\//,
    layers: ['shared', 'tokenizers'],
    packages: {},
    ...pure,
    why: 'formats are pure: bytes in and out, of tensors and of tokenizers, and whoever has a file reads and writes it.',
  },
  {
    name: 'model',
    files: /^src\/model\//,
    layers: ['shared', 'tokenizers', 'engine', 'formats'],
    packages: {},
    ...pure,
    why: 'models are pure: they are made of the engine, and data, time and chance come in from outside.',
  },
  {
    name: 'retrieval',
    files: /^src\/retrieval\//,
    layers: ['shared', 'tokenizers', 'engine', 'formats', 'model'],
    packages: {},
    ...pure,
    why: 'retrieval is pure: chunks, terms, vectors and scores; files, stores and parsers come in from outside.',
  },
  {
    name: 'programs',
    files: /^src\/programs\//,
    layers: ['shared', 'tokenizers', 'engine', 'model', 'retrieval'],
    packages: {},
    ...pure,
    why: 'programs are pure: they yield traces, and know neither Node nor the editor.',
  },
  {
    name: 'lessons',
    files: /^src\/lessons\//,
    layers: ['shared'],
    packages: { 'markdown-it': true, katex: true, yaml: true, 'highlight.js': true },
    ...pure,
    why: 'the lesson compiler turns text into a Lesson: no editor, no Node, no other layer.',
  },
  {
    name: 'course',
    files: /^src\/course\//,
    layers: ['shared', 'lessons'],
    packages: { 'vscode-jsonrpc': true },
    ...pure,
    why: 'the course folder and the checks, whoever asks for them: files and processes come in from outside.',
  },
  {
    name: 'services',
    files: /^src\/services\//,
    layers: ['shared', 'tokenizers', 'engine', 'formats', 'model', 'retrieval', 'programs', 'lessons', 'course'],
    packages: {
      'js-tiktoken': /^src\/services\/buildVocabularies\.ts$/,
      '@vscode/tree-sitter-wasm': /^src\/services\/search\//,
      ignore: /^src\/services\/search\//,
      'jsonc-parser': /^src\/services\/search\//,
      pg: /^src\/services\/search\/store\//,
      'vscode-jsonrpc': /^src\/services\/runner\//,
    },
    node: true,
    vscode: false,
    computed: /^src\/services\/models\/load\.ts$/,
    why: 'services need Node and no editor; the package of ranks is read at build time only, and each other package has one place.',
  },
  {
    name: 'worker',
    files: /^src\/worker\//,
    layers: ['shared', 'tokenizers', 'engine', 'formats', 'model', 'retrieval', 'programs', 'services'],
    packages: {
      'vscode-jsonrpc': true,
      '@huggingface/transformers': /^src\/worker\/models\//,
      'onnxruntime-web': /^src\/worker\/models\//,
      'onnxruntime-common': /^src\/worker\/models\//,
    },
    node: true,
    vscode: false,
    why: 'the worker is a thread of its own: it answers messages, and has no editor.',
  },
  {
    name: 'runner',
    files: /^src\/runner\//,
    layers: ['shared', 'tokenizers', 'engine', 'formats', 'model', 'retrieval', 'programs', 'services'],
    packages: { 'vscode-jsonrpc': true, amaro: /^src\/runner\/typeScript\.ts$/ },
    node: true,
    vscode: false,
    why: "the runner is a process of its own for learners' code: it answers messages, and has no editor.",
  },
  {
    name: 'cli',
    files: /^src\/cli\//,
    layers: [
      'shared',
      'tokenizers',
      'engine',
      'formats',
      'model',
      'retrieval',
      'programs',
      'lessons',
      'course',
      'services',
    ],
    packages: { '@modelcontextprotocol/sdk': true },
    node: true,
    vscode: false,
    why: 'the command line is the same services without an editor.',
  },
  {
    name: 'host',
    files: /^src\/(host\/|extension\.ts$)/,
    layers: ['shared', 'lessons', 'course'],
    packages: { 'vscode-jsonrpc': true, 'jsonc-parser': /^src\/host\/themeFile\.ts$/ },
    node: /^src\/host\/platform\.ts$/,
    vscode: true,
    // Starting a process is Node's, so it stands where the host's Node stands; how it is kept small is the services'.
    also: { file: /^src\/host\/platform\.ts$/, target: /^src\/services\/runner\/forkRunner\.ts$/ },
    why: 'the host talks to the editor and leaves the work to the worker and the runner; Node in platform.ts alone keeps a build for the browser possible.',
  },
  {
    name: 'webview',
    files: /^webview\//,
    layers: ['shared'],
    packages: {
      lit: true,
      '@vscode/webview-ui-toolkit': /^webview\/elements\/controls\.ts$/,
      'd3-scale': true,
      'vscode-jsonrpc': true,
    },
    ...pure,
    why: 'webviews only render; the toolkit stands in controls.ts alone, so that a successor can replace it there.',
  },
  {
    name: 'build',
    files: /^src\/build\//,
    layers: ['shared', 'tokenizers', 'engine', 'formats', 'model', 'retrieval', 'lessons', 'services'],
    packages: ANY_PACKAGE,
    node: true,
    vscode: false,
    computed: /^src\/build\/bench\.ts$/,
    why: 'the build scripts are not shipped: nothing that is may import them.',
  },
];

export interface LayerFault {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly why: string;
}

export interface LayerReport {
  readonly faults: readonly LayerFault[];
  /** How many files were looked at, by layer. */
  readonly looked: ReadonlyMap<string, number>;
}

/** Looks at every TypeScript file under src/ and webview/ of `folder`. A layer in which it found none is a fault. */
export async function checkLayers(folder: string = root): Promise<LayerReport> {
  const looked = new Map(layers.map(({ name }) => [name, 0]));
  const faults: LayerFault[] = [];
  for await (const found of glob('{src,webview}/**/*.{ts,mts,cts,tsx,js,mjs,cjs}', { cwd: folder })) {
    const file = found.split(path.sep).join('/');
    const layer = layerOf(file);
    if (file === 'src/build/bootstrap.mjs') {
      continue; // runs before there is anything to import
    }
    if (layer === undefined) {
      faults.push({
        file,
        line: 1,
        what: 'belongs to no layer.',
        why: 'Each file has a place in src/build/layers.ts.',
      });
      continue;
    }
    looked.set(layer.name, (looked.get(layer.name) as number) + 1);
    faults.push(...faultsOf(file, await readFile(path.join(folder, file), 'utf8'), layer));
  }
  for (const [name, count] of looked) {
    if (count === 0) {
      faults.push({
        file: name,
        line: 1,
        what: 'no file was looked at.',
        why: 'A gate that sees nothing lets all pass.',
      });
    }
  }
  faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  return { faults, looked };
}

function layerOf(file: string): Layer | undefined {
  return layers.find(({ files }) => files.test(file));
}

function faultsOf(file: string, text: string, layer: Layer): LayerFault[] {
  const faults: LayerFault[] = [];
  const fault = (offset: number, what: string, why = layer.why) =>
    faults.push({ file, line: text.slice(0, offset).split('\n').length, what, why });
  const { program, comments, errors } = parseSync(file, text);
  for (const { message, labels } of errors) {
    fault(labels[0]?.start ?? 0, `can't be read: ${message}`, 'What is not read is not checked.');
  }
  for (const { value, start } of comments) {
    if (/^\/\s*<reference\b/.test(value)) {
      fault(
        start,
        'widens its types by a reference comment.',
        `Types come from the layer's tsconfig.json. ${layer.why}`,
      );
    }
  }
  for (const { from, offset } of importsOf(program)) {
    const reason =
      from === undefined ? (layer.computed?.test(file) ? undefined : COMPUTED) : refusal(file, from, layer);
    if (reason !== undefined) {
      fault(offset, reason);
    }
  }
  return faults;
}

const COMPUTED = 'imports a path that is computed: nothing can tell what it is.';

/** Why a file may not import `from`; undefined when it may. */
function refusal(file: string, from: string, layer: Layer): string | undefined {
  if (from.startsWith('.')) {
    const place = path.posix.join(path.posix.dirname(file), from);
    const target = layerOf(place);
    const named = target !== undefined && (target === layer || layer.layers.includes(target.name));
    const allowed = named || (layer.also?.file.test(file) === true && layer.also.target.test(place));
    return allowed ? undefined : `${layer.name} may not import ${target?.name ?? 'what is in no layer'} ("${from}").`;
  }
  if (from === 'vscode') {
    return layer.vscode ? undefined : `${layer.name} may not import vscode.`;
  }
  if (from.startsWith('node:') || builtinModules.includes(from.split('/')[0] as string) || from.endsWith('/node')) {
    const allowed = layer.node instanceof RegExp ? layer.node.test(file) : layer.node;
    return allowed ? undefined : `${layer.name} may not import Node's modules here ("${from}").`;
  }
  if (layer.packages === ANY_PACKAGE) {
    return undefined;
  }
  const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
  const rule = Object.hasOwn(layer.packages, name) ? layer.packages[name] : false;
  const allowed = rule instanceof RegExp ? rule.test(file) : rule;
  return allowed
    ? undefined
    : `${layer.name} may not import the package "${name}" ${rule ? 'in this file' : ''}.`.replace(' .', '.');
}

interface Import {
  /** undefined when it is computed. */
  readonly from: string | undefined;
  readonly offset: number;
}

/** Everything that brings in another module: declarations, `import()`, `require()`, and types by `import('x')`. */
function importsOf(program: Parameters<Visitor['visit']>[0]): Import[] {
  const imports: Import[] = [];
  const add = (node: { readonly start: number }, source: unknown) => {
    const value = (source as { value?: unknown } | null | undefined)?.value;
    imports.push({ from: typeof value === 'string' ? value : undefined, offset: node.start });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node, node.source),
    ExportAllDeclaration: (node) => add(node, node.source),
    ExportNamedDeclaration: (node) => node.source && add(node, node.source),
    ImportExpression: (node) => add(node, node.source),
    TSImportType: (node) => add(node, node.source),
    TSExternalModuleReference: (node) => add(node, node.expression),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') {
        add(node, node.arguments[0]);
      }
    },
  }).visit(program);
  return imports;
}
