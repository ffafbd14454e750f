// A network with a hidden layer learns to tell two kinds of points apart, as a session: its boundary moves over the plane,
// and its loss makes a curve. How it finds its steps is the matter of the two lessons after it.

import type { Engine } from '../engine/engine.ts';
import { type Activation, MlpClassifier } from '../model/mlp.ts';
import { adam } from '../model/optimisers/adam.ts';
import { trainingStep } from '../model/training.ts';
import { seededRandom } from '../shared/environment.ts';
import type { PlanePoint, PlaneValue } from '../shared/planeValue.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { type Cloud, cloudOf, cloudParam } from './pointClouds.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const CURVE = [
  { id: 'step', label: 'step', type: 'number' },
  { id: 'loss', label: 'loss, nats a point', type: 'number' },
] as const;

/** Steps between two frames, steps in all, and the size of a step. */
const EVERY = 4;
const STEPS = 600;
const RATE = 0.03;
/** Places on either side of the grid that the boundary is drawn from. */
const NODES = 41;
const REACH = 1.5;

export const mlpTraining = defineProgram({
  id: 'mlp-training',
  title: 'A boundary that learns to bend',
  session: true,
  params: {
    points: cloudParam,
    hidden: { type: 'number', label: 'Hidden neurons', default: 4, min: 1, max: 16, step: 1 },
    bend: {
      type: 'choice',
      label: 'Bend',
      default: 'tanh',
      options: [
        { value: 'tanh', label: 'tanh' },
        { value: 'relu', label: 'ReLU' },
        { value: 'none', label: 'None' },
      ],
    },
    start: { type: 'number', label: 'Number of the start', default: 1, min: 1, max: 9, step: 1 },
  },
  async *run(context) {
    const { trace } = context;
    const engine = await context.engine();
    start: for (;;) {
      const asked = { ...context.params };
      const changed = () =>
        Object.entries(asked).some(([name, value]) => context.params[name as keyof typeof asked] !== value);
      const cloud = cloudOf(asked.points);
      const sizes = { inputs: 2, hidden: asked.hidden, classes: 2 };
      const model = new MlpClassifier(engine, sizes, asked.bend as Activation, seededRandom(asked.start));
      const optimiser = adam([{ parameters: model.parameters.tensors }]);
      const x = engine.fromData(cloud.places.flat(), [cloud.places.length, 2]).keep(); // (B, 2)
      const targets = engine.fromData(Int32Array.from(cloud.kinds), [cloud.kinds.length]).keep(); // (B,)
      const grid = engine.fromData(gridPlaces(), [NODES * NODES, 2]).keep(); // (G, 2)
      try {
        for (let step = 0; step <= STEPS; step += EVERY) {
          const loss = engine.scope(() => engine.noGrad(() => model.loss(x, targets).item()));
          const { plane, wrong } = planeOf(engine, model, cloud, x, grid);
          trace.frame({
            op: step === STEPS ? 'result' : 'learn',
            label: `Step ${step}: ${wrong} of ${cloud.kinds.length} wrong`,
            note: `The loss is ${decimal(loss, 3)} nats a point; a coin costs ${decimal(Math.LN2, 3)}.`,
            source: places.trainingStep,
            outputs: { curve: trace.value(tableValue(CURVE, [[step, loss]])), plane: trace.value(plane) },
          });
          yield;
          if (changed()) {
            trace.frame({ op: 'restart', label: 'Start over', note: 'The settings changed.' });
            continue start;
          }
          for (let i = 0; i < EVERY && step < STEPS; i++) {
            trainingStep(model, optimiser, x, targets, { learningRate: RATE });
          }
        }
        return;
      } finally {
        optimiser.release();
        model.parameters.zeroGrad();
        model.parameters.release();
        for (const tensor of [x, targets, grid]) {
          tensor.release();
        }
      }
    }
  },
});

/** Row by row from below, as heights are. */
function gridPlaces(): Float32Array {
  const at = (i: number) => -REACH + (2 * REACH * i) / (NODES - 1);
  return Float32Array.from({ length: NODES * NODES * 2 }, (_, i) => {
    const node = i >> 1;
    return at(i % 2 === 0 ? node % NODES : Math.floor(node / NODES));
  });
}

type Tensors = ReturnType<Engine['fromData']>;

/** How far the score of the second kind is above the first's over the plane, and the points, those ringed that it puts on the wrong side. */
function planeOf(engine: Engine, model: MlpClassifier, cloud: Cloud, x: Tensors, grid: Tensors) {
  const leadOf = (at: Tensors) =>
    engine.scope(() =>
      engine.noGrad(() => {
        const logits = model.logits(at).toFlat(); // (.., 2)
        return Float32Array.from({ length: logits.length / 2 }, (_, i) => logits[2 * i + 1]! - logits[2 * i]!);
      }),
    );
  const leads = leadOf(x);
  const points = cloud.places.map(([px, py], i): PlanePoint => {
    const kind = cloud.kinds[i]!;
    return { x: px, y: py, group: cloud.names[kind], wrong: leads[i]! > 0 !== (kind === 1) };
  });
  const axis = (label: string) => ({ label, from: -REACH, to: REACH });
  const plane: PlaneValue = {
    kind: 'plane',
    x: axis('first input'),
    y: axis('second input'),
    equal: true,
    groups: cloud.names,
    heights: {
      label: `score of ${cloud.names[1]} over ${cloud.names[0]}`,
      columns: NODES,
      rows: NODES,
      bytes: leadOf(grid).buffer,
      range: [-6, 6],
      levels: [-4, -2, 2, 4],
      boundary: { at: 0, label: 'both the same' },
    },
    points,
  };
  return { plane, wrong: points.filter((point) => point.wrong).length };
}
