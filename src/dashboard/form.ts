import type { Request } from 'express';

/** More than any form without a definition can be. */
export const SMALL = 16 * 1024;
/** For forms that carry a definition, perhaps twice: with its lists it may be long. */
export const LARGE = 256 * 1024;

const TYPE = 'application/x-www-form-urlencoded';

/**
 * The fields of a posted form: from `req.body` where the app has a parser, else read here. `413` when it is larger than
 * `most` bytes, `415` when it is not a form.
 */
export async function readForm(req: Request, most: number): Promise<URLSearchParams | 413 | 415> {
  const type = req.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== TYPE) return 415;
  const parsed = fromParser(req.body);
  if (parsed) return parsed;
  if (req.readableDidRead || req.readableEnded) return new URLSearchParams();
  if (!/^(identity)?$/i.test(req.headers['content-encoding'] ?? '')) return 415;
  return fromStream(req, most);
}

/** What a body parser left: an object, a string or bytes. An empty object may mean that it passed this request by. */
function fromParser(body: unknown): URLSearchParams | undefined {
  if (typeof body === 'string') return new URLSearchParams(body);
  if (Buffer.isBuffer(body)) return new URLSearchParams(body.toString());
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = Object.entries(body).filter((field): field is [string, string] => typeof field[1] === 'string');
  return fields.length > 0 ? new URLSearchParams(fields) : undefined;
}

async function fromStream(req: Request, most: number): Promise<URLSearchParams | 413> {
  if (Number(req.headers['content-length']) > most) return 413;
  const chunks: Buffer[] = [];
  let size = 0;
  // Listeners, not `for await`: leaving that loop early would destroy the socket that the answer goes to.
  return new Promise((resolve) => {
    const finish = (answer: URLSearchParams | 413): void => {
      req.off('data', collect);
      resolve(answer);
    };
    const collect = (chunk: Buffer | string): void => {
      size += chunk.length;
      chunks.push(Buffer.from(chunk));
      if (size > most) finish(413);
    };
    req.on('data', collect);
    req.once('end', () => finish(new URLSearchParams(Buffer.concat(chunks).toString())));
    // Broken off half-way: half a form is none, and nobody is left to read the answer.
    req.once('error', () => finish(new URLSearchParams()));
    req.once('close', () => finish(new URLSearchParams()));
  });
}
