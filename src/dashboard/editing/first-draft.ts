import { blank, type Draft } from './draft.js';

/** What a new flag starts with. */
export const FIRSTS = ['off', 'on', 'percentage', 'users'] as const;

/** The fields of the editor that the page of a new flag comes to. */
export function firstDraft(form: URLSearchParams): Draft {
  const text = (field: string): string => form.get(field) ?? '';
  const draft = { ...blank.draft(), description: text('description'), kind: text('kind'), owner: text('owner') };
  const says = [draft.description, draft.kind, draft.owner].some((about) => about.trim() !== '');
  switch (text('first')) {
    case 'on':
      return { ...draft, shape: says ? 'map' : 'boolean', enabled: 'true' };
    case 'percentage':
      return {
        ...draft,
        shape: says ? 'map' : 'number',
        serve: { ...blank.serve(), kind: 'percentage', percentage: { percentage: text('percentage'), variant: '' } },
      };
    case 'users':
      return {
        ...draft,
        rules: [listed(text('users'))],
        serve: { ...blank.serve(), kind: 'variant', fixed: { variant: 'off' } },
      };
    default:
      return { ...draft, shape: says ? 'map' : 'boolean', enabled: 'false' };
  }
}

function listed(users: string): Draft['rules'][number] {
  const part = blank.part({ subject: 'userId', operator: 'oneOf', value: users });
  return { ...blank.rule(), name: 'listed users', when: blank.group('all', 'map', [part]) };
}
