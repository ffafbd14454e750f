// BERT with a head that sorts texts into classes, as an ONNX graph: what Transformers.js calls `text-classification`.

import { type BertConfig, type BertWeights, bertEncoder } from './bertEncoder.ts';
import { GraphBuilder, type OnnxGraph } from './graph.ts';

/**
 * The encoder's graph, then `[CLS]`'s vector through the pooler (a product, tanh) and the classifier: inputs as
 * {@link bertEncoder}, output `logits` (B, classes). Unrounded.
 *
 * @param weights by the names of Hugging Face's `BertForSequenceClassification`
 */
export function bertClassifier(weights: BertWeights, config: BertConfig, classes: number): OnnxGraph {
  const encoder = bertEncoder((name) => weights(`bert.${name}`), config, { precision: 'f32' });
  const graph = new GraphBuilder('bert-classifier');
  const [states] = encoder.outputs; // (B, T, C)
  const linear = (x: string, name: string) => {
    const [weight, bias] = ['weight', 'bias'].map((part) => {
      const { shape, data } = weights(`${name}.${part}`);
      return graph.tensor(`${name}.${part}`, 'float32', shape, data);
    });
    // PyTorch keeps (out, in).
    return graph.add('Gemm', [x, weight as string, bias as string], { transB: 1 });
  };
  const first = graph.tensor('first', 'int64', [], BigInt64Array.of(0n));
  const cls = graph.add('Gather', [states?.name as string, first], { axis: 1 }); // (B, C)
  const pooled = graph.add('Tanh', [linear(cls, 'bert.pooler.dense')]); // (B, C)
  graph.output(linear(pooled, 'classifier'), { name: 'logits', type: 'float32', shape: ['batch', classes] });
  return {
    name: graph.name,
    nodes: [...encoder.nodes, ...graph.nodes],
    tensors: [...encoder.tensors, ...graph.tensors],
    inputs: encoder.inputs,
    outputs: graph.outputs,
  };
}
