import { startEsdbServer, type EsdbServer } from '../esdbServer';
import { HELP, readArguments, type Asked } from './arguments';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`esdb-dev: ${line}\n`);

type Serve = Extract<Asked, { readonly kind: 'serve' }>;

const describe = ({ connectionString, caFile }: EsdbServer, { data }: Serve): ReadonlyArray<string> => [
  'For development only. This speaks EventStoreDB’s protocol, but it is neither EventStoreDB nor a product.',
  `Connection string: ${connectionString}`,
  ...(caFile === null
    ? ['Security:          none; with --tls, it has TLS and users']
    : [`Certificate (CA):  ${caFile}`, 'User:              admin, password changeit']),
  `Events:            ${data === null ? 'in memory, gone when this ends' : `kept in ${data}`}`,
  'Serving. Ctrl+C or SIGTERM ends it.',
];

const reasonOf = (error: unknown, { port }: Serve): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. End what listens there, or choose another with --port.`;
  if (code === 'EACCES' && port > 0 && port < 1024)
    return `Port ${port} is reserved for privileged processes. Choose another with --port.`;
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};

/** Serves until a signal comes; then the process ends by itself, as nothing is left open. */
const serve = async (asked: Serve): Promise<void> => {
  const { port, tls, data, version } = asked;
  try {
    const server = await startEsdbServer({ port, tls, version, ...(data === null ? {} : { data }) });
    const end = (): void => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, end);
      void server.close();
    };
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
    describe(server, asked).forEach(say);
  } catch (error) {
    complain(reasonOf(error, asked));
    process.exitCode = 3;
  }
};

const main = async (): Promise<void> => {
  const asked = readArguments(process.argv.slice(2));
  switch (asked.kind) {
    case 'help':
      say(HELP);
      return;
    case 'wrong':
      complain(`${asked.because}\nSee: pnpm -s esdb-dev --help`);
      process.exitCode = 2;
      return;
    case 'serve':
      return serve(asked);
  }
};

void main();
