import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { replay, TRANSCRIPTS, UPDATE } from './testSupport/replay';
import { beginVendorTranscripts, VENDORS } from './testSupport/vendorTranscript';

const written = (): ReadonlyArray<string> =>
  readdirSync(join(TRANSCRIPTS, VENDORS)).map((file) => file.replace(/[.]md$/, ''));

const replayed = new Map<string, Awaited<ReturnType<typeof replay>>>();
beforeAll(async () => {
  if (UPDATE) await beginVendorTranscripts();
  // All at once: most of the time they wait before a test call is tried again.
  await Promise.all(
    written().map(async (vendor) => {
      replayed.set(vendor, await replay(join(VENDORS, `${vendor}.md`)));
    }),
  );
}, 240_000);

test('each vendor has a transcript of its answers', async () => {
  const sandbox = await startVendorSandbox();
  expect([...written()].sort()).toEqual(Object.keys(sandbox.urls).sort());
  await sandbox.close();
});

test.each(written())('the transcript of %s replays as it is written', (vendor) => {
  const { now, expected } = replayed.get(vendor) ?? {};
  expect(now).toBeDefined();
  expect(now).toBe(expected);
});
