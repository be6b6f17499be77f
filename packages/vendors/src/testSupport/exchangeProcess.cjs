// A process that makes one call as a service does: its certificates and variables are those of its environment. Needs
// the built package. Usage: node exchangeProcess.cjs ORIGIN PROXY (empty for none), with the key on standard input.
const { readFileSync } = require('node:fs');
const { exchangeHttp } = require('../../dist/httpExchange.js');
const { parseProxy } = require('../../dist/proxy.js');

const [origin, proxy] = process.argv.slice(2);
exchangeHttp({
  destination: { url: new URL('/v1/messages', origin), publicOnly: false, isCustomers: false },
  method: 'POST',
  headers: { 'x-api-key': readFileSync(0, 'latin1') },
  body: '{}',
  codeHeader: null,
  requestIdHeader: null,
  timeoutMs: 60_000,
  signal: undefined,
  resolveHost: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  proxy: proxy === '' ? null : parseProxy(proxy),
}).then(({ kind, status, reason }) => process.stdout.write(JSON.stringify({ kind, status, reason })));
