// What a search remembers of a text: at which place of the pattern and of the text it has failed already, a bit each,
// in pages that come with the first failure in their stretch of the text and go when the search has passed it.

/** UTF-16 units that a page covers, as a power of two. */
const PAGE_BITS = 10;
const PAGE = 1 << PAGE_BITS;
/** Beyond this all is forgotten: the search is still right, and its steps are counted. */
const MOST_BYTES = 1 << 26;

export class Failures {
  private readonly places: number;
  private readonly pageBytes: number;
  private readonly pages = new Map<number, Uint8Array>();
  /** No page is left before this one. */
  private oldest = 0;

  /** @param places how many places of the pattern there are */
  constructor(places: number) {
    this.places = places;
    this.pageBytes = Math.ceil((places * PAGE) / 8);
  }

  get isEmpty(): boolean {
    return this.pages.size === 0;
  }

  has(place: number, at: number): boolean {
    const page = this.pages.get(at >>> PAGE_BITS);
    if (page === undefined) {
      return false;
    }
    const bit = (at & (PAGE - 1)) * this.places + place;
    return ((page[bit >>> 3]! >>> (bit & 7)) & 1) === 1;
  }

  /** Keeps that `place` fails everywhere from `from` to `to`, both included. */
  add(place: number, from: number, to: number): void {
    for (let at = from; at <= to; at++) {
      const page = this.pages.get(at >>> PAGE_BITS) ?? this.newPage(at >>> PAGE_BITS);
      const bit = (at & (PAGE - 1)) * this.places + place;
      page[bit >>> 3]! |= 1 << (bit & 7);
    }
  }

  /** The search won't come back to before `at`, but for looks behind, which are short. */
  passed(at: number): void {
    const keep = (at >>> PAGE_BITS) - 1;
    if (this.pages.size === 0) {
      this.oldest = Math.max(this.oldest, keep);
      return;
    }
    for (; this.oldest < keep; this.oldest++) {
      this.pages.delete(this.oldest);
    }
  }

  clear(): void {
    this.pages.clear();
    this.oldest = 0;
  }

  private newPage(index: number): Uint8Array {
    if ((this.pages.size + 1) * this.pageBytes > MOST_BYTES) {
      this.pages.clear();
    }
    const page = new Uint8Array(this.pageBytes);
    this.pages.set(index, page);
    this.oldest = Math.min(this.oldest, index);
    return page;
  }
}
