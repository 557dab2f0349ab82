import type { Definitions } from 'express-gatekeeper';
import { memoryStore } from 'express-gatekeeper/stores/memory';
import { describe, expect, it } from 'vitest';
import { draftOf } from '../../src/dashboard/editing/draft-of.js';
import { fieldsIn } from '../../src/dashboard/editing/fields.js';
import { aVisitor, type Visitor } from './an-app.js';

const PAY = {
  description: 'One-click payment',
  kind: 'experiment',
  owner: 'payments',
  expires: '2027-03-31',
  tags: ['shop'],
  variants: ['control', 'one_click', 'wallet'],
  overrides: { wallet: [42] },
  rules: [
    { name: 'staff', when: { email: '*@company.com' }, serve: 'one_click' },
    { when: { any: [{ country: ['SE', 'NO'] }, { not: { not: { not: { plan: 'a' } } } }] }, serve: { percentage: 20 } },
  ],
  serve: { split: { control: 50, one_click: 25, wallet: 25 } },
};

interface Given {
  readonly flags?: Definitions['flags'];
  readonly userId?: number;
  readonly can?: readonly ('view' | 'override' | 'edit' | 'kill')[];
}

async function withFlags({
  flags = { pay: PAY },
  userId = 42,
  can = ['view', 'override', 'edit', 'kill'],
}: Given = {}): Promise<Visitor> {
  const store = memoryStore();
  await store.apply('default', { flags, segments: { beta: [1] } }, { by: 'bob' });
  return aVisitor({
    gatekeeper: { store, userId: () => userId, attributes: () => ({ country: 'SE', user: { plan: 'premium' } }) },
    options: { authorize: () => ({ by: 'ann', can }) },
  });
}

/** The fields of a definition, as the form sends them. */
function fieldsOf(
  definition: Definitions['flags'][string],
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const draft = draftOf(definition);
  if (typeof draft === 'string') throw new Error(draft);
  return { flag: 'pay', revision: '1', ...Object.fromEntries(fieldsIn(draft)), ...more };
}

describe('the page of a flag', () => {
  it('says what it is, what this browser gets and why, and shows its definition', async () => {
    const { status, text } = await (await withFlags()).open('/flag?name=pay');
    expect(status).toBe(200);
    for (const word of ['One-click payment', 'experiment', 'payments', '2027-03-31', 'shop'])
      expect(text).toContain(word);
    expect(text).toContain('User 42 is set to wallet.');
    expect(text).toContain('serve:\n  split:\n    control: 50');
    expect(text).toContain('href="history?flag=pay"');
    expect(text).toContain('href="shut?name=pay"');
  });

  it('names the class behind a flag, and offers no variants for it', async () => {
    const { text } = await (await withFlags()).open('/flag?name=MY_NEW_FEATURE');
    expect(text).toContain('<code>PlainFlag</code>');
    expect(text).toContain('The code decides');
    expect(text).not.toContain('name="variants.rows');
    expect(text).not.toContain('data-part="variants"');
  });

  it('draws a ramp over time, with its steps and now', async () => {
    const flags = {
      pay: {
        serve: {
          ramp: {
            start: '2001-01-01',
            days: [
              [0, 1],
              [10, 50],
              [20, 100],
            ],
          },
        },
      },
    };
    const { text } = await (await withFlags({ flags })).open('/flag?name=pay');
    expect(text.match(/class="ramp-step[ "]/g)?.length).toBe(6); // beside the definition and in the form
    expect(text).toContain('100 % now.');
    expect(text).toContain(
      '<time datetime="2001-01-11T00:00:00.000Z">2001-01-11 00:00 UTC</time> <strong>50 %</strong>',
    );
  });

  it('draws nothing for a ramp that makes no sense', async () => {
    const visitor = await withFlags();
    const broken = {
      serve: {
        ramp: {
          start: '2001-01-01',
          days: [
            [10, 50],
            [3, 1],
          ],
        },
      },
    };
    const { status, text } = await visitor.post('/flag-form', fieldsOf(broken as never, { op: 'again' }));
    expect(status).toBe(200);
    expect(text.match(/ramp-step"/g)).toBeNull();
  });

  it('suggests the attributes and values that were really seen', async () => {
    const visitor = await withFlags({ userId: 7 });
    await visitor.shop();
    const { text } = await visitor.open('/flag?name=pay');
    expect(text).toContain('<option value="user.plan"></option>');
    expect(text).toMatch(/<datalist id="seen-\d+"><option value="premium"><\/option><\/datalist>/);
  });

  it('is for whoever may view; changing takes the right to edit', async () => {
    const visitor = await withFlags({ can: ['view'] });
    const { text } = await visitor.open('/flag?name=pay');
    expect(text).toContain('takes the right “edit”');
    expect(text).not.toContain('action="preview"');
    expect(text).not.toContain('shut?name=');
    expect((await visitor.post('/flag-form', fieldsOf(PAY, { op: 'again' }))).status).toBe(403);
  });

  it('can be read without a store', async () => {
    const { status, text } = await (await aVisitor()).open('/flag?name=MY_NEW_FEATURE');
    expect(status).toBe(200);
    expect(text).toContain('no store');
    expect(text).not.toContain('action="preview"');
  });

  it('knows only flags that there are', async () => {
    const visitor = await withFlags();
    expect((await visitor.open('/flag?name=gone')).status).toBe(404);
    expect((await visitor.open('/flag')).status).toBe(400);
  });
});

describe('the form of a flag, without a script', () => {
  it('adds rules and conditions, moves and removes them, and writes nothing', async () => {
    const visitor = await withFlags();
    const press = async (op: string): Promise<string> =>
      (await visitor.post('/flag-form', fieldsOf(PAY, { op, owner: 'typed just now' }))).text;
    expect(await press('rule rules')).toContain('name="rules.2.name"');
    expect(await press('attribute rules.0.when.parts')).toContain('name="rules.0.when.parts.1.subject"');
    expect(await press('group rules.0.when.parts')).toContain('name="rules.0.when.parts.1.parts.0.subject"');
    expect(await press('down rules.0')).toMatch(/name="rules.1.name"[^>]* value="staff"/);
    expect(await press('remove rules.0')).not.toContain('value="staff"');
    expect(await press('remove rules.7')).toMatch(/name="owner"[^>]* value="typed just now"/);
    for (const odd of [
      'up',
      'remove __proto__.0',
      'rule constructor',
      'attribute rules.0.name',
      'step serve',
      'x y z',
    ]) {
      expect(await press(odd)).toContain('value="staff"');
    }
    expect((await visitor.open('/flag?name=pay')).text).not.toContain('typed just now');
  });

  it('keeps what it cannot show as it is', async () => {
    const { text } = await (await withFlags()).open('/flag?name=pay');
    expect(text).toContain('{&quot;not&quot;:{&quot;plan&quot;:&quot;a&quot;}}');
    expect(text).toContain('it is kept as it is');
  });

  it('sends words of other tools to the text, and offers to say the same in its own', async () => {
    const flags = { pay: { enabled: true, rollout_percentage: 25, target: [{ plan: 'premium' }] } };
    const visitor = await withFlags({ flags });
    const { text } = await visitor.open('/flag?name=pay');
    expect(text).toContain('No form can show this definition.');
    expect(text).toMatch(/<textarea[^>]* name="yaml"/);
    const yaml = JSON.stringify(flags.pay);
    const full = await visitor.post('/flag-form', { flag: 'pay', revision: '1', yaml, op: 'full' });
    expect(full.text).toMatch(/name="rules.0.name"[^>]* value="target 1"/);
    expect(full.text).toMatch(/name="serve.percentage.percentage"[^>]* value="25"/);
  });

  it('turns a list of users into a rule that leaves everyone else off', async () => {
    const visitor = await withFlags({ flags: { pay: [7, 'ann'] } });
    expect((await visitor.open('/flag?name=pay')).text).toMatch(/name="users"[^>]*>\n7\nann<\/textarea>/);
    const { text } = await visitor.post('/flag-form', fieldsOf([7, 'ann'], { op: 'full' }));
    expect(text).toMatch(/name="rules.0.when.parts.0.value"[^>]*>\n7\nann<\/textarea>/);
    expect(text).toContain('name="serve.kind" value="variant" checked');
  });

  it('goes from the form to the text and back without a loss', async () => {
    const visitor = await withFlags();
    const asText = await visitor.post('/flag-form', fieldsOf(PAY, { op: 'yaml', owner: 'typed' }));
    expect(asText.text).toMatch(/<textarea[^>]* name="yaml"[^>]*>\n[^<]*owner: typed\n/);
    const yaml = 'owner: back\nserve: wallet\nvariants: [wallet, off]\n';
    const asForm = await visitor.post('/flag-form', { flag: 'pay', revision: '1', yaml, op: 'form' });
    expect(asForm.text).toMatch(/name="owner"[^>]* value="back"/);
  });

  it('says what is wrong where it stands, with everything typed kept', async () => {
    const visitor = await withFlags();
    const fields = fieldsOf(PAY, {
      'rules.0.when.parts.0.subject': '',
      'serve.split.weights.0.weight': 'much',
      owner: 'typed',
    });
    const { status, text } = await visitor.post('/preview', fields);
    expect(status).toBe(422);
    expect(text).toContain('<a href="#e-rules.0.when.parts.0.subject"><bdi>the attribute is missing</bdi></a>');
    expect(text).toMatch(/name="serve.split.weights.0.weight" aria-invalid="true"[^>]* value="much"/);
    expect(text).toMatch(/name="owner"[^>]* value="typed"/);
  });

  it('shows the line of a text that cannot be read', async () => {
    const visitor = await withFlags();
    const yaml = 'owner: me\nrules:\n  - when: { country: SE }\n    serv: on\n';
    const { status, text } = await visitor.post('/preview', { flag: 'pay', revision: '1', yaml });
    expect(status).toBe(422);
    expect(text).toMatch(/Line \d: Flag &quot;pay&quot;, rules\[0\]: has the unknown key &quot;serv&quot;/);
    expect(text).toMatch(
      /<li class="meant" aria-current="true"><span class="line-number">4<\/span><code> {4}serv: on<\/code>/,
    );
    expect(text).toContain('serv: on\n</textarea>');
    const unreadable = await visitor.post('/preview', { flag: 'pay', revision: '1', yaml: 'a: 1\na: 2\n' });
    expect(unreadable.text).toContain('data-line="2"');
  });

  it('finds the place of what only the other flags can tell', async () => {
    const visitor = await withFlags();
    const fields = fieldsOf({ serve: 'nosuch' });
    const { status, text } = await visitor.post('/preview', fields);
    expect(status).toBe(422);
    expect(text).toContain('<a href="#e-serve">');
    expect(text).toContain('nosuch');
  });

  it('goes on to the preview', async () => {
    const visitor = await withFlags();
    const { status, text } = await visitor.post('/preview', fieldsOf(PAY, { owner: 'others' }));
    expect(status).toBe(200);
    expect(text).toContain('others');
    expect(text).toContain('action="save"');
  });
});
