import pg from 'pg';

/** Says something to a database as anybody could: past the store. */
export async function ask<Row = Record<string, unknown>>(
  url: string,
  text: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(text, values);
    return rows as Row[];
  } finally {
    await client.end();
  }
}

/** Ends every connection that listens for changes, and says how many there were. */
export async function endListeners(url: string): Promise<number> {
  const ended = await ask(
    url,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN gatekeeper%' AND pid <> pg_backend_pid()",
  );
  return ended.length;
}
