// An ONNX graph as it is built up: operations one after the other, each naming what it takes and what it makes. Whether
// the shapes fit is not checked; what runs the file does that.

import type { OnnxNumbers, OnnxTensor, OnnxType } from './tensors.ts';

export type Attribute = number | readonly number[] | string | { readonly float: number };

export interface OnnxNode {
  readonly operation: string;
  /** '' for ONNX's own operations, `com.microsoft` for those that onnxruntime adds. */
  readonly domain: string;
  /** Names of tensors; '' where an optional one is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers, lists of them, and texts; a float is marked as one. */
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** What goes in or comes out: sizes that may differ from call to call have a name instead of a number. */
export interface OnnxValue {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** The domain of the operations that onnxruntime adds to ONNX's own. */
export const MICROSOFT = 'com.microsoft';

/**
 * Example:
 *
 *     const graph = new GraphBuilder('twice');
 *     const x = graph.input({ name: 'x', type: 'float32', shape: ['n'] });
 *     graph.output(graph.add('Add', [x, x]), { name: 'y', type: 'float32', shape: ['n'] });
 *     const bytes = writeOnnx(graph);
 */
export class GraphBuilder implements OnnxGraph {
  readonly name: string;
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];
  readonly inputs: OnnxValue[] = [];
  readonly outputs: OnnxValue[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** @returns its name, to give to operations */
  input(value: OnnxValue): string {
    this.inputs.push(value);
    return value.name;
  }

  tensor(name: string, type: OnnxType, shape: readonly number[], data: OnnxNumbers): string {
    this.tensors.push({ name, type, shape, data });
    return name;
  }

  /** Whole numbers, such as the shape that an operation wants: a tensor of one dimension. */
  integers(...values: readonly number[]): string {
    return this.tensor(
      `integers_${this.tensors.length}`,
      'int64',
      [values.length],
      BigInt64Array.from(values, (value) => BigInt(value)),
    );
  }

  /** An operation with one output. @returns the output's name */
  add(operation: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}, domain = ''): string {
    return this.addMany(operation, inputs, 1, attributes, domain)[0] as string;
  }

  /** One with several. @returns the outputs' names */
  addMany(
    operation: string,
    inputs: readonly string[],
    count: number,
    attributes: OnnxNode['attributes'] = {},
    domain = '',
  ): string[] {
    const outputs = Array.from({ length: count }, (_, index) => `${operation}_${this.nodes.length}_${index}`);
    this.nodes.push({ operation, domain, inputs, outputs, attributes });
    return outputs;
  }

  /** Hands `from` out under the output's name. */
  output(from: string, value: OnnxValue): void {
    this.nodes.push({ operation: 'Identity', domain: '', inputs: [from], outputs: [value.name], attributes: {} });
    this.outputs.push(value);
  }
}
