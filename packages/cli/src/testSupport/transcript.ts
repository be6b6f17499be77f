/** A command of a transcript and what it printed, both outputs in one, with `[status]` behind it unless that was 0. */
export interface Step {
  readonly command: string;
  readonly output: string;
}

/** A key that the sandbox is to issue: `name.key` holds it, and its last 4 are shown as `last4`. */
export interface TranscriptKey {
  readonly name: string;
  readonly vendor: string;
  readonly behaviour: string;
  readonly last4: string;
}

const BLOCK = /```console\n([\s\S]*?)```/g;
const KEYS = /<!-- keys:\s(.*?)\s-->/s;

const stepsOf = (block: string): ReadonlyArray<Step> =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const end = step.indexOf('\n');
      return { command: step.slice(0, end), output: step.slice(end + 1) };
    });

/** The steps of a transcript, in their order: all `console` blocks of a Markdown file. */
export const readSteps = (markdown: string): ReadonlyArray<Step> =>
  [...markdown.matchAll(BLOCK)].flatMap(([, block = '']) => stepsOf(block));

/** The keys that its first comment asks for: `name vendor behaviour last4; …`. */
export const readKeys = (markdown: string): ReadonlyArray<TranscriptKey> =>
  (KEYS.exec(markdown)?.[1]?.split(';') ?? []).map((text) => {
    const [name = '', vendor = '', behaviour = '', last4 = ''] = text.trim().split(/\s+/);
    return { name, vendor, behaviour, last4 };
  });

/** The same file with what the commands print now. */
export const withOutputs = (markdown: string, outputs: ReadonlyArray<string>): string => {
  let next = 0;
  return markdown.replace(BLOCK, (_, block: string) => {
    const steps = stepsOf(block).map(({ command }) => `$ ${command}\n${outputs[next++] ?? ''}`);
    return `\`\`\`console\n${steps.join('')}\`\`\``;
  });
};

/** The id of a master key. */
const MASTER_KEY_ID = /\b[0-9a-f]{16}\b/g;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;

/**
 * Puts names that are the same on every run in the place of what is not: ids by the order in which they appear, the
 * last 4 of keys, times, paths.
 */
export class Normaliser {
  readonly #texts: Array<readonly [real: string, shown: string]> = [];
  #ids = 0;
  #masterKeys = 0;

  /** From now on `real` is shown as `shown`. */
  replace(real: string, shown: string): void {
    this.#texts.push([real, shown]);
  }

  /** What a command printed, as the transcript has it. */
  shown(output: string): string {
    for (const [id] of output.matchAll(UUID)) this.#learn(id);
    for (const [id] of output.matchAll(MASTER_KEY_ID)) this.#learnMasterKey(id);
    const named = this.#texts.reduce((text, [real, shown]) => text.replaceAll(real, shown), output);
    return (
      named
        // Said only where it takes long, which depends on the machine.
        .replace(/^Rotating the master key: \d+ %.*\n/gm, '')
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-11-23T09:00:00.000Z')
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/g, '2026-11-23 09:00:00Z')
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?= )/g, '2026-11-23 09:00:00')
        .replace(/^(\d+ +)\d{4}-\d\d-\d\d$/gm, '$12026-11-23')
        .replace(/http:\/\/127\.0\.0\.1:\d+(?= \(KEYTURN_ENDPOINT|")/g, 'http://127.0.0.1:8080')
        .replace(/\bapikey_01\w+/g, 'apikey_01Sandbox')
        .replace(/(?<=sk-ant-api03-)\S{3}(?=\.\.\.)/g, 'Abc')
        // Each vendor that is added is one more.
        .replace(/(?<=Known are: anthropic, ).*(?=\.$)/gm, '…')
        .replace(/"latencyMs": \d+/g, '"latencyMs": 20')
        .replace(/"originRef": "login-[^"]+"/g, '"originRef": "login-grace"')
        .replace(/"vendorRequestId": "[^"]+"/g, '"vendorRequestId": "req_011"')
    );
  }

  /** What is to be typed for a command of the transcript. */
  typed(command: string): string {
    return this.#texts.reduce((text, [real, shown]) => text.replaceAll(shown, real), command);
  }

  #learnMasterKey(id: string): void {
    if (this.#texts.some(([real]) => real === id)) return;
    this.#masterKeys += 1;
    this.replace(id, `${String(this.#masterKeys).padStart(2, '0')}ab${'0'.repeat(12)}`);
  }

  #learn(id: string): void {
    if (this.#texts.some(([real]) => real === id)) return;
    this.#ids += 1;
    const beginning = `${String(this.#ids).padStart(2, '0')}c0ffee`;
    this.replace(id, `${beginning}-0000-4000-8000-000000000000`);
    this.replace(id.slice(0, 8), beginning);
  }
}
