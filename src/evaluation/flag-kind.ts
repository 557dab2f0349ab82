/** All kinds of flags. */
export const FLAG_KINDS = ['release', 'experiment', 'ops', 'permission'] as const;

/** What a flag is for: a release comes and goes, an ops flag stays, a permission is never overridden from a browser. */
export type FlagKind = (typeof FLAG_KINDS)[number];
