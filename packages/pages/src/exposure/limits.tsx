const LIMITS = [
  'Who calls the vendor with a stolen key does not call us. Only the vendor’s usage shows that, outside our pins.',
  'A thief who uses a known account, from a known host, at the usual time, looks like its owner.',
  'Where the key is used elsewhere, too, the vendor’s usage has that use in it.',
  'Refused attempts are those that this machine refused, by its own clock. No seal vouches for them.',
  'Origins are there only where the embedding service passes them.',
  'A rule that found nothing says that nothing fits it. It does not say that nothing was done.',
];

/** What nobody can read from the report. */
export const Limits = () => (
  <section aria-labelledby="limits">
    <h2 id="limits">What this report can’t know</h2>
    <ul>
      {LIMITS.map((limit) => (
        <li>{limit}</li>
      ))}
    </ul>
  </section>
);
