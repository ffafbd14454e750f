// The page that the tests of the similarity matrix open: things on a line, in the order that is handed over.

import { pageStyles } from '../../../webview/elements/base.ts';
import type { Pair, SimilarityMatrix } from '../../../webview/elements/similarity/similarityMatrix.ts';
import '../../../webview/elements/similarity/similarityMatrix.ts';

if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}

/** What tests call. */
export interface SimilarityPage {
  /** Things at these places of a line from 0 to 1, named by them; two are the less alike, the further apart they are. */
  show(places: readonly number[]): void;
  readonly pairs: Pair[];
}

const page: SimilarityPage = {
  show: (places) => {
    document.querySelector('main')?.remove();
    const main = document.createElement('main');
    main.style.padding = '16px';
    const matrix = document.createElement('similarity-matrix') as SimilarityMatrix;
    const n = places.length;
    const far = (at: number) => Math.abs((places[Math.floor(at / n)] as number) - (places[at % n] as number));
    Object.assign(matrix, {
      similarities: Float32Array.from({ length: n * n }, (_, at) => 1 - far(at)),
      names: places.map((place) => `at ${place}`),
      label: 'places',
    });
    matrix.addEventListener('pair-pick', (event) => page.pairs.push((event as CustomEvent<Pair>).detail));
    main.append(matrix);
    document.body.append(main);
  },
  pairs: [],
};
Object.assign(window, { similarityPage: page });
