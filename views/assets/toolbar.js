// The toolbar in an app’s own pages: what this page read, and buttons to something else. It lives in a shadow root, so that
// the app’s styles and its own leave each other alone. All text goes in as text: names of flags may say anything.

const HERE = new URL('.', import.meta.url);

/** What outlives the reload after a button: whether the panel was open, which flag was switched, what to say about it. */
const KEPT = 'gatekeeper-toolbar';

/** From so many flags on, there is a box to search them. */
const MANY = 12;

class Toolbar {
  constructor(root, { flags, overrides }) {
    this.overrides = overrides;
    this.kept = takeKept();
    // What was overridden first: that is what makes this page differ from others’.
    this.flags = [...flags].sort(
      (a, b) => Number(Object.hasOwn(overrides, b.flag)) - Number(Object.hasOwn(overrides, a.flag)),
    );

    this.said = make('p', { class: 'said', role: 'status' });
    this.pill = this.makePill();
    this.panel = this.makePanel();
    this.bar = make('section', { class: 'bar', 'aria-label': 'Feature flags on this page' }, this.panel, this.pill);
    this.bar.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.panel.hidden) return;
      event.stopPropagation();
      this.close();
      this.pill.focus();
    });
    root.append(this.bar);
    this.reopen();
  }

  get count() {
    return Object.keys(this.overrides).length;
  }

  /** As it was before the page was loaded anew. */
  reopen() {
    const { open, flag, said } = this.kept;
    if (!open) return;
    this.open();
    this.say(said ?? '');
    const row = [...this.panel.querySelectorAll('.flag')].find(({ dataset }) => dataset.flag === flag);
    (row?.querySelector('[aria-pressed="true"]') ?? this.pill).focus();
  }

  makePill() {
    const { length } = this.flags;
    const overridden = this.count > 0 && make('strong', {}, `${this.count} overridden`);
    const pill = make(
      'button',
      {
        type: 'button',
        class: `pill${this.count > 0 ? ' pill-active' : ''}`,
        'aria-expanded': 'false',
        'aria-controls': 'panel',
      },
      mark(),
      make('span', {}, `${length} ${length === 1 ? 'flag' : 'flags'}`),
      overridden,
    );
    pill.addEventListener('click', () => (this.panel.hidden ? this.open() : this.close()));
    return pill;
  }

  makePanel() {
    const list = make('ul', { class: 'flags' }, ...this.flags.map((flag) => this.makeRow(flag)));
    return make(
      'div',
      { class: 'panel', id: 'panel', hidden: '' },
      make('div', { class: 'head' }, make('strong', {}, 'Flags on this page'), make('a', { href: HERE }, 'All flags')),
      this.said,
      this.count > 0 && this.makeActive(),
      this.flags.length > MANY && this.makeSearch(list),
      this.flags.length > 0 ? list : make('p', { class: 'none' }, 'This page read none.'),
    );
  }

  makeActive() {
    const here = new Set(this.flags.map(({ flag }) => flag));
    const elsewhere = Object.entries(this.overrides).filter(([flag]) => !here.has(flag));
    const clear = make('button', { type: 'button' }, 'Clear all');
    clear.addEventListener('click', () =>
      this.send('clear-all', {}, { said: 'All overrides of this browser are cleared.' }),
    );
    return make(
      'div',
      { class: 'active' },
      make(
        'div',
        { class: 'active-head' },
        make('strong', {}, `${this.count} ${this.count === 1 ? 'override' : 'overrides'} in this browser`),
        clear,
      ),
      elsewhere.length > 0 &&
        make(
          'p',
          { class: 'elsewhere' },
          'Not on this page: ',
          ...elsewhere.flatMap(([flag, variant], index) => [
            index > 0 && ', ',
            make('bdi', {}, flag),
            ' is ',
            make('bdi', {}, variant),
          ]),
        ),
    );
  }

  makeSearch(list) {
    const box = make('input', {
      type: 'search',
      class: 'search',
      placeholder: 'Search',
      'aria-label': 'Search the flags of this page',
    });
    box.addEventListener('input', () => {
      const words = box.value.toLowerCase().split(/\s+/);
      for (const row of list.children) {
        const text = row.dataset.flag.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
    return box;
  }

  makeRow({ flag, variant, why, reason, variants, offVariant, overridable }) {
    const override = Object.hasOwn(this.overrides, flag) ? this.overrides[flag] : undefined;
    const classes = (name) =>
      `variant${name === offVariant ? ' is-off' : ''}${name === override ? ' is-override' : ''}`;
    const choices = variants.map((name) => {
      const marks = { class: classes(name), title: name };
      if (!overridable)
        return make('span', { ...marks, 'aria-current': name === variant ? 'true' : undefined }, make('bdi', {}, name));
      const button = make(
        'button',
        { ...marks, type: 'button', 'aria-pressed': String(name === variant) },
        make('bdi', {}, name),
      );
      button.addEventListener('click', () => this.set(flag, name));
      return button;
    });
    return make(
      'li',
      { class: `flag${override === undefined ? '' : ' flag-overridden'}`, 'data-flag': flag },
      make(
        'div',
        { class: 'flag-head' },
        make('a', { class: 'name', href: addressOf('flag', { name: flag }) }, make('bdi', {}, flag)),
        make('span', { class: 'reason' }, reason),
      ),
      make('p', { class: 'why' }, make('bdi', {}, why)),
      make(
        'div',
        { class: 'choice' },
        make('div', { class: 'variants', role: 'group', 'aria-label': `Variant of ${flag}` }, ...choices),
        override !== undefined && this.makeClear(flag),
        overridable ? this.makeCopy(flag, variant) : make('span', { class: 'closed' }, 'takes no overrides'),
      ),
    );
  }

  makeClear(flag) {
    const button = make(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': `Clear the override of ${flag}` },
      'Clear',
    );
    button.addEventListener('click', () => this.set(flag, ''));
    return button;
  }

  makeCopy(flag, variant) {
    const href = addressOf('share', { flag, variant });
    const link = make('a', { class: 'quiet', href, 'aria-label': `Copy a link to ${variant} of ${flag}` }, 'Copy link');
    link.addEventListener('click', async (event) => {
      // Where a page may not write to the clipboard, the link leads to what it links to.
      if (!navigator.clipboard) return;
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(String(href));
        this.say('The link is copied. Whoever opens it is asked first.');
      } catch {
        location.assign(href);
      }
    });
    return link;
  }

  open() {
    this.panel.hidden = false;
    this.pill.setAttribute('aria-expanded', 'true');
    keep({ open: true });
  }

  close() {
    this.panel.hidden = true;
    this.pill.setAttribute('aria-expanded', 'false');
    keep({ open: false });
  }

  say(text, failed = false) {
    this.said.classList.toggle('said-failed', failed);
    this.said.textContent = text;
  }

  set(flag, variant) {
    const said = variant === '' ? `${flag} is no longer overridden.` : `${flag} is set to ${variant} in this browser.`;
    return this.send('override', { flag, variant }, { flag, said });
  }

  /** Sends one of the dashboard’s own forms, and loads this page anew. */
  async send(form, fields, about) {
    if (this.bar.getAttribute('aria-busy') === 'true') return;
    this.bar.setAttribute('aria-busy', 'true');
    try {
      const { token, mayOverride } = await (await accepted(fetch(addressOf('toolbar', {})))).json();
      if (!mayOverride) throw new Refusal('Overrides are not open to this browser.');
      const body = new URLSearchParams({ ...fields, token });
      // The answer leads to the dashboard: what it leads to is not wanted here.
      await accepted(fetch(addressOf(form, {}), { method: 'POST', body, redirect: 'manual' }));
      keep({ open: true, ...about });
      location.reload();
    } catch (error) {
      this.bar.removeAttribute('aria-busy');
      this.say(
        error instanceof Refusal ? error.message : 'The dashboard cannot be reached. Nothing was changed.',
        true,
      );
    }
  }
}

class Refusal extends Error {}

/** The answer, when it is not a refusal; what a refusal says is the heading of the page it came with. */
async function accepted(request) {
  const answer = await request;
  if (answer.ok || answer.type === 'opaqueredirect') return answer;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  throw new Refusal(
    `${page.querySelector('h1')?.textContent.trim() ?? `It was answered ${answer.status}`}. Nothing was changed.`,
  );
}

function addressOf(path, query) {
  const address = new URL(path, HERE);
  address.search = new URLSearchParams(query);
  return address;
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter(Boolean));
  return element;
}

/** The barrier of the dashboard. */
function mark() {
  const svg = (tag, attributes) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const picture = svg('svg', { class: 'mark', viewBox: '0 0 24 24', width: 20, height: 20, 'aria-hidden': 'true' });
  picture.append(
    svg('path', { class: 'mark-arm', d: 'M6 13 21 5.5' }),
    svg('path', { class: 'mark-stripes', d: 'm11 10.5 1.8-.9M15.4 8.3l1.8-.9' }),
    svg('path', { class: 'mark-post', d: 'M6 11v9M3 20.5h6' }),
  );
  return picture;
}

/** A browser may refuse to keep anything: then the panel is shut after each reload. */
function keep(state) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(state));
  } catch {}
}

/** What was said is said once. */
function takeKept() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
    keep({ open: kept.open === true });
    return kept;
  } catch {
    return {};
  }
}

/** Shared by all toolbars of a page. Made here, because a page's policy for styles need not know of it. */
const looks = accepted(fetch(new URL('toolbar.css', HERE))).then(async (answer) =>
  new CSSStyleSheet().replace(await answer.text()),
);

class GatekeeperToolbar extends HTMLElement {
  async connectedCallback() {
    try {
      const sheet = await looks;
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      new Toolbar(root, JSON.parse(this.dataset.toolbar));
    } catch {
      // Without looks, the plain list that stands here already is better.
    }
  }
}

// Last, because it makes the toolbars that are on the page already.
if (!customElements.get('gatekeeper-toolbar')) customElements.define('gatekeeper-toolbar', GatekeeperToolbar);
