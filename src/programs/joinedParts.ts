// The parts that a run hands over, put together as one trace: values and frames go on counting through all parts, but
// the tensors of each have their numbers in the part's own buffer.

import {
  type ByteSlice,
  type Frame,
  type ParamValues,
  TRACE_SCHEMA,
  type Trace,
  type TracePart,
  type Value,
} from '../shared/trace.ts';

export class JoinedParts {
  readonly frames: Frame[] = [];
  private readonly values: Value[] = [];
  private readonly buffers: ArrayBuffer[] = [];
  private bytes = 0;
  private params: ParamValues = {};

  add(part: TracePart): void {
    // One by one: as arguments, so many would be more than a call takes.
    for (const value of part.values) {
      this.values.push(moved(value, this.bytes));
    }
    for (const frame of part.frames) {
      this.frames.push(frame);
    }
    if (part.buffer !== undefined) {
      this.buffers.push(part.buffer);
      this.bytes += part.buffer.byteLength;
    }
    this.params = part.params;
  }

  /** With the parameters of the last part. */
  trace(program: string): Trace {
    const { frames, values, params } = this;
    const buffer = this.buffer();
    return { schema: TRACE_SCHEMA, program, params, values, frames, ...(buffer !== undefined && { buffer }) };
  }

  private buffer(): ArrayBuffer | undefined {
    if (this.buffers.length < 2) {
      return this.buffers[0];
    }
    const all = new Uint8Array(this.bytes);
    let offset = 0;
    for (const buffer of this.buffers) {
      all.set(new Uint8Array(buffer), offset);
      offset += buffer.byteLength;
    }
    return all.buffer;
  }
}

/** A value whose numbers stand so many bytes further on. */
function moved(value: Value, by: number): Value {
  if (value.kind !== 'tensor' || by === 0) {
    return value;
  }
  const further = (bytes: ByteSlice): ByteSlice => ({ ...bytes, offset: bytes.offset + by });
  const { bytes, preview } = value;
  return {
    ...value,
    ...(bytes && { bytes: further(bytes) }),
    ...(preview && { preview: { ...preview, bytes: further(preview.bytes) } }),
  };
}
