import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { accessibilityFaults, onChromium, startChromium, type Chromium, type OpenedPage } from './index';

const PAGE = `<!doctype html><html lang="en"><head><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>`;

const at = (html: string): string => `data:text/html,${encodeURIComponent(html)}`;

onChromium(describe)('a page in Chromium', () => {
  let chromium: Chromium;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    chromium = await startChromium();
    server = createServer((request, response) => {
      if (request.url === '/cut') return void request.socket.destroy();
      response.setHeader('content-type', 'text/html');
      return void response.end('<title>Served</title><img src="/cut" alt="">');
    });
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}/`;
  });

  afterAll(async () => {
    await chromium.close();
    await new Promise((closed) => void server.close(closed));
  });

  it('tells each error and each request', async () => {
    const { page, errors, requests, close } = await chromium.open(url);
    expect(await page.title()).toBe('Served');
    expect(requests).toEqual([url, `${url}cut`]);
    expect(errors).toContain(`no answer from ${url}cut`);
    await close();
  });

  it('tells what a policy stopped', async () => {
    const { errors, close } = await chromium.open(at(`${PAGE}<body><script>0</script></body></html>`));
    expect(errors).toEqual([expect.stringContaining('Content Security Policy')]);
    await close();
  });

  it('has a page looked through by axe-core, whatever its policy', async () => {
    const good: OpenedPage = await chromium.open(
      at(`${PAGE}<body><main><h1>All well</h1></main></body></html>`),
    );
    expect(await accessibilityFaults(good.page)).toEqual([]);
    expect(good.errors).toEqual([]);
    const bad = await chromium.open(
      at(`${PAGE}<body><main><h1>A button</h1><button></button></main></body>`),
    );
    expect(await accessibilityFaults(bad.page)).toEqual([
      expect.stringMatching(/^button-name: .*\(button\)$/),
    ]);
    await Promise.all([good.close(), bad.close()]);
  });
});
