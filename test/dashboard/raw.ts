import { Agent, type OutgoingHttpHeaders, request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

/** Asks byte for byte what it is told: `fetch` and supertest tidy paths up before they send them. A stream is not waited for. */
export function ask(
  origin: string,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body = '',
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
      const { statusCode: status = 0 } = response;
      const chunks: Buffer[] = [];
      const finish = (): void => resolve({ status, headers: response.headers, text: Buffer.concat(chunks).toString() });
      if (response.headers['content-type']?.startsWith('text/event-stream')) {
        finish();
        response.destroy();
        return;
      }
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', finish);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
