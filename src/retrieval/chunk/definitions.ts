// What names things in each language that has a grammar: which nodes of the syntax tree define something, and what it is
// called. Node types are those of the tree-sitter grammars; a new language is a new line of the table.

/** As much of a syntax tree's node as chunks need. Offsets are UTF-16, `endIndex` exclusive. */
export interface SyntaxNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly childCount: number;
  readonly children: readonly (SyntaxNode | null)[];
  childForFieldName(name: string): SyntaxNode | null;
}

export interface SyntaxRules {
  /** Nodes that define something under a name, and the field that the name stands in. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Nodes around a definition that are not one: `export`, decorators in Python. */
  readonly wrappers: ReadonlySet<string>;
}

/** `type` or `type.field`, where the field is not `name`. */
function rules(definitions: string, wrappers = ''): SyntaxRules {
  const words = definitions.trim().split(/\s+/);
  return {
    definitions: new Map(words.map((word) => word.split('.')).map(([type, field = 'name']) => [type as string, field])),
    wrappers: new Set(wrappers.split(/\s+/)),
  };
}

const script = rules(
  `function_declaration generator_function_declaration class_declaration abstract_class_declaration class
   method_definition abstract_method_signature function_signature interface_declaration enum_declaration
   type_alias_declaration internal_module module variable_declarator public_field_definition field_definition.property
   function_expression assignment_expression.left pair.key`,
  'export_statement lexical_declaration variable_declaration ambient_declaration expression_statement',
);
const c = rules(
  `function_definition.declarator struct_specifier class_specifier union_specifier enum_specifier namespace_definition
   concept_definition alias_declaration preproc_def preproc_function_def`,
  'template_declaration linkage_specification declaration_list type_definition',
);

/** By VS Code's language id. */
export const syntaxRules: Readonly<Record<string, SyntaxRules>> = {
  typescript: script,
  typescriptreact: script,
  javascript: script,
  javascriptreact: script,
  python: rules('function_definition class_definition', 'decorated_definition'),
  go: rules('function_declaration method_declaration type_spec type_alias', 'type_declaration'),
  rust: rules(
    `function_item function_signature_item struct_item enum_item union_item trait_item impl_item.type mod_item
     macro_definition type_item const_item static_item`,
  ),
  java: rules(
    `class_declaration interface_declaration enum_declaration record_declaration annotation_type_declaration
     method_declaration constructor_declaration compact_constructor_declaration`,
  ),
  csharp: rules(
    `namespace_declaration class_declaration struct_declaration interface_declaration enum_declaration
     record_declaration delegate_declaration method_declaration constructor_declaration destructor_declaration
     property_declaration local_function_statement`,
  ),
  c,
  cpp: c,
  php: rules(
    `namespace_definition class_declaration interface_declaration trait_declaration enum_declaration
     function_definition method_declaration`,
  ),
  ruby: rules('module class method singleton_method'),
  shellscript: rules('function_definition'),
  powershell: rules('function_statement class_statement enum_statement class_method_definition'),
  css: rules('rule_set media_statement keyframes_statement supports_statement'),
};

/** Comments and what is written above a definition, as nodes of their own. */
export function isLead(type: string): boolean {
  return type.includes('comment') || type === 'decorator' || type === 'attribute_item' || type === 'attribute_list';
}

const LONGEST_NAME = 100;

/**
 * What a node defines, outermost first: `['parse']`, `['Parser', 'parse']` for a method outside of its class; undefined
 * when it defines nothing.
 *
 * @param isOutermost nothing with a name is around it: a variable counts then; inside of a function it doesn't
 */
export function namesOf(
  node: SyntaxNode,
  { definitions, wrappers }: SyntaxRules,
  text: string,
  isOutermost: boolean,
): string[] | undefined {
  const inner = wrappers.has(node.type) ? onlyDefinition(node, definitions, wrappers) : node;
  const field = inner && definitions.get(inner.type);
  if (inner === undefined || field === undefined) {
    return undefined;
  }
  const named = inner.childForFieldName(field) ?? inner.children.find((child) => NAME_TYPES.test(child?.type ?? ''));
  if (!named) {
    return undefined;
  }
  const value = inner.childForFieldName('right') ?? inner.childForFieldName('value');
  const needsBody = ONLY_FUNCTIONS.has(inner.type) || (inner.type === 'variable_declarator' && !isOutermost);
  if (needsBody && !/function|class/.test(value?.type ?? '')) {
    return undefined;
  }
  const name = nameIn(named, text);
  const receiver = inner.type === 'method_declaration' ? inner.childForFieldName('receiver') : null;
  const owner =
    receiver && /\*?\s*([\p{L}_][\p{L}\d_]*)\s*(?:\[[^\]]*\])?\s*\)$/u.exec(receiver && textOf(receiver, text))?.[1];
  return name === '' ? undefined : owner ? [owner, name] : partsOf(name.replace(/(?<=::|\w)<[^<>]*>/g, ''));
}

/** These define something where it is a function or a class: `exports.parse = function () {}`. */
const ONLY_FUNCTIONS = new Set(['assignment_expression', 'pair']);

/** `Parser::parse`, `Parser.prototype.parse`: what it belongs to first. A CSS selector stays whole. */
function partsOf(name: string): string[] {
  const parts = /^[\p{L}\d_$~]+(?:(?:::|\.)[\p{L}\d_$~]+)+$/u.test(name) ? name.split(/::|\./) : [name];
  const telling = parts.filter((part) => !/^(?:prototype|exports|module|this)?$/.test(part));
  return telling.length === 0 ? parts.slice(-1) : telling;
}

/** Where a grammar gives a name no field: CSS selectors, PowerShell functions, CSS at-rules. */
const NAME_TYPES = /^(selectors|function_name|simple_name|keyframes_name|.*_query|feature_query)$/;

/** The one definition inside of a wrapper; undefined when there are several, or none. */
function onlyDefinition(
  node: SyntaxNode,
  definitions: ReadonlyMap<string, string>,
  wrappers: ReadonlySet<string>,
): SyntaxNode | undefined {
  if (node.childCount > 16) {
    return undefined;
  }
  const inside = node.children.filter(
    (child) => child !== null && (definitions.has(child.type) || wrappers.has(child.type)),
  ) as SyntaxNode[];
  const [only] = inside;
  return only === undefined || inside.length > 1
    ? undefined
    : definitions.has(only.type)
      ? only
      : onlyDefinition(only, definitions, wrappers);
}

/** In C a name stands inside of its declarator: `*name(int)`. */
function nameIn(node: SyntaxNode, text: string): string {
  let at = node;
  for (let inner = declared(at); inner; inner = declared(at)) {
    at = inner;
  }
  return textOf(at, text).replace(/\s+/g, ' ').slice(0, LONGEST_NAME).trim();
}

function declared(node: SyntaxNode): SyntaxNode | null | undefined {
  return node.type.endsWith('declarator') && node.type !== 'variable_declarator'
    ? (node.childForFieldName('declarator') ?? node.children.find((child) => /declarator$/.test(child?.type ?? '')))
    : undefined;
}

function textOf({ startIndex, endIndex }: SyntaxNode, text: string): string {
  return text.slice(startIndex, Math.min(endIndex, startIndex + 2 * LONGEST_NAME));
}
