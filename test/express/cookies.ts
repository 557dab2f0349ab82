import request from 'supertest';

type Headers = Readonly<Record<string, string>>;

/** The cookies an answer sets: name → value, still encoded. */
export function cookiesSet({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): Map<string, string> {
  return new Map(
    setCookieLines({ headers }).map((line) => [line.slice(0, line.indexOf('=')), /=([^;]*)/.exec(line)?.[1] ?? '']),
  );
}

export function setCookieLines({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): string[] {
  return [headers['set-cookie'] ?? []].flat().map(String);
}

/** A valid `gatekeeper` cookie of an app, as a browser sends it, with these overrides. */
export async function overrideCookie(origin: string, overrides: Headers, headers: Headers = {}): Promise<string> {
  let cookie = '';
  for (const [flag, variant] of Object.entries(overrides)) {
    const sent = request(origin).post('/override').query({ flag, variant }).set(headers);
    const answer = await (cookie === '' ? sent : sent.set('Cookie', cookie));
    cookie = `gatekeeper=${cookiesSet(answer).get('gatekeeper')}`;
  }
  return cookie;
}
