export function broadcastShapes(first: readonly number[], second: readonly number[]): number[] {
  const axes = Math.max(first.length, second.length);
  const padded = (shape: readonly number[]) => [...new Array<number>(axes - shape.length).fill(1), ...shape];
  const b = padded(second);
  return padded(first).map((size, axis) => {
    return size === 1 ? b[axis] : size;
  });
}
