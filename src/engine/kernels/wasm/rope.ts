// Rotary positions: each pair of channels (a, b) becomes (a cos - b sin, a sin + b cos), four pairs at a time.

/**
 * @param x rows of `columns` channels, dense, as `out`; row r has position r modulo `positions`.
 * @param cos (positions, columns / 2), as `sin`.
 * @param adjacent pair j is channels (2 j, 2 j + 1); else (j, j + columns / 2).
 * @param inverse turns back.
 * @param first which row `x` and `out` begin with.
 */
export function rope(
  x: usize,
  cos: usize,
  sin: usize,
  adjacent: bool,
  inverse: bool,
  out: usize,
  positions: i32,
  columns: i32,
  first: i32,
  rows: i32,
): void {
  const pairs = columns >> 1;
  const step = adjacent ? 8 : 4;
  const apart = adjacent ? 4 : pairs * 4;
  const sign: f32 = inverse ? -1 : 1;
  const signs = f32x4.splat(sign);
  for (let row = first; row < first + rows; row++) {
    const angles = (row % positions) * pairs * 4;
    let j = 0;
    for (; j + 4 <= pairs; j += 4) {
      const c = v128.load(cos + angles + j * 4);
      const s = f32x4.mul(v128.load(sin + angles + j * 4), signs);
      const at = j * step;
      if (adjacent) {
        const low = v128.load(x + at);
        const high = v128.load(x + at, 16);
        const a = i32x4.shuffle(low, high, 0, 2, 4, 6);
        const b = i32x4.shuffle(low, high, 1, 3, 5, 7);
        const left = f32x4.sub(f32x4.mul(a, c), f32x4.mul(b, s));
        const right = f32x4.add(f32x4.mul(a, s), f32x4.mul(b, c));
        v128.store(out + at, i32x4.shuffle(left, right, 0, 4, 1, 5));
        v128.store(out + at, i32x4.shuffle(left, right, 2, 6, 3, 7), 16);
      } else {
        const a = v128.load(x + at);
        const b = v128.load(x + at + apart);
        v128.store(out + at, f32x4.sub(f32x4.mul(a, c), f32x4.mul(b, s)));
        v128.store(out + at + apart, f32x4.add(f32x4.mul(a, s), f32x4.mul(b, c)));
      }
    }
    for (; j < pairs; j++) {
      const c = load<f32>(cos + angles + j * 4);
      const s = load<f32>(sin + angles + j * 4) * sign;
      const a = load<f32>(x + j * step);
      const b = load<f32>(x + j * step + apart);
      store<f32>(out + j * step, a * c - b * s);
      store<f32>(out + j * step + apart, a * s + b * c);
    }
    x += columns * 4;
    out += columns * 4;
  }
}
