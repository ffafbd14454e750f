// The numbers that ONNX's description gives the fields of its messages, as far as they are written or read here.
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

/** The file format's version, and that of ONNX's operations: understood by every onnxruntime since 1.15. */
export const FORMAT_VERSION = 8;
export const OPERATIONS_VERSION = 17;

// Field numbers of onnx.proto, by message.
export const MODEL = { version: 1, producer: 2, graph: 7, operations: 8 } as const;
export const OPERATION_SET = { domain: 1, version: 2 } as const;
export const GRAPH = { node: 1, name: 2, tensor: 5, input: 11, output: 12 } as const;
export const NODE = { input: 1, output: 2, name: 3, operation: 4, attribute: 5, domain: 7 } as const;
export const ATTRIBUTE = { name: 1, float: 2, integer: 3, text: 4, integers: 8, type: 20 } as const;
export const VALUE = { name: 1, type: 2 } as const;
export const TYPE = { tensor: 1 } as const;
export const TENSOR_TYPE = { element: 1, shape: 2 } as const;
export const SHAPE = { dimension: 1 } as const;
export const DIMENSION = { size: 1, name: 2 } as const;
/** `AttributeProto.type`. */
export const ATTRIBUTE_TYPE = { float: 1, integer: 2, text: 3, integers: 7 } as const;
