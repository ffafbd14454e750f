import { mul, sub, sum, type Tensor, todo } from 'inside-llms';

/**
 * What comes back through `add(a, b)`. The shape of `a` is (B, C); that of `b` is (B, C) as well, or (C,): one row, added
 * to each of the B rows of `a`.
 *
 * Example: dy = [[1, 2], [3, 4]] comes back through a sum of a (2, 2) and b (2,). Then da is dy itself, and db is [4, 6]:
 * both rows of the result used the same b.
 *
 * @param dy the gradient of the result, (B, C)
 * @returns [da, db], each of the shape of what it is the gradient of
 */
export function addBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return todo('When a cell of a grows a little, by how much does the sum grow? Then ask how often b was used.');
}

/**
 * What comes back through `mul(a, b)`, cell by cell; both are (B, C).
 *
 * Example: a = [[2]], b = [[3]], dy = [[4]]: da is [[12]] and db is [[8]].
 */
export function mulBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return todo('How much does a × b grow when a grows a little? Multiply that with dy.');
}

/**
 * What comes back through `y = tanh(x)`. You are given y, which forward has computed already, and not x. The slope of
 * tanh at x is 1 - y². (`sub` takes two tensors; it has no 1 to subtract from. Multiply out first.)
 *
 * Example: y = [[0.5]], dy = [[4]]: dx is [[3]], since 4 × (1 - 0.25) = 3.
 */
export function tanhBackward(dy: Tensor, y: Tensor): Tensor {
  return todo('Two factors again: what comes from above, and the slope at this place.');
}
