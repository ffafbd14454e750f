// Which exercise comes next.

/**
 * The next exercise that isn't solved: after the one opened last, on the learner's path; then those that are parked.
 */
export function nextExercise(
  exercises: readonly { readonly id: string; readonly state: string; readonly onPath: boolean }[],
  last: string | undefined,
): string | undefined {
  const at = exercises.findIndex(({ id }) => id === last);
  const turned = [...exercises.slice(at + 1), ...exercises.slice(0, at + 1)];
  const open = turned.filter(({ state }) => state !== 'passed');
  const fresh = open.filter(({ state }) => state !== 'parked');
  return (fresh.find(({ onPath }) => onPath) ?? open.find(({ onPath }) => onPath) ?? fresh[0] ?? open[0])?.id;
}
