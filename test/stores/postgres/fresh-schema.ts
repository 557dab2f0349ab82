let made = 0;

/** The name of a schema that no other test of this file has. */
export function freshSchema(): string {
  made += 1;
  return `flags_${made}`;
}
