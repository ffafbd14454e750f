// The step on TensorFlow.js with its WASM backend, on one thread, as its users would write it. That backend has no
// gradient of looking rows up, so that embeddings are products with one-hot rows.

import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import * as tfWasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { build } from 'esbuild';
import { CHANGE, type Task, type Way } from './task.ts';

const { resolve } = createRequire(import.meta.url);

/** Starts the backend, with gradients, once a process. @throws Error when it has no SIMD here. */
export async function startTensorFlow(): Promise<void> {
  const main = resolve('@tensorflow/tfjs-backend-wasm');
  tfWasm.setThreadsCount(1);
  tfWasm.setWasmPaths(`${path.dirname(main)}${path.sep}`);
  await tf.setBackend('wasm');
  await tf.ready();
  if (tf.getBackend() !== 'wasm' || !(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new Error('TensorFlow.js has not started its WASM backend with SIMD.');
  }
  await registerGradients();
}

/**
 * Tells TensorFlow.js its gradients. The package for Node has them, but registers none; its sources for bundlers do, to
 * a registry that both share.
 */
async function registerGradients(): Promise<void> {
  const entry = path.join(path.dirname(resolve('@tensorflow/tfjs-core')), 'register_all_gradients.js');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, logLevel: 'error' });
  runInThisContext(outputFiles[0].text);
}

/** After {@link startTensorFlow}. */
export function tensorFlowWay(task: Task): Way {
  const { size, weights, ids, targets } = task;
  const variables = new Map(
    weights.map(({ name, shape, values }) => [name, tf.variable(tf.tensor(values, [...shape]))]),
  );
  const [inputs, wanted] = [ids, targets].map((list) =>
    tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(list, 'int32'), size.vocabulary), 'float32')),
  ); // each (N, V)
  const mask = causalMask(size.T); // (T, T)
  const { learningRate, betas, epsilon, weightDecay } = CHANGE;
  const adam = tf.train.adam(learningRate, ...betas, epsilon);
  return {
    name: 'tfjs-wasm',
    async step() {
      const begun = performance.now();
      const { value, grads } = tf.variableGrads(() => lossOf(task, variables, inputs, wanted, mask));
      for (const variable of variables.values()) {
        if (variable.rank >= 2) {
          tf.tidy(() => variable.assign(tf.mul(variable, 1 - learningRate * weightDecay)));
        }
      }
      adam.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
      const [loss] = await value.data();
      const ms = performance.now() - begun;
      tf.dispose([value, grads]);
      return { loss, ms };
    },
    async end() {
      adam.dispose();
      tf.dispose([...variables.values(), inputs, wanted, mask]);
    },
  };
}

/** The mean cross entropy of the network at its targets, one-hot (N, V) with N = B * T. */
function lossOf(
  { size }: Task,
  variables: ReadonlyMap<string, tf.Variable>,
  inputs: tf.Tensor,
  wanted: tf.Tensor,
  mask: tf.Tensor,
): tf.Scalar {
  const { B, T, C, heads, layers } = size;
  const weight = (name: string) => variables.get(`transformer.${name}.weight`)!;
  const linear = (x: tf.Tensor, name: string) => tf.matMul(x, weight(name));
  const norm = (x: tf.Tensor, name: string) => {
    const { mean, variance } = tf.moments(x, -1, true); // (N, 1)
    return tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), weight(name)); // (N, C)
  };
  const headsOf = (x: tf.Tensor) => tf.transpose(tf.reshape(x, [B, T, heads, C / heads]), [0, 2, 1, 3]); // (B, H, T, D)
  const attention = (x: tf.Tensor, block: string) => {
    const [q, k, v] = tf.split(linear(x, `${block}.attn.c_attn`), 3, -1).map(headsOf); // each (B, H, T, D)
    const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(C / heads)); // (B, H, T, T)
    const mixed = tf.matMul(tf.softmax(tf.add(scores, mask)), v); // (B, H, T, D)
    return linear(tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [B * T, C]), `${block}.attn.c_proj`); // (N, C)
  };
  const mlp = (x: tf.Tensor, block: string) => linear(gelu(linear(x, `${block}.mlp.c_fc`)), `${block}.mlp.c_proj`); // (N, C)

  const tokens = tf.reshape(tf.matMul(inputs, weight('wte')), [B, T, C]); // (B, T, C)
  let x: tf.Tensor = tf.reshape(tf.add(tokens, weight('wpe')), [B * T, C]); // (N, C)
  for (let layer = 0; layer < layers; layer++) {
    const block = `h.${layer}`;
    x = tf.add(x, attention(norm(x, `${block}.ln_1`), block)); // (N, C)
    x = tf.add(x, mlp(norm(x, `${block}.ln_2`), block)); // (N, C)
  }
  const logits = tf.matMul(norm(x, 'ln_f'), weight('wte'), false, true); // (N, V)
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), wanted), -1))); // ()
}

/** GELU in GPT-2's form. */
function gelu(x: tf.Tensor): tf.Tensor {
  const bent = tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x))))));
  return tf.mul(tf.mul(0.5, x), tf.add(1, bent));
}

/** What is added to scores: 0 where a position may look, so much less elsewhere that nothing is left of it. */
function causalMask(T: number): tf.Tensor {
  const values = Float32Array.from({ length: T * T }, (_, i) => (i % T > Math.floor(i / T) ? -1e9 : 0));
  return tf.tensor2d(values, [T, T]);
}
