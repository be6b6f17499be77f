import type { IncomingHttpHeaders } from 'node:http';
import type { SandboxAdminAnswer } from './sandboxAdmin';
import { vendorOf, type SandboxKeys } from './sandboxKeys';
import type { SandboxVendor } from './sandboxVendor';

/** What a credential for administrators may do. */
export type AdminCredentialBehaviour = 'valid' | 'not-permitted' | 'throttled' | 'server-error';

interface AdminCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** The credentials for administrators that this sandbox issued, and the calls that are made with them. */
export interface Administration {
  readonly issue: (vendor: string, behaviour: AdminCredentialBehaviour) => string;
  /** Null where no vendor has this call. */
  readonly answer: (among: ReadonlyArray<SandboxVendor>, call: AdminCall) => SandboxAdminAnswer | null;
}

export const makeAdministration = (keys: SandboxKeys): Administration => {
  const credentials = new Map<string, { readonly vendor: string; readonly may: AdminCredentialBehaviour }>();
  return {
    issue: (vendor, may) => {
      const { admin } = vendorOf(vendor);
      if (admin === undefined) throw new Error(`${vendor} has no calls for administrators on record.`);
      const credential = admin.newCredential();
      credentials.set(credential, { vendor, may });
      return credential;
    },
    answer: (among, { method, url, headers, body }) => {
      for (const { vendor, admin } of among) {
        const route = admin?.routes.find((one) => one.method === method && one.path.test(url.pathname));
        if (admin === undefined || route === undefined) continue;
        const credential = credentials.get(admin.credentialOf(headers) ?? '');
        if (credential?.vendor !== vendor) return admin.unauthenticated;
        if (credential.may === 'not-permitted') return admin.notPermitted;
        if (credential.may === 'throttled') return { status: 429, json: {} };
        if (credential.may === 'server-error') return { status: 500, json: {} };
        const [, ...parts] = route.path.exec(url.pathname) ?? [];
        const request = { parts: parts.map(decodeURIComponent), query: url.searchParams, headers, body };
        return route.answer(request, keys.organisationOf(vendor));
      }
      return null;
    },
  };
};
