export type ProberFaultCode =
  /** A vendor table does not have the shape of one, or contradicts itself. */
  | 'bad-vendor-table'
  /** An endpoint override names no known vendor, or is no bare `http(s)://host[:port]`. */
  | 'bad-endpoint-override'
  /** A time-out, count or delay is out of range. */
  | 'bad-option';

/** The prober can't be made from this configuration. `message` says what to change. A probe itself never throws. */
export class ProberFault extends Error {
  readonly _tag = 'ProberFault';
  constructor(
    readonly code: ProberFaultCode,
    message: string,
  ) {
    super(message);
    this.name = 'ProberFault';
  }
}
