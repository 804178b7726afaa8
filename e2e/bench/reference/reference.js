// The plain page that Winnow is measured against: what one would write by hand in an hour, without a library.
/* global document, fetch, setTimeout, clearTimeout, URLSearchParams */
const $ = (id) => document.getElementById(id);
const element = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};

const number = new Intl.NumberFormat('en');
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const formatDate = (time) => (time ? date.format(new Date(`${time}Z`)) : '–');
const formatSize = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.ceil(bytes / 1e6)} MB`);
const isImage = (asset) => asset.mime_type.startsWith('image/');
const kindOf = (asset) => (asset.name.endsWith('.safetensors') ? 'model' : asset.mime_type.split('/')[0]);

let offset = 0;
let latest = 0;
const selected = new Set();

function rowOf(asset) {
  const box = element('input', { type: 'checkbox', checked: selected.has(asset.id) });
  box.ariaLabel = `Select ${asset.name}`;
  box.addEventListener('change', () => select([asset.id], box.checked));
  const link = element('a', { href: `?asset=${asset.id}` }, asset.name);
  link.addEventListener('click', (event) => (event.preventDefault(), open(asset.id)));
  const picture = element(isImage(asset) ? 'img' : 'span', { className: 'thumbnail' });
  if (isImage(asset)) {
    Object.assign(picture, { loading: 'lazy', decoding: 'async', alt: '', src: asset.preview_url });
  }
  const tags = asset.tags.map((tag) => element('span', { className: 'tag' }, tag));
  const times = [asset.created_at, asset.updated_at, asset.last_access_time].map(formatDate);
  const cells = [box, picture, link, kindOf(asset), formatSize(asset.size), tags, ...times];
  return element('tr', { id: asset.id }, ...cells.map((content) => element('td', {}, ...[content].flat())));
}

async function load() {
  const request = ++latest;
  const query = new URLSearchParams('include_public=false&sort=created_at&order=desc');
  query.set('limit', $('size').value);
  query.set('offset', offset);
  if ($('search').value) query.set('name_contains', $('search').value);
  const page = await (await fetch(`/api/assets?${query}`)).json();
  if (request !== latest) return;
  $('rows').replaceChildren(...page.assets.map(rowOf));
  $('status').textContent = `${offset + 1}–${offset + page.assets.length} of ${number.format(page.total)}`;
  $('next').disabled = !page.has_more;
  $('previous').disabled = offset === 0;
  $('all').checked = page.assets.every((asset) => selected.has(asset.id));
}

function select(ids, on) {
  for (const id of ids) selected[on ? 'add' : 'delete'](id);
  $('selected').textContent = selected.size > 0 ? `${selected.size} selected` : '';
}

async function open(id) {
  const asset = await (await fetch(`/api/assets/${id}`)).json();
  $('title').textContent = asset.name;
  const text = (value) => (typeof value === 'object' ? JSON.stringify(value) : value);
  const fields = Object.entries(asset).map(([key, value]) => [key, text(value)]);
  $('fields').replaceChildren(
    ...fields.flatMap(([key, value]) => [element('dt', {}, key), element('dd', {}, value)]),
  );
  $('detail').hidden = false;
}

const goTo = (start) => ((offset = Math.max(0, start)), load());
let settling;
$('search').addEventListener('input', () => {
  clearTimeout(settling);
  settling = setTimeout(() => goTo(0), 300);
});
$('size').addEventListener('change', () => goTo(0));
$('next').addEventListener('click', () => goTo(offset + Number($('size').value)));
$('previous').addEventListener('click', () => goTo(offset - Number($('size').value)));
$('close').addEventListener('click', () => ($('detail').hidden = true));
$('all').addEventListener('change', () => {
  const rows = [...$('rows').children];
  for (const row of rows) row.querySelector('input').checked = $('all').checked;
  select(
    rows.map(({ id }) => id),
    $('all').checked,
  );
});
void load();
