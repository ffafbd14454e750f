// Reads an ONNX file back into a graph. Functions, training, and graphs within graphs are left out.

import { Fault } from '../../shared/errors.ts';
import { ATTRIBUTE, ATTRIBUTE_TYPE, GRAPH, MODEL, NODE, SHAPE, TENSOR_TYPE, TYPE, VALUE } from './fields.ts';
import type { Attribute, OnnxGraph, OnnxNode, OnnxValue } from './graph.ts';
import { packedIntegers, readFields } from './protobuf.ts';
import { type OnnxTensor, readTensor, typeOf } from './tensors.ts';

/**
 * The graph in a file.
 *
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` saying what can't be read.
 */
export function readOnnx(bytes: Uint8Array, where: string): OnnxGraph {
  for (const { field, bytes: value } of readFields(bytes, where)) {
    if (field === MODEL.graph && value) {
      return readGraph(value, where);
    }
  }
  throw new Fault('bad-input', `${where} holds no graph.`, { where, remedy: 'Is it an ONNX file?' });
}

function readGraph(bytes: Uint8Array, where: string): OnnxGraph {
  const graph = { name: '', nodes: [] as OnnxNode[], tensors: [] as OnnxTensor[] };
  const [inputs, outputs]: [OnnxValue[], OnnxValue[]] = [[], []];
  for (const { field, bytes: value } of readFields(bytes, where)) {
    if (value === undefined) {
      continue;
    }
    if (field === GRAPH.name) {
      graph.name = text(value);
    } else if (field === GRAPH.node) {
      graph.nodes.push(readNode(value, where));
    } else if (field === GRAPH.tensor) {
      graph.tensors.push(readTensor(value, where));
    } else if (field === GRAPH.input || field === GRAPH.output) {
      (field === GRAPH.input ? inputs : outputs).push(readValue(value, where));
    }
  }
  return { ...graph, inputs, outputs };
}

function readNode(bytes: Uint8Array, where: string): OnnxNode {
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const attributes: Record<string, Attribute> = {};
  let [operation, domain] = ['', ''];
  for (const { field, bytes: value = new Uint8Array() } of readFields(bytes, where)) {
    if (field === NODE.input) {
      inputs.push(text(value));
    } else if (field === NODE.output) {
      outputs.push(text(value));
    } else if (field === NODE.operation) {
      operation = text(value);
    } else if (field === NODE.domain) {
      domain = text(value);
    } else if (field === NODE.attribute) {
      Object.assign(attributes, readAttribute(value, where));
    }
  }
  return { operation, domain, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array, where: string): Record<string, Attribute> {
  let name = '';
  let value: Attribute | undefined;
  const integers: number[] = [];
  let type = 0;
  for (const { field, integer, bytes: stretch = new Uint8Array() } of readFields(bytes, where)) {
    if (field === ATTRIBUTE.name) {
      name = text(stretch);
    } else if (field === ATTRIBUTE.float && stretch.length === 4) {
      value = { float: new DataView(stretch.buffer, stretch.byteOffset).getFloat32(0, true) };
    } else if (field === ATTRIBUTE.integer) {
      value = Number(integer);
    } else if (field === ATTRIBUTE.text) {
      value = text(stretch);
    } else if (field === ATTRIBUTE.integers) {
      integers.push(...(integer === undefined ? packedIntegers(stretch, where) : [integer]).map(Number));
    } else if (field === ATTRIBUTE.type) {
      type = Number(integer);
    }
  }
  const known = type === ATTRIBUTE_TYPE.integers ? integers : value;
  // A kind of attribute that is not read, such as a graph within the graph, is left out.
  return known === undefined ? {} : { [name]: known };
}

function readValue(bytes: Uint8Array, where: string): OnnxValue {
  let name = '';
  let element = 0;
  const shape: (number | string)[] = [];
  const within = (outer: Uint8Array, wanted: number) =>
    [...readFields(outer, where)]
      .filter(({ field }) => field === wanted)
      .map((found) => found.bytes ?? outer.subarray(0, 0));
  for (const { field, bytes: value } of readFields(bytes, where)) {
    if (field === VALUE.name && value) {
      name = text(value);
    } else if (field === VALUE.type && value) {
      for (const tensor of within(value, TYPE.tensor)) {
        for (const inner of readFields(tensor, where)) {
          element = inner.field === TENSOR_TYPE.element ? Number(inner.integer) : element;
        }
        for (const dimension of within(tensor, TENSOR_TYPE.shape).flatMap((list) => within(list, SHAPE.dimension))) {
          for (const size of readFields(dimension, where)) {
            shape.push(size.integer === undefined ? text(size.bytes as Uint8Array) : Number(size.integer));
          }
        }
      }
    }
  }
  const type = typeOf(element);
  if (type === undefined) {
    throw new Fault('bad-input', `${where}: "${name}" is of a type (${element}) that is not read.`, { where: name });
  }
  return { name, type, shape };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
