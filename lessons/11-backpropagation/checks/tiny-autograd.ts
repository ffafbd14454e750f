import { randn, type Tensor, tensor } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

/** A node of the learner's, of which only this much is known. */
interface Made {
  readonly value: Tensor;
  passBack: (gradient: Tensor) => readonly Tensor[];
}
interface Pieces {
  readonly leaf: (value: Tensor) => Made;
  readonly mulNode: (a: Made, b: Made) => Made;
  readonly tanhNode: (x: Made) => Made;
  readonly linearNode: (x: Made, w: Made, b: Made) => Made;
  readonly backward: (loss: Made) => Map<Made, Tensor>;
}
type Inputs = [graph: string, x: Tensor, y: Tensor, w: Tensor, b: Tensor];

/** What is computed of x, y (both (B, C)), w (C, D) and b (D,). */
const GRAPHS: Readonly<Record<string, (p: Pieces, x: Made, y: Made, w: Made, b: Made) => Made>> = {
  'x * y': (p, x, y) => p.mulNode(x, y),
  'x * x': (p, x) => p.mulNode(x, x),
  'tanh(x * y)': (p, x, y) => p.tanhNode(p.mulNode(x, y)),
  'p = x * y; p * tanh(p)': (p, x, y) => {
    const inner = p.mulNode(x, y);
    return p.mulNode(inner, p.tanhNode(inner));
  },
  'x w + b': (p, x, _, w, b) => p.linearNode(x, w, b),
  'h = tanh(x w + b); h * h': (p, x, _, w, b) => {
    const hidden = p.tanhNode(p.linearNode(x, w, b));
    return p.mulNode(hidden, hidden);
  },
};
const NAMES = Object.keys(GRAPHS);

/** Says in the lesson's words what an operation on nothing would say in its own. */
function guarded(node: Made): Made {
  const { passBack } = node;
  node.passBack = (gradient) => {
    if (gradient === undefined) {
      throw new Error(
        'A node was told to pass back before any gradient had come to it. Walk from the loss to the beginning.',
      );
    }
    return passBack(gradient);
  };
  return node;
}

const small = (graph: string): Inputs => [
  graph,
  tensor([[1, -0.5]]),
  tensor([[0.25, 2]]),
  tensor([
    [0.5, 1, -1],
    [2, 0, 0.5],
  ]),
  tensor([0, 1, -2]),
];
const batch = (graph: string): Inputs => [
  graph,
  tensor([
    [1, -0.5],
    [0.5, 2],
    [-1, 1],
  ]),
  tensor([
    [0.25, 2],
    [1, 1],
    [0.5, -1],
  ]),
  tensor([
    [0.5, 1, -1, 0.25],
    [2, 0, 0.5, -0.5],
  ]),
  tensor([0, 1, -2, 0.5]),
];

export const check = defineCheck<Inputs>({
  parameters: ['graph', 'x', 'y', 'w', 'b'],
  draw: (random, size) => {
    const [B, C, D] = [size, size + 1, 2 * size + 1];
    const graph = NAMES[Math.floor(random() * NAMES.length)] as string;
    return [graph, randn([B, C], random), randn([B, C], random), randn([C, D], random), randn([D], random)];
  },
  planted: [
    { inputs: () => small('x * x'), why: 'one number used twice' },
    { inputs: () => small('p = x * y; p * tanh(p)'), why: 'a diamond with one arm longer than the other' },
    { inputs: () => batch('x w + b'), why: 'a bias over a batch' },
    { inputs: () => batch('h = tanh(x w + b); h * h'), why: 'all of it' },
  ],
  run: (answer, [graph, ...values]) => {
    const own = answer as unknown as Pieces;
    const pieces: Pieces = {
      ...own,
      mulNode: (a, b) => guarded(own.mulNode(a, b)),
      tanhNode: (x) => guarded(own.tanhNode(x)),
      linearNode: (x, w, b) => guarded(own.linearNode(x, w, b)),
    };
    const leaves = values.map((value) => pieces.leaf(value)) as [Made, Made, Made, Made];
    const loss = (GRAPHS[graph] as (typeof GRAPHS)[string])(pieces, ...leaves);
    const gradients = pieces.backward(loss);
    return Object.fromEntries(
      leaves.flatMap((leaf, i) => {
        const gradient = gradients.get(leaf);
        return gradient === undefined ? [] : [[`d${'xywb'[i]}`, gradient]];
      }),
    );
  },
  parts: [
    { id: 'chain', title: 'backward along a chain', cases: [{ inputs: () => small('tanh(x * y)'), why: 'no fork' }] },
    { id: 'layer', title: 'the layer', cases: [{ inputs: () => batch('x w + b'), why: 'one layer' }] },
  ],
  mutants: {
    assigned:
      'You set an input’s gradient, where it should be added to what is there. In x * x two arrows come back to x, and yours keeps only the second.',
    'first-share':
      'You keep what came to an input first, and drop what comes later. In x * x two arrows come back to x: add what comes to what is there.',
    'too-early':
      'A node passes its gradient on before all of it has arrived. In p * tanh(p) one part reaches p directly and one by way of tanh: p has to wait for both.',
    'from-the-beginning':
      'You go through the nodes from the first to the last. When an early one’s turn comes, nothing has come back to it yet: walk from the loss to the beginning.',
    'passed-on-again':
      'A node with two uses passes its gradient on twice, and the second time the first part goes along again. Let each node pass on once, when all has arrived.',
    'starts-with-loss':
      'You begin with the loss’s value. Begin with ones: when the loss grows by 1, the loss grows by 1, whatever it is.',
    'bias-not-summed':
      'Your db has a row for each of the B rows. One row b went into all of them, so what comes back has to be added up, as your addBackward does.',
    'no-transposes':
      'In the layer, neither w nor x is transposed on the way back. Your matmulBackward has both: call it.',
  },
});
