export type Question = 'new' | 'transposed' | 'column' | 'ghosts' | 'walk';

export function foresee(question: Question): number[] {
  switch (question) {
    case 'new':
      return [2, 3, 5];
    case 'transposed':
      return [1, 5];
    case 'column':
      return [2, 5];
    case 'ghosts':
      return [0, 1];
    case 'walk':
      return [0, 5, 10, 1];
  }
}
