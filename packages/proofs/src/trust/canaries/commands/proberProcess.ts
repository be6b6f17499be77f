import { makeProber } from '@keyturn/vendors';

/** Test-calls the key that comes in on standard input, as an embedding service's process does. */
const main = async ([url = '']: ReadonlyArray<string>): Promise<void> => {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const prober = makeProber({
    endpointOverrides: { anthropic: url, openai: url },
    retry: { baseDelayMs: 1, maxDelayMs: 2 },
  });
  for (const { vendor } of prober.vendors.list) {
    const result = await prober.probe({ vendor, endpoint: null, region: null }, Buffer.concat(chunks))();
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
};

void main(process.argv.slice(2));
