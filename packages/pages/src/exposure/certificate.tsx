import type { DestructionCertificate } from 'keyturn';

/** The certificate as its file has it: so it can be taken out, and checked. */
export const Certificate = ({ certificate }: { readonly certificate: DestructionCertificate }) => (
  <section aria-labelledby="certificate">
    <h2 id="certificate">Certificate of destruction</h2>
    <pre>
      <bdi>{certificate.text.trimEnd()}</bdi>
    </pre>
    <p class="soft">
      As a file: <code>keyturn leak certificate</code>. Checked against the log:{' '}
      <code>keyturn leak verify</code>.
    </p>
  </section>
);
