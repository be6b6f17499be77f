/** A user that the server knows, and the groups that ACLs may name. */
export interface EsdbUser {
  readonly name: string;
  readonly password: string;
  readonly groups: ReadonlyArray<string>;
}

/** The users of a fresh EventStoreDB, with the passwords that it gives them. */
export const FIRST_USERS: ReadonlyArray<EsdbUser> = [
  { name: 'admin', password: 'changeit', groups: ['$admins'] },
  { name: 'ops', password: 'changeit', groups: ['$ops'] },
];

/** Who makes a call: everyone where there is no security, a user, or nobody known. */
export type Caller = 'everyone' | 'anonymous' | EsdbUser;

/**
 * Who makes a call, by the `authorization` header or else by the user that a certificate names; null when it is wrong.
 */
export const callerOf = (
  users: ReadonlyArray<EsdbUser>,
  certified: string | undefined,
  header: string | undefined,
): Caller | null => {
  if (header === undefined) {
    if (certified === undefined) return 'anonymous';
    return users.find(({ name }) => name === certified) ?? null;
  }
  const [scheme, encoded] = header.split(' ');
  if (scheme?.toLowerCase() !== 'basic' || encoded === undefined) return null;
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  return users.find(({ name, password }) => `${name}:${password}` === credentials) ?? null;
};
