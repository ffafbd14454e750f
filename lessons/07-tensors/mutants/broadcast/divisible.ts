export function broadcastShapes(first: readonly number[], second: readonly number[]): number[] {
  const axes = Math.max(first.length, second.length);
  const padded = (shape: readonly number[]) => [...new Array<number>(axes - shape.length).fill(1), ...shape];
  const b = padded(second);
  return padded(first).map((size, axis) => {
    const [less, more] = size < b[axis] ? [size, b[axis]] : [b[axis], size];
    if (less === 0 || more % less !== 0) {
      if (less !== more && more !== 1) {
        throw new Error(`(${first}) and (${second}) don't fit.`);
      }
      return less;
    }
    return more;
  });
}
