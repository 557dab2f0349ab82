import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { Lane } from '../../stores/measure/lane.js';

/**
 * @param {import('node:test').TestContext} t
 * @param {import('node:http').RequestListener} answer
 */
async function laneTo(t, answer) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const [lane] = await Lane.open(typeof address === 'object' && address ? address.port : 0, 1);
  t.after(() => {
    lane?.close();
    server.close();
  });
  return /** @type {Lane} */ (lane);
}

test('requests follow each other over one connection, and an answer may come in pieces', async (t) => {
  let requests = 0;
  const lane = await laneTo(t, (request, response) => {
    requests += 1;
    response.setHeader('content-length', 6);
    response.write('{"a"');
    setImmediate(() => response.end(`:${requests}`));
    assert.equal(request.headers.host, '127.0.0.1');
  });
  assert.equal(await lane.get(), '{"a":1');
  assert.equal(await lane.get(), '{"a":2');
});

test('an answer that is no success is an error that shows it', async (t) => {
  const lane = await laneTo(t, (_request, response) => {
    response.writeHead(500, { 'content-length': 4 }).end('oops');
  });
  await assert.rejects(lane.get(), /The app answered HTTP\/1.1 500 Internal Server Error: oops/);
});

test('a connection that is closed is an error rather than a wait without end', async (t) => {
  const lane = await laneTo(t, (request) => {
    request.socket.destroy();
  });
  await assert.rejects(lane.get(), /The app closed the connection|ECONNRESET/);
});
