import { describe, expect, it } from 'vitest';
import { Subject } from '../../src/evaluation/subject.js';
import { unitOf } from '../../src/evaluation/unit.js';
import { aReader } from './a-reader.js';
import { aSource, aSubject } from './a-snapshot.js';

class Visitor extends Subject {
  override get anonymousId(): string {
    return 'anonymous';
  }

  override get sessionId(): string {
    return 'session';
  }
}

describe('the unit of a subject', () => {
  it.each([
    ['the user', 1, undefined, '1'],
    ['for a visitor the anonymous id', undefined, undefined, 'anonymous'],
    ['the user alone, by userId', undefined, 'userId', undefined],
    ['the browser even after log-in, by anonymousId', 1, 'anonymousId', 'anonymous'],
    ['the session, by sessionId', 1, 'sessionId', 'session'],
    ['an attribute, by its name', 1, 'company', 'acme'],
    ['an attribute that is a number', 1, 'team', '0'],
    ['nothing where the attribute is missing', 1, 'plan', undefined],
    ['nothing where the attribute is no id', 1, 'address', undefined],
    ['nothing that every object has', 1, 'constructor', undefined],
    ['nothing of the prototype', 1, '__proto__', undefined],
  ])('is %s', (_what, userId, bucketBy, unit) => {
    const attributes = { company: 'acme', team: 0, address: { city: 'Oslo' } };
    expect(unitOf(new Visitor(aSource(), userId, attributes), bucketBy)).toBe(unit);
  });

  it('is an attribute that has an odd name when the app gives one', () => {
    expect(unitOf(aSubject(1, JSON.parse('{ "__proto__": "acme" }')), '__proto__')).toBe('acme');
  });

  it('outside a request is the user or nothing', () => {
    expect(['userId', 'anonymousId', 'sessionId', undefined].map((by) => unitOf(aSubject(7), by))).toEqual([
      '7',
      undefined,
      undefined,
      '7',
    ]);
  });

  it('keeps the people of one company together when a flag is bucketed by it', () => {
    const definitions = { NEW_INVOICE: { bucketBy: 'company', serve: { percentage: 50 } } };
    const shares = ['acme', 'globex', 'initech', 'umbrella', 'hooli'].map((company) => {
      const of = (userId: number) => aReader({ definitions, userId, attributes: { company } }).ffVariant('NEW_INVOICE');
      return new Set([1, 2, 3, 4, 5, 6, 7, 8].map(of));
    });
    expect(shares.map(({ size }) => size)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(shares.flatMap((variants) => [...variants]))).toEqual(new Set(['on', 'off']));
  });

  it('leaves a flag off, never breaks it, where the attributes were said to be null', () => {
    const definitions = { NEW_INVOICE: { bucketBy: 'company', serve: { percentage: 50 } } };
    expect(aReader({ definitions, userId: 1, attributes: null as never }).ffVariant('NEW_INVOICE')).toBe('off');
  });
});
