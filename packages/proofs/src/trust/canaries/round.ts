import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretSearch, type Found, type SearchedSecret } from '@keyturn/testbed';
import { startVendorSandbox, type KeyBehaviour, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { ALL_KINDS, makeCanary, makePassphrase, type Canary, type CanaryKind } from './canary';
import type { Random } from './random';
import { reachFrom } from './reachable';
import { writingsOf } from './writings';

/** The kinds of place that are searched, each counted. */
type Counted = 'scenarios' | 'canaries' | 'objects inspected' | 'processes run';

/**
 * One round: its own directory, vendor sandbox and secrets. Whatever a scenario brings to light is searched at once for
 * every secret that was made so far; its files are at the end.
 */
export class Round {
  readonly counts: Record<Counted, number> = {
    scenarios: 0,
    canaries: 0,
    'objects inspected': 0,
    'processes run': 0,
  };
  readonly search = new SecretSearch();
  readonly violations: string[] = [];
  readonly #ownFiles = new Set<string>();
  #scenario = 'setting up';

  private constructor(
    readonly random: Random,
    readonly directory: string,
    readonly sandbox: VendorSandbox,
  ) {}

  static async begin(random: Random): Promise<Round> {
    const directory = mkdtempSync(join(tmpdir(), 'keyturn-canaries-'));
    return new Round(random, directory, await startVendorSandbox());
  }

  /** What the search has to find is told by the scenario that it happened in. */
  async play(scenario: string, course: () => Promise<void>): Promise<void> {
    this.#scenario = scenario;
    this.counts.scenarios += 1;
    await course();
  }

  /**
   * What was cut from the pool that Node keeps for small buffers has all of the pool as its `buffer`: whoever holds one
   * holds what every other left there. Only the newest slab can be looked at, so this is a sample, and only of what
   * this process did: a harness that reads what others did leaves it there as well.
   */
  searchSharedMemory(): void {
    const newest = Buffer.from('any');
    // Behind the newest there is what the process had freed elsewhere: no buffer has been cut from that yet.
    const used = Buffer.from(newest.buffer, 0, newest.byteOffset);
    this.tell('the memory that small buffers share', used);
  }

  /** Says more closely what goes on, for what is found meanwhile. */
  async within(what: string, course: () => Promise<void>): Promise<void> {
    const scenario = this.#scenario;
    this.#scenario = `${scenario}, ${what}`;
    await course();
    this.#scenario = scenario;
  }

  canary(kind: CanaryKind = this.random.pick(ALL_KINDS)): Canary {
    return this.made(makeCanary(this.random, this.#nextName(), kind));
  }

  passphrase(): Canary {
    return this.made(makePassphrase(this.random, this.#nextName()));
  }

  /** A canary that the vendor's sandbox knows. */
  keyOf(vendor: string, behaviour: KeyBehaviour, kind?: CanaryKind): Canary {
    const canary = this.canary(kind);
    this.sandbox.issueKey(vendor, behaviour, canary.content);
    return canary;
  }

  made<S extends SearchedSecret>(secret: S): S {
    this.counts.canaries += 1;
    this.search.add(secret);
    return secret;
  }

  #nextName(): string {
    return `canary ${this.counts.canaries + 1} of "${this.#scenario}"`;
  }

  /** A new directory of the round; every file in it is searched at the end. */
  place(name: string): string {
    const path = join(this.directory, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** A file that a scenario wrote a secret into itself, as a person does with a passphrase. */
  own(path: string): string {
    this.#ownFiles.add(path);
    return path;
  }

  /** Searches what came to light. `except` are secrets that belong there by the rules of the check. */
  tell(place: string, content: string | Buffer, except: ReadonlyArray<SearchedSecret> = []): void {
    this.#violated(
      typeof content === 'string' ? this.search.inText(place, content) : this.search.inBytes(place, content),
      except,
    );
  }

  /** Searches everything that a caller who has this can get out of it without calling its methods. */
  inspect(place: string, value: unknown, except: ReadonlyArray<SearchedSecret> = []): void {
    for (const { how, content } of writingsOf(value)) this.tell(`${place}, ${how}`, content, except);
    const { objects, texts, bytes } = reachFrom(value);
    this.counts['objects inspected'] += objects.length;
    this.tell(`${place}, texts in reach`, texts.join('\n'), except);
    for (const held of bytes) this.tell(`${place}, bytes in reach`, held, except);
    for (const object of objects) {
      if (object !== value && object instanceof Error)
        this.tell(`${place}, stack in reach`, String(object.stack), except);
    }
  }

  /** Searches the files of the round, or of another directory. */
  searchFiles(directory: string = this.directory): void {
    this.#violated(this.search.inFilesBelow(directory, this.#ownFiles), []);
  }

  #violated(found: ReadonlyArray<Found>, except: ReadonlyArray<SearchedSecret>): void {
    for (const { place, secret, form } of found) {
      if (except.some(({ name }) => name === secret)) continue;
      this.violations.push(
        `${this.#scenario}: in ${place} there is more than the last 4 of ${secret}, ${form}`,
      );
    }
  }

  async end(): Promise<void> {
    this.#scenario = 'files at the end';
    this.searchFiles();
    await this.sandbox.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
