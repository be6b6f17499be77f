import * as E from 'fp-ts/Either';

/**
 * Bytes, inclusive. Under 16 a secret could be guessed from its fingerprint. The upper bound is the vault's own, and
 * wider than what is taken as a vendor key: the domain says that (`MAX_SECRET_BYTES`), and the vault knows nothing of
 * it.
 */
const SHORTEST = 16;
const LONGEST = 8192;

/** Why some text or bytes can't be a secret. A value: nothing was kept of the content. */
export interface SecretRefusal {
  readonly _tag: 'SecretRefusal';
  readonly code: 'too-short' | 'too-long' | 'not-printable-ascii';
  /** Never has any of the content. */
  readonly message: string;
}

/** A secret was read after its bytes were wiped: a mistake in the calling code, which kept it for too long. */
export class SecretWiped extends Error {
  readonly _tag = 'SecretWiped';
  constructor() {
    super('this secret was wiped: read it only while the function that received it runs');
    this.name = 'SecretWiped';
  }
}

const refuse = (code: SecretRefusal['code'], message: string): SecretRefusal => ({
  _tag: 'SecretRefusal',
  code,
  message,
});

const check = (length: number, codeAt: (index: number) => number): SecretRefusal | null => {
  if (length < SHORTEST) {
    return refuse('too-short', `a secret has at least ${SHORTEST} characters: paste the whole key`);
  }
  if (length > LONGEST) {
    return refuse('too-long', `a secret has at most ${LONGEST} characters: paste the key alone`);
  }
  for (let index = 0; index < length; index += 1) {
    const code = codeAt(index);
    if (code < 0x21 || code > 0x7e) {
      return refuse(
        'not-printable-ascii',
        'a secret has only printable ASCII characters, without spaces: paste the key alone',
      );
    }
  }
  return null;
};

/**
 * A vendor key in clear. Its bytes are private, and whatever prints, inspects, serialises or concatenates it gets
 * `…AbCd`: an ellipsis and the last four characters. It can't be structured-cloned, so no worker or IPC takes it.
 *
 * `wipe` overwrites the bytes held here. It can't reach strings or copies that others made of them.
 *
 * @example
 * const made = Secret.from(pasted);
 * if (E.isRight(made)) console.log(made.right); // …AbCd
 */
export class Secret {
  readonly #bytes: Buffer;
  readonly #masked: string;
  #wiped = false;

  /** An own property that is a function: `structuredClone` and `v8.serialize` refuse the object for it. */
  readonly toString = (): string => this.#masked;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#masked = `…${bytes.toString('latin1', bytes.length - 4)}`;
  }

  /**
   * Copies text or bytes into a secret; the argument stays the caller's to wipe.
   * Refuses under 16 or over 8,192 characters, and anything but printable ASCII without spaces.
   */
  static from(content: string | Uint8Array): E.Either<SecretRefusal, Secret> {
    const codeAt =
      typeof content === 'string' ? (i: number) => content.charCodeAt(i) : (i: number) => content[i] ?? 0;
    const refusal = check(content.length, codeAt);
    if (refusal !== null) {
      return E.left(refusal);
    }
    const bytes = Buffer.alloc(content.length);
    for (let index = 0; index < content.length; index += 1) {
      bytes[index] = codeAt(index);
    }
    return E.right(new Secret(bytes));
  }

  /** The last four characters: all that is ever shown. Still there after a wipe. */
  get last4(): string {
    return this.#masked.slice(1);
  }

  /**
   * The bytes themselves, not a copy: they turn to zeros when the secret is wiped.
   * @throws {@link SecretWiped} after a wipe.
   */
  bytes(): Uint8Array {
    if (this.#wiped) {
      throw new SecretWiped();
    }
    return this.#bytes;
  }

  /**
   * Runs a function on the bytes and returns what it returns.
   * @throws {@link SecretWiped} after a wipe.
   */
  use<A>(run: (bytes: Uint8Array) => A): A {
    return run(this.bytes());
  }

  /** Overwrites the bytes with zeros. Safe to call again. */
  wipe(): void {
    this.#wiped = true;
    this.#bytes.fill(0);
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
