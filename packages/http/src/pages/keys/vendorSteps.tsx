import { vendorProfiles, type Keyturn } from 'keyturn';
import { Note } from '../parts/note';
import { WORDS } from '../words/words';

type Profile = ReturnType<typeof vendorProfiles>[number];

/** What is known of a vendor by Keyturn's own table; of an operator's own vendor nothing is. */
const profileOf = (vendor: string): Profile | null =>
  vendorProfiles().find((profile) => profile.vendor === vendor) ?? null;

interface RevokeParts {
  readonly keyturn: Keyturn;
  readonly vendor: string;
  readonly last4: string;
  /** Why it is revoked, or when. */
  readonly why: string;
}

/** How a key is revoked at its vendor, which nobody but the vendor can do. */
export const RevokeAtVendor = ({ keyturn, vendor, last4, why }: RevokeParts) => {
  const { name, revocationPage } = keyturn.vendors.get(vendor);
  const steps = profileOf(vendor)?.revokeSteps ?? [];
  return (
    <Note tone="open">
      <h2>{WORDS.key.revokeTitle(last4, name)}</h2>
      <p>{why}</p>
      {steps.length > 0 && (
        <ol class="steps">
          {steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
      )}
      {revocationPage !== null && (
        <p class="buttons">
          <a class="button" href={revocationPage} rel="noreferrer noopener" target="_blank">
            {WORDS.key.openConsole(name)}
          </a>
        </p>
      )}
      {steps.length === 0 && revocationPage === null && <p>{WORDS.key.askVendor(name)}</p>}
    </Note>
  );
};
