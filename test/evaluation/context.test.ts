import type { EvaluationContext } from 'express-gatekeeper';
import { describe, expect, it } from 'vitest';
import { Subject } from '../../src/evaluation/subject.js';
import { aFlag } from './a-flag.js';
import { aReader } from './a-reader.js';
import { aSource, aSubject } from './a-snapshot.js';

function contextOf(userId: unknown): EvaluationContext {
  return aSubject(userId).context;
}

describe('the evaluation context', () => {
  it('lets isUser be taken out of it', () => {
    const { isUser } = contextOf(1);
    expect([isUser(1, 2), isUser('1'), isUser(2), isUser()]).toEqual([true, true, false, false]);
  });

  it('says that a visitor is no user, whoever is asked about', () => {
    const { isUser } = contextOf(undefined);
    const nobody = [undefined, null, Number.NaN, ''] as unknown as string[];
    expect([isUser(0, 1, '0'), isUser(...nobody), isUser()]).toEqual([false, false, false]);
  });

  it.each([0, '0', 42, '42', ''])('hands on the user id as the app gave it: %o', (userId) => {
    expect(contextOf(userId).userId).toBe(userId);
  });

  it('is there in full for a flag that takes it apart', () => {
    const seen: unknown[] = [];
    const pickVariant = ({ userId, app, request, session, attributes, isUser }: EvaluationContext): string => {
      seen.push(userId, app, request, session, attributes, isUser(7));
      return 'ON';
    };
    aReader({ flags: [aFlag({ pickVariant })], userId: 7, attributes: { plan: 'premium' } }).ff('SOME_FLAG', 'ON');
    expect(seen).toEqual([7, undefined, undefined, undefined, { plan: 'premium' }, true]);
  });

  it('has attributes even where nobody gave any', () => {
    expect(contextOf(1).attributes).toEqual({});
  });

  it('reads each part only when it is asked for', () => {
    const asked: string[] = [];
    class Watched extends Subject {
      override get userKey(): string {
        asked.push('userKey');
        return '1';
      }

      override get session(): undefined {
        asked.push('session');
        return undefined;
      }

      override get attributes(): Record<string, unknown> {
        asked.push('attributes');
        return {};
      }
    }
    const { isUser } = new Watched(aSource()).context;
    expect(asked).toEqual([]);
    isUser(1);
    expect(asked).toEqual(['userKey']);
  });
});
