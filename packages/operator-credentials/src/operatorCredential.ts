import { OperatorCredentialFault } from './fault';

/**
 * One of the operator's own credentials in clear. Its bytes are private, and whatever prints, inspects, serialises or
 * concatenates it gets `operator …AbCd`. Being a class with private members, it is no other type's secret and no other
 * type's secret is it: mixing them up does not compile.
 */
export class OperatorCredential {
  readonly #bytes: Buffer;
  readonly #masked: string;
  #disposed = false;

  /** Copies the bytes; the argument stays the caller's to wipe. */
  constructor(
    readonly vendor: string,
    bytes: Uint8Array,
  ) {
    this.#bytes = Buffer.alloc(bytes.length);
    this.#bytes.set(bytes);
    this.#masked = `operator …${this.#bytes.toString('latin1', bytes.length - 4)}`;
  }

  /**
   * Runs a function on the bytes themselves, which turn to zeros on `dispose`, and returns what it returns.
   * @throws OperatorCredentialFault `disposed`
   */
  use<A>(run: (bytes: Uint8Array) => A): A {
    if (this.#disposed) {
      throw new OperatorCredentialFault(
        'disposed',
        this.vendor,
        `The operator credential for ${this.vendor} was disposed of: ` +
          'use it only while the function that received it runs.',
      );
    }
    return run(this.#bytes);
  }

  /**
   * Overwrites the bytes with zeros. It can't reach copies and strings that others made of them. Safe to call again.
   */
  dispose(): void {
    this.#disposed = true;
    this.#bytes.fill(0);
  }

  toString(): string {
    return this.#masked;
  }

  toJSON(): string {
    return this.#masked;
  }

  [Symbol.toPrimitive](): string {
    return this.#masked;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.#masked;
  }
}
