import type { RequestListener } from 'node:http';

/** What a node answers to HTTP/1.1: `GET /ping`, and the liveness check that container platforms ask for. */
export const answerHttp: RequestListener = (request, response) => {
  const path = request.url?.split('?')[0];
  if (path === '/ping') {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ msgType: 'TextMessage', text: 'Ping request successfully handled' }));
    return;
  }
  response.writeHead(path === '/health/live' ? 204 : 404);
  response.end();
};
