// Which language a file is written in, by its name or its first line, as VS Code names languages.

const BY_EXTENSION = table(`
  bat: bat cmd
  c: c
  clojure: clj cljs cljc edn
  coffeescript: coffee
  cpp: cpp cc cxx c++ hpp hh hxx h h++ ino ipp tpp inl cu cuh
  csharp: cs csx
  css: css
  dart: dart
  diff: diff patch
  dockerfile: dockerfile containerfile
  elixir: ex exs
  erlang: erl hrl
  fsharp: fs fsi fsx
  go: go
  graphql: graphql gql
  groovy: groovy gradle
  handlebars: hbs handlebars
  haskell: hs lhs
  hlsl: hlsl fx
  html: html htm xhtml shtml
  ini: ini cfg conf
  java: java jav
  javascript: js mjs cjs es6
  javascriptreact: jsx
  json: json webmanifest har geojson ipynb
  jsonc: jsonc code-workspace
  jsonl: jsonl ndjson
  julia: jl
  kotlin: kt kts
  latex: tex ltx sty cls
  less: less
  lua: lua
  makefile: mk mak
  markdown: md markdown mdx mkd mdown mdwn
  objective-c: m
  objective-cpp: mm
  perl: pl pm pod t
  php: php php4 php5 phtml
  plaintext: txt text log
  powershell: ps1 psm1 psd1
  properties: properties
  proto3: proto
  pug: pug jade
  python: py pyi pyw pyx rpy
  r: r rprofile
  razor: cshtml razor
  restructuredtext: rst
  ruby: rb rbx gemspec rake erb
  rust: rs
  sass: sass
  scala: scala sc sbt
  scss: scss
  shaderlab: shader
  shellscript: sh bash zsh ksh fish bats
  sql: sql dsql
  svelte: svelte
  swift: swift
  terraform: tf
  toml: toml
  typescript: ts mts cts
  typescriptreact: tsx
  vb: vb bas
  vue: vue
  xml: xml xsd xsl xslt svg plist csproj fsproj vbproj props targets xaml wsdl resx
  yaml: yml yaml
  zig: zig
`);

/** Whole names, lower case. */
const BY_NAME = table(`
  dockerfile: dockerfile containerfile
  makefile: makefile gnumakefile ocamlmakefile
  ruby: gemfile rakefile podfile vagrantfile guardfile
  groovy: jenkinsfile
  shellscript: .bashrc .bash_profile .profile .zshrc .zprofile .bash_aliases apkbuild pkgbuild
  ignore: .gitignore .npmignore .dockerignore .vscodeignore .eslintignore .prettierignore .ignore
  ini: .editorconfig .gitconfig .gitmodules .npmrc .gitattributes
  jsonc: tsconfig.json jsconfig.json .eslintrc .babelrc .swcrc
  cmake: cmakelists.txt
  pip-requirements: requirements.txt
  starlark: build workspace build.bazel workspace.bazel
`);

/** What stands behind `#!`, without its version. */
const BY_INTERPRETER = table(`
  shellscript: sh bash zsh ksh dash fish
  python: python pypy
  javascript: node
  typescript: deno bun ts-node tsx
  ruby: ruby
  perl: perl
  php: php
  lua: lua
  r: rscript
  powershell: pwsh
`);

/**
 * @param path with `/`
 * @param text the file's text, or the first of it; without it the name alone decides
 * @returns VS Code's id; `plaintext` where nothing is known
 */
export function languageOf(path: string, text = ''): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const known = BY_NAME.get(name);
  if (known !== undefined) {
    return known;
  }
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const byExtension = extension === name ? undefined : BY_EXTENSION.get(extension);
  if (byExtension !== undefined) {
    return byExtension;
  }
  if (/^(docker|container)file\b/.test(name)) {
    return 'dockerfile';
  }
  const line = /^#!\s*(\S+)(?:[ \t]+([^\n]*))?/.exec(text.slice(0, 300));
  const words = line === null ? [] : [line[1] as string, ...(line[2] ?? '').split(/\s+/)];
  // `#!/usr/bin/env -S node --flag`: the first word that is neither env, nor its option, nor a variable.
  const program = words
    .map((word) => word.slice(word.lastIndexOf('/') + 1))
    .find((word) => word !== 'env' && word !== '' && !/^-|=/.test(word));
  return (program && BY_INTERPRETER.get(program.toLowerCase().replace(/[\d.]+$/, ''))) || 'plaintext';
}

/** `language: word word`, a line a language. */
function table(lines: string): Map<string, string> {
  return new Map(
    lines
      .trim()
      .split('\n')
      .map((line) => line.trim().split(': '))
      .flatMap(([language, words]) => (words as string).split(' ').map((word) => [word, language as string] as const)),
  );
}
