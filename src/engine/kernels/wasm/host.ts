// What the compiled kernels import besides memory, from the module `host`: functions that are JavaScript's own, so that
// they agree with it to the last bit. None is called in a loop that is made for speed.

/** The natural logarithm. */
export declare function log(x: f64): f64;
