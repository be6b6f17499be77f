// What the documents take for given. Their TypeScript is compiled with these names in reach; where it is run, they have
// values (see src/examples/running.ts). A document says in words what each of them stands for.

/** Who acts, in which workspace. */
declare const ctx: import('keyturn').ActContext;
declare const actor: import('keyturn').Caller;
/** What `openKeyturn` has opened. */
declare const keyturn: import('keyturn').Keyturn;
/** Tests point test calls at a sandbox; left out in production. */
declare const endpointOverrides: Readonly<Record<string, string>>;

/** Your session of a cookie; null for nobody. */
declare const sessionOf: (cookie: string | null) => Promise<{
  readonly id: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly loggedInAt: number;
} | null>;
/** Your log of what broke. */
declare const report: (error: unknown, where: string) => void;

/** What a customer pasted into a field. */
declare const pasted: string;
declare const keyId: string;
declare const runId: string;
declare const projectId: string;
declare const requestId: string;
/** The vendor's address for a request. */
declare const url: string;

/** Your rule of who may do what. */
declare const mayDo: (
  actor: { readonly kind: string; readonly id: string },
  action: string,
  workspaceId: string | null,
) => boolean;
/** Your work with a key. */
declare const compile: (request: {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}) => Promise<string>;
/** Tells a person. */
declare const show: (...texts: ReadonlyArray<string>) => void;
/** Your key management service. */
declare const kms: { readonly decrypt: (sealed: Uint8Array) => Promise<Uint8Array> };
declare const sealedMasterKey: Uint8Array;

/** An open event store. */
declare const store: import('@keyturn/event-store').EventStore;
/** What an append gave. */
declare const appended: import('@keyturn/event-store').AppendResult;
/** The events of a workspace's stream, as the store has them. */
declare const stored: ReadonlyArray<import('@keyturn/domain').StoredEvent>;
/** The same, decoded. */
declare const keyring: import('@keyturn/domain').Keyring;
declare const history: ReadonlyArray<import('@keyturn/domain').EnvelopedEvent>;
declare const events: ReadonlyArray<import('@keyturn/domain').RecordedKeyringEvent>;
declare const command: import('@keyturn/domain').Command;
declare const stream: string;
/** Hands encoded events to a store. */
declare const append: (events: ReadonlyArray<import('@keyturn/domain').EncodedEvent>) => void;

/** An adapter of your own. */
declare const openMyStore: () => Promise<import('@keyturn/event-store').EventStore>;
declare const removeMyData: () => Promise<void>;

/** A key in clear, as bytes. */
declare const secret: Uint8Array;
/** One of a vendor's keys, as text. */
declare const key: string;
/** The admin credential of a customer at a vendor, as bytes: read for one command, and wiped. */
declare const adminCredential: Uint8Array;
declare const callVendor: (vendor: string, secret: Uint8Array) => Promise<string>;
/** The critic's own work. */
declare const runCritic: (credential: Uint8Array) => Promise<boolean>;

declare const randomUUID: typeof import('node:crypto').randomUUID;
declare const pipe: typeof import('fp-ts/function').pipe;
declare const TE: typeof import('fp-ts/TaskEither');
