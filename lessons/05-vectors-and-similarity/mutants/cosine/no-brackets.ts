export function cosine(a: readonly number[], b: readonly number[]): number {
  return (dot(a, b) / norm(a)) * norm(b);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function norm(a: readonly number[]): number {
  return Math.sqrt(dot(a, a));
}
