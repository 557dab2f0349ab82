import { type Flags, type Gatekeeper, gatekeeper } from 'express-gatekeeper';
import { describe, expect, it, onTestFinished } from 'vitest';
import { workIn } from '../stores/a-folder.js';
import { AnyFlag, MyNewFeature } from './flags.js';
import { Recorder } from './recorder.js';

/** A gatekeeper that finds this file, and what it says about it. */
function gatekeeperWith(file: string, flags: Flags = []): { gk: Gatekeeper; messages: readonly string[] } {
  workIn({ 'flags.yaml': file });
  const logger = new Recorder();
  const gk = gatekeeper({ flags, logger });
  onTestFinished(() => gk.close());
  return { gk, messages: logger.messages };
}

describe('gatekeeper() refuses a flags.yaml', () => {
  it.each([
    ['with a broken line', 'flags:\n  new_search: true\n  - beta\n', /^flags\.yaml cannot be parsed: .*line 3/],
    [
      'with a flag that is there twice',
      'flags:\n  beta: true\n  beta: false\n',
      /^flags\.yaml cannot be parsed: .*line 3/,
    ],
    ['without its top', 'new_search: true', /^flags\.yaml:1 .*'new_search'.*top-level `flags:`/],
    ['whose flags are no map', 'flags: [new_search]', /^flags\.yaml has no map under flags; .*top-level `flags:`/],
    ['that is a list', '- new_search', /^flags\.yaml is not a map; .*top-level `flags:`/],
    [
      'with both of its tops',
      'flags: { a: true }\nfeatures: { b: true }',
      /^flags\.yaml:2 has both flags and features; /,
    ],
  ])('%s as a whole, and says where', (_what, text, message) => {
    workIn({ 'flags.yaml': text });
    expect(() => gatekeeper()).toThrow(message);
    expect(() => gatekeeper()).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
  });

  it('that cannot be read at all', () => {
    workIn({ 'flags.yaml/': '' });
    expect(() => gatekeeper()).toThrow(/^Cannot read the flags in flags\.yaml: it is not a file/);
    expect(() => gatekeeper()).toThrow(expect.objectContaining({ code: 'INVALID_FILE' }));
  });
});

describe('a flag in flags.yaml that cannot be used', () => {
  it.each([
    ['a percentage that is none', 'beta: 120', /^flags\.yaml:3: Flag "beta" is 120; .*from 0 to 100/],
    ['a word', 'beta: maybe', /^flags\.yaml:3: Flag "beta" is "maybe"; use true, false/],
    [
      'a misspelt key',
      'beta: { serv: on }',
      /^flags\.yaml:3: Flag "beta" has the unknown key "serv"; did you mean 'serve'\?/,
    ],
    ['an unknown variant', 'beta: { serve: onn }', /^flags\.yaml:3: Flag "beta", serve: "onn" .*did you mean 'on'\?/],
    ['an unknown segment', 'beta: { rules: [{ when: { segment: x } }] }', /^flags\.yaml:3: .*rules\[0\].*segment "x"/],
    [
      'an unknown prerequisite',
      'beta: { prerequisites: { x: on } }',
      /^flags\.yaml:3: .*prerequisites: there is no flag "x"/,
    ],
    [
      'itself as prerequisite',
      'beta: { prerequisites: { beta: on } }',
      /^flags\.yaml:3: Flag "beta" depends on itself/,
    ],
  ])('is set aside for %s, and the log says where and what', (_what, line, message) => {
    const { gk, messages } = gatekeeperWith(`flags:\n  before: true\n  ${line}\n  after: [7]\n`);
    expect(gk.for({ userId: 7 }).all()).toEqual({ before: 'on', beta: 'off', after: 'on' });
    expect(messages).toHaveLength(1);
    expect(messages[0]?.replace('gatekeeper: ', '')).toMatch(message);
    expect(gk.health()).toMatchObject({ status: 'degraded', cause: expect.stringMatching(message) });
  });

  it('is set aside for its name, and the log says where and what', () => {
    const { gk, messages } = gatekeeperWith('flags:\n  plain: true\n  /beta: true\n');
    expect(gk.for().isEnabled('plain')).toBe(true);
    expect(messages).toEqual([expect.stringMatching(/flags\.yaml:3: .*"\/beta" for its name/)]);
  });

  it('reads as off, and says why', () => {
    const flags = gatekeeperWith('flags: { beta: 120 }').gk.for();
    expect(flags.details('beta')).toMatchObject({ variant: 'off', reason: 'ERROR', errorCode: 'PARSE_ERROR' });
    expect(flags.explain('beta').text).toMatch(/cannot be used: flags\.yaml:1: Flag "beta" is 120/);
  });

  it('leaves the choice to the class of its name', () => {
    const flags = [new MyNewFeature(), new AnyFlag('OTHER', () => 'on')];
    const { gk, messages } = gatekeeperWith('flags: { OTHER: false, MY_NEW_FEATURE: { serve: SHOWN } }', flags);
    expect(gk.for({ userId: 1 }).all()).toEqual({ OTHER: 'off', MY_NEW_FEATURE: 'VISIBLE' });
    expect(gk.for({ userId: 4 }).details('MY_NEW_FEATURE')).toMatchObject({
      variant: 'NOT_VISIBLE',
      reason: 'DEFAULT',
    });
    expect(messages).toEqual([
      expect.stringMatching(/flags\.yaml:1: Flag "MY_NEW_FEATURE", serve: "SHOWN" .*'VISIBLE', 'NOT_VISIBLE'/),
    ]);
  });

  it('takes those down that depend on a segment that cannot be used, and no others', () => {
    const { gk, messages } = gatekeeperWith(
      'flags:\n  beta: { rules: [{ when: { segment: testers } }] }\n  plain: true\nsegments:\n  testers: 7\n',
    );
    expect(gk.for().all()).toEqual({ beta: 'off', plain: 'on' });
    expect(messages).toEqual([
      expect.stringMatching(/flags\.yaml:5: Segment "testers" is 7/),
      expect.stringMatching(/flags\.yaml:2: Flag "beta".*segment "testers"/),
    ]);
  });
});

it('a definition in code that cannot be used is refused, as an app can mend it at once', () => {
  const definitions = { flags: { fine: true, beta: 120 } };
  expect(() => gatekeeper({ flags: [], definitions })).toThrow(/^definitions: Flag "beta" is 120/);
});
