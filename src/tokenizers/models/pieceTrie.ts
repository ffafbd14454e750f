// Finds the pieces that a text goes on with, without making strings: a trie over UTF-16 units (Fredkin 1960) whose
// branches stand in one hash table.

const FREE = 0;
const NO_PIECE = -1;

/** Nodes are numbers; {@link PieceTrie.root} is the empty piece. */
export class PieceTrie {
  readonly root = 0;
  /** For each node the id of the piece that ends there, or -1. */
  private ids: Int32Array;
  private nodes = 1;
  /** Of the hash table: child node (never 0, so 0 is free), and the parent and the unit that lead to it. */
  private children: Uint32Array;
  private parents: Uint32Array;
  private units: Uint16Array;

  /** @param nodes how many are expected: it grows by itself, but that takes time */
  constructor(nodes = 512) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, nodes)));
    this.ids = new Int32Array(size).fill(NO_PIECE);
    this.children = new Uint32Array(size * 2);
    this.parents = new Uint32Array(size * 2);
    this.units = new Uint16Array(size * 2);
  }

  /** A piece that is added again has its last id. The empty piece is never found. */
  add(piece: string, id: number): void {
    let node = this.root;
    for (let at = 0; at < piece.length; at++) {
      node = this.child(node, piece.charCodeAt(at));
    }
    this.ids[node] = id;
  }

  /** The node behind `node` and `unit`, or -1. */
  step(node: number, unit: number): number {
    const { children, parents, units } = this;
    const mask = children.length - 1;
    for (let place = hash(node, unit) & mask; ; place = (place + 1) & mask) {
      const child = children[place]!;
      if (child === FREE) {
        return -1;
      }
      if (parents[place] === node && units[place] === unit) {
        return child;
      }
    }
  }

  /** The node behind `node` and all of `text`, or -1. */
  walk(node: number, text: string): number {
    let reached = node;
    for (let at = 0; at < text.length && reached !== -1; at++) {
      reached = this.step(reached, text.charCodeAt(at));
    }
    return reached;
  }

  /** The id of the piece that ends at `node`, or -1. */
  idAt(node: number): number {
    return this.ids[node]!;
  }

  /** The id of `piece`, or -1. */
  find(piece: string): number {
    const node = this.walk(this.root, piece);
    return node === -1 ? NO_PIECE : this.ids[node]!;
  }

  private child(node: number, unit: number): number {
    const known = this.step(node, unit);
    if (known !== -1) {
      return known;
    }
    if (this.nodes === this.ids.length) {
      const grown = new Int32Array(this.nodes * 2).fill(NO_PIECE);
      grown.set(this.ids);
      this.ids = grown;
    }
    if (this.nodes * 2 > this.children.length) {
      this.growTable();
    }
    this.insert(node, unit, this.nodes);
    return this.nodes++;
  }

  private insert(node: number, unit: number, child: number): void {
    const mask = this.children.length - 1;
    let place = hash(node, unit) & mask;
    while (this.children[place] !== FREE) {
      place = (place + 1) & mask;
    }
    this.children[place] = child;
    this.parents[place] = node;
    this.units[place] = unit;
  }

  private growTable(): void {
    const { children, parents, units } = this;
    this.children = new Uint32Array(children.length * 2);
    this.parents = new Uint32Array(children.length * 2);
    this.units = new Uint16Array(children.length * 2);
    children.forEach((child, place) => {
      if (child !== FREE) {
        this.insert(parents[place]!, units[place]!, child);
      }
    });
  }
}

/** Two odd constants (Knuth's golden ratio, MurmurHash3's) mix both; the high bits are folded into the low ones. */
function hash(node: number, unit: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit + 1, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
