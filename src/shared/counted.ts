// Numbers of things in sentences for terminals and models, which are English whatever the editor speaks.

/** `1 file`, `2,000 files`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
}
