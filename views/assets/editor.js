// Comforts of the form that changes a flag. All that its buttons do the server does: here only the part of the page that
// changes is taken from its answer.

const form = document.getElementById('editor') ?? document.getElementById('create');
const address = 'flag-form';

let dirty = false;
let asked = 0;

/** Shows the answer to `operation` in place; the whole page goes there when that fails. */
async function operate(operation, button) {
  const body = new URLSearchParams(new FormData(form));
  body.set('op', operation);
  asked += 1;
  const mine = asked;
  try {
    const answer = await fetch(address, { method: 'POST', body });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const parts = page.getElementById('editor');
    // Somebody went on meanwhile: a later answer will tell more.
    if (mine !== asked) return;
    if (parts === null) throw new Error(`${answer.status}`);
    show(parts, body);
  } catch {
    if (mine === asked) form.requestSubmit(button ?? undefined);
  }
}

/** @param sent the form that `parts` answers */
function show(parts, sent) {
  const typed = new FormData(form);
  const open = new Map([...form.querySelectorAll('details[data-part]')].map((part) => [part.dataset.part, part.open]));
  const left = leave();
  form.replaceChildren(...document.importNode(parts, true).childNodes);
  for (const part of form.querySelectorAll('details[data-part]')) part.open = open.get(part.dataset.part) ?? part.open;
  keep(typed, sent);
  dress();
  const next = document.getElementById('problems') ?? toGoOnIn();
  if (next) next.focus();
  else left();
}

/** What was typed while the answer was on its way it does not know: that stays. */
function keep(typed, sent) {
  for (const [name, value] of typed) {
    const before = sent.get(name) ?? '';
    const field = value === before ? null : form.elements.namedItem(name);
    // Where the answer put something else, as after a move, it is another field now.
    if (field?.value !== before) continue;
    field.value = value;
    if (field instanceof Element) field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** Remembers where somebody is, to put them there again. */
function leave() {
  const { id, value, selectionStart, selectionEnd } = document.activeElement;
  const top = document.activeElement.getBoundingClientRect().top;
  return () => {
    const field = id ? document.getElementById(id) : null;
    if (field === null) return;
    field.focus({ preventScroll: true });
    if (typeof selectionStart === 'number' && field.value === value)
      field.setSelectionRange(selectionStart, selectionEnd);
    window.scrollBy(0, field.getBoundingClientRect().top - top);
  };
}

/** Where the answer says to go on. */
function toGoOnIn() {
  const place = form.querySelector('[data-focus]')?.dataset.focus;
  return place ? reachable(place) : undefined;
}

/** The field to go on in: the place itself, or the first field inside. */
function reachable(place) {
  const around = document.getElementById(`e-${place}`);
  if (around?.matches('input, select, textarea')) return around;
  const field = 'input:not([type="hidden"], [hidden]), select, textarea, button:not(:disabled)';
  return [...(around?.querySelectorAll(field) ?? [])].find((each) => each.offsetParent !== null);
}

/** What only makes sense with a script. */
function dress() {
  for (const slider of form.querySelectorAll('[data-slides]')) {
    slider.hidden = false;
    slide(slider);
  }
  const text = form.querySelector('[data-line]');
  if (text) select(text, Number(text.dataset.line));
}

function slide(slider) {
  const number = document.getElementById(slider.dataset.slides);
  slider.value = Number.parseFloat(number?.value) || 0;
}

/** Selects a line, so that it is seen and can be mended at once. */
function select(text, line) {
  const lines = text.value.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  text.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}

/** What the weights of a split come to. */
function weigh(table) {
  const weights = [...table.querySelectorAll('.weight')].map(({ value }) => (value.trim() === '' ? 0 : Number(value)));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const good = sum > 0 && weights.every((weight) => weight >= 0);
  table.querySelectorAll('.share-of').forEach((cell, index) => {
    cell.textContent = good ? `${Number(((weights[index] / sum) * 100).toPrecision(3))} %` : '–';
  });
}

function listen() {
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button[name="op"]');
    if (!button) return;
    event.preventDefault();
    dirty ||= !['form', 'yaml'].includes(button.value);
    void operate(button.value, button);
  });
  form.addEventListener('input', ({ target }) => {
    dirty = true;
    if (target.dataset.slides) {
      const number = document.getElementById(target.dataset.slides);
      number.value = target.value;
    }
    for (const slider of form.querySelectorAll('[data-slides]')) {
      if (slider !== target && slider.dataset.slides === target.id) slide(slider);
    }
    if (target.classList.contains('weight')) weigh(target.closest('table'));
  });
  form.addEventListener('change', ({ target }) => {
    if (target.matches('[data-renews], .of-days .field, .of-at .field, .of-window .field, .way [name$=".kind"]'))
      void operate('again');
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener('submit', () => {
    asked += 1; // an answer that comes now is too late
    dirty = false;
  });
  window.addEventListener('beforeunload', (event) => {
    if (dirty) event.preventDefault();
  });
}

if (form?.id === 'editor') {
  form.classList.add('is-lively');
  listen();
  dress();
} else if (form) {
  dress();
  form.addEventListener('input', ({ target }) => {
    if (target.dataset.slides) document.getElementById(target.dataset.slides).value = target.value;
    for (const slider of form.querySelectorAll('[data-slides]')) if (slider !== target) slide(slider);
  });
}
