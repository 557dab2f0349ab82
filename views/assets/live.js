// Tells a page that flags were changed while it is open. It never reloads by itself.

const { live, by: me, reloads } = document.body.dataset;

/** What was told since the page was made. */
const flags = new Set();
const people = new Set();
let more = 0;

const since = new URL(live, location.href);
let source;
let leaving = false;

function listen() {
  if (source !== undefined || document.hidden || leaving) return;
  source = new EventSource(since);
  source.addEventListener('change', ({ data, lastEventId }) => {
    since.searchParams.set('since', lastEventId);
    hear(JSON.parse(data));
  });
}

// A page that nobody looks at keeps no connection: browsers have few of them. What it missed it is told later.
function hush() {
  source?.close();
  source = undefined;
}

function hear({ flags: names, count, by }) {
  // The form that is on its way made this change, or will meet it.
  if (leaving) return;
  for (const name of names) flags.add(name);
  for (const name of by) people.add(name);
  more = Math.max(more, count - names.length);
  show();
}

function show() {
  const bar = document.getElementById('live') ?? newBar();
  // Readers tell what comes into a region that is there already.
  setTimeout(() => bar.replaceChildren(words(), ...actions(bar)), 50);
}

function newBar() {
  const bar = document.createElement('div');
  bar.id = 'live';
  bar.className = 'live';
  bar.setAttribute('role', 'status');
  document.body.append(bar);
  return bar;
}

function words() {
  const text = document.createElement('p');
  const who = listed(people.size === 1 && people.has(me) ? ['You'] : [...people], 0);
  if (who.length > 0) text.append(...who, ' changed ', ...listed([...flags], more));
  else text.append(...listed([...flags], more), ' changed');
  text.append(people.has(me) && people.size === 1 ? ' elsewhere.' : '.');
  return text;
}

/** At most three names, set apart from the words around them, whatever they say. */
function listed(names, uncounted) {
  const shown = names.slice(0, 3);
  const rest = names.length - shown.length + uncounted;
  const parts = shown.map((name) => {
    const part = document.createElement('bdi');
    part.textContent = name.length > 80 ? `${name.slice(0, 79)}…` : name;
    return part;
  });
  if (rest > 0) parts.push(`${rest} more`);
  return parts.flatMap((part, index) => (index === 0 ? [part] : [index === parts.length - 1 ? ' and ' : ', ', part]));
}

function actions(bar) {
  const all = [];
  if (reloads) all.push(button('Reload', 'button button-main', () => location.reload()));
  all.push(button('Not now', 'button button-quiet', () => bar.remove()));
  return all;
}

function button(text, look, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = look;
  made.textContent = text;
  made.addEventListener('click', press);
  return made;
}

document.addEventListener('visibilitychange', () => (document.hidden ? hush() : listen()));
document.addEventListener('submit', (event) => {
  if (event.defaultPrevented) return;
  leaving = true;
  hush();
});
addEventListener('pagehide', hush);
addEventListener('pageshow', () => {
  leaving = false;
  listen();
});
listen();
