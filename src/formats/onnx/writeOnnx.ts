// Writes an ONNX file: a graph, and the versions of the operations that it uses.

import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  DIMENSION,
  FORMAT_VERSION,
  GRAPH,
  MODEL,
  NODE,
  OPERATION_SET,
  OPERATIONS_VERSION,
  SHAPE,
  TENSOR_TYPE,
  TYPE,
  VALUE,
} from './fields.ts';
import { type Attribute, MICROSOFT, type OnnxGraph, type OnnxNode, type OnnxValue } from './graph.ts';
import { ProtoWriter } from './protobuf.ts';
import { TYPES, writeTensor } from './tensors.ts';

/** The bytes of a file with this graph. The same graph gives the same bytes. */
export function writeOnnx(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  const model = new ProtoWriter().integer(MODEL.version, FORMAT_VERSION).text(MODEL.producer, 'Inside LLMs');
  model.message(MODEL.graph, (inner) => writeGraph(inner, graph));
  for (const [domain, version] of [
    ['', OPERATIONS_VERSION],
    [MICROSOFT, 1],
  ] as const) {
    model.message(MODEL.operations, (set) =>
      set.text(OPERATION_SET.domain, domain).integer(OPERATION_SET.version, version),
    );
  }
  return model.finish();
}

function writeGraph(writer: ProtoWriter, { name, nodes, tensors, inputs, outputs }: OnnxGraph): void {
  nodes.forEach((node, index) => {
    writer.message(GRAPH.node, (inner) => writeNode(inner, node, index));
  });
  writer.text(GRAPH.name, name);
  for (const tensor of tensors) {
    writer.message(GRAPH.tensor, (inner) => writeTensor(inner, tensor));
  }
  for (const input of inputs) {
    writer.message(GRAPH.input, (inner) => writeValue(inner, input));
  }
  for (const output of outputs) {
    writer.message(GRAPH.output, (inner) => writeValue(inner, output));
  }
}

function writeNode(writer: ProtoWriter, node: OnnxNode, index: number): void {
  for (const input of node.inputs) {
    writer.text(NODE.input, input);
  }
  for (const output of node.outputs) {
    writer.text(NODE.output, output);
  }
  writer.text(NODE.name, `${node.operation}_${index}`).text(NODE.operation, node.operation);
  for (const [name, value] of Object.entries(node.attributes)) {
    writer.message(NODE.attribute, (inner) => writeAttribute(inner, name, value));
  }
  writer.text(NODE.domain, node.domain);
}

function writeAttribute(writer: ProtoWriter, name: string, value: Attribute): void {
  writer.text(ATTRIBUTE.name, name);
  if (typeof value === 'number') {
    writer.integer(ATTRIBUTE.integer, value).integer(ATTRIBUTE.type, ATTRIBUTE_TYPE.integer);
  } else if (typeof value === 'string') {
    writer.text(ATTRIBUTE.text, value).integer(ATTRIBUTE.type, ATTRIBUTE_TYPE.text);
  } else if ('float' in value) {
    writer.float(ATTRIBUTE.float, value.float).integer(ATTRIBUTE.type, ATTRIBUTE_TYPE.float);
  } else {
    for (const integer of value) {
      writer.integer(ATTRIBUTE.integers, integer);
    }
    writer.integer(ATTRIBUTE.type, ATTRIBUTE_TYPE.integers);
  }
}

function writeValue(writer: ProtoWriter, { name, type, shape }: OnnxValue): void {
  writer.text(VALUE.name, name).message(VALUE.type, (ofType) =>
    ofType.message(TYPE.tensor, (tensor) =>
      tensor.integer(TENSOR_TYPE.element, TYPES[type].number).message(TENSOR_TYPE.shape, (dimensions) => {
        for (const size of shape) {
          dimensions.message(SHAPE.dimension, (one) =>
            typeof size === 'number' ? one.integer(DIMENSION.size, size) : one.text(DIMENSION.name, size),
          );
        }
      }),
    ),
  );
}
