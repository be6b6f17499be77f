/**
 * The one script of the screens. Everything works without it: it shows forms in a dialog, tells times in the reader's
 * own zone, keeps a form from being sent twice, looks again while a test call is under way, and copies.
 */
export const SCRIPT = `
'use strict';
(() => {
  const zoned = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const dated = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  const { timeZone } = zoned.resolvedOptions();
  const isUtc = ['UTC', 'Etc/UTC', 'GMT'].includes(timeZone);
  const inZone = (text) => text.replace('{zone}', timeZone.replaceAll('_', ' '));
  const withoutZero = (iso) => iso.slice(0, 19).replace(/:00$/, '');

  // A field of the reader's own zone, and what it says in UTC: that is sent.
  const ownZone = (field) => {
    const sent = document.createElement('input');
    sent.type = 'hidden';
    sent.name = field.name;
    field.removeAttribute('name');
    field.labels[0].textContent = inZone(field.dataset.zoned);
    const at = new Date(field.value + 'Z');
    if (field.value !== '') {
      field.value = withoutZero(new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString());
    }
    const say = () => {
      sent.value = field.value === '' ? '' : withoutZero(new Date(field.value).toISOString());
      const beside = document.getElementById(field.id + '-utc');
      if (beside !== null) beside.textContent = sent.value === '' ? '' : sent.value.replace('T', ' ') + 'Z';
    };
    field.addEventListener('input', say);
    field.after(sent);
    say();
  };

  const told = (root) => {
    for (const time of root.querySelectorAll('time[datetime]')) {
      if (time.closest('[data-utc]') !== null) continue;
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.title = time.textContent;
      const isBoth = time.hasAttribute('data-beside');
      if (isBoth && isUtc) continue;
      time.textContent = (time.hasAttribute('data-day') ? dated : isBoth ? exact : zoned).format(at);
      if (!isBoth) continue;
      const utc = document.createElement('span');
      utc.className = 'label';
      utc.textContent = time.title;
      time.removeAttribute('title');
      time.append(' ', utc);
    }
    if (!isUtc) {
      for (const field of root.querySelectorAll('input[data-zoned]')) ownZone(field);
      for (const zone of root.querySelectorAll('[data-zone]')) zone.textContent = inZone(zone.dataset.zone);
    }
    for (const button of root.querySelectorAll('[data-copy]')) button.hidden = false;
    for (const vendor of root.querySelectorAll('select[data-vendors]')) needs(vendor);
  };

  const needs = (vendor) => {
    const form = vendor.form;
    if (form === null) return;
    for (const field of form.querySelectorAll('[data-needs]')) {
      field.hidden = !field.dataset.needs.split(' ').includes(vendor.value);
    }
    for (const where of form.querySelectorAll('[data-where]')) {
      where.hidden = where.querySelectorAll('[data-needs]:not([hidden])').length === 0;
      if (!where.hidden && 'open' in where) where.open = true;
    }
  };

  const pageAt = async (address) => {
    const response = await fetch(address, { credentials: 'same-origin', redirect: 'error' });
    if (!response.ok) throw new Error(String(response.status));
    return new DOMParser().parseFromString(await response.text(), 'text/html');
  };

  // The same page as it is now: who is somewhere on it stays there.
  const renewed = (page) => {
    const main = page.querySelector('main');
    if (main === null) throw new Error('no page');
    const { id, href } = document.activeElement ?? {};
    document.querySelector('main')?.replaceWith(main);
    told(main);
    const at = id ? document.getElementById(id) : [...main.querySelectorAll('a[href]')].find((a) => a.href === href);
    at?.focus();
  };

  let opener = null;
  const shown = (page, address) => {
    const content = page.querySelector('main [data-dialog-body]');
    if (content === null) throw new Error('no dialog');
    document.querySelector('dialog')?.remove();
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'dialog-title');
    const title = page.querySelector('main h1');
    if (title !== null) title.id = 'dialog-title';
    dialog.append(...(title === null ? [] : [title]), content);
    dialog.dataset.address = address;
    document.body.append(dialog);
    told(dialog);
    dialog.addEventListener('close', () => { dialog.remove(); opener?.focus(); });
    dialog.showModal();
    dialog.querySelector('[autofocus]')?.focus();
  };

  document.addEventListener('click', async (event) => {
    if (!(event.target instanceof Element)) return;
    const copy = event.target.closest('[data-copy]');
    if (copy !== null) {
      await navigator.clipboard.writeText(copy.dataset.copy);
      copy.textContent = copy.dataset.copied;
      return;
    }
    const dialog = event.target.closest('dialog');
    if (dialog !== null && event.target.closest('[data-cancel]') !== null) {
      event.preventDefault();
      dialog.close();
      return;
    }
    const link = event.target.closest('a[data-dialog]');
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (dialog === null) opener = link;
    try { shown(await pageAt(link.href), link.href); } catch { location.assign(link.href); }
  });

  let choice = 0;
  document.addEventListener('change', async (event) => {
    const { target } = event;
    if (!(target instanceof HTMLSelectElement)) return;
    if (target.hasAttribute('data-vendors')) needs(target);
    const { form } = target;
    if (form === null || !form.hasAttribute('data-rehearsal')) return;
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    const dialog = target.closest('dialog');
    const mine = choice += 1;
    try {
      const page = await pageAt(address.href);
      // Somebody chose again meanwhile, or went away.
      if (mine !== choice || !target.isConnected) return;
      if (dialog === null) {
        renewed(page);
        history.replaceState(null, '', address);
        return;
      }
      shown(page, address.href);
      document.getElementById(target.id)?.focus();
    } catch { location.assign(address); }
  });

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (form.dataset.working === undefined) return;
    if (form.dataset.sent === 'yes') { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    const button = event.submitter;
    if (button instanceof HTMLButtonElement) {
      button.textContent = form.dataset.working;
      button.setAttribute('aria-busy', 'true');
    }
  });

  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  const follow = async () => {
    const waiting = document.querySelector('[data-follow]');
    if (waiting === null) return;
    try {
      const page = await pageAt(location.href);
      if (page.querySelector('main [data-follow]') === null) { renewed(page); return; }
    } catch { return; }
    setTimeout(follow, 1500);
  };

  // A notice is told once: whoever loads the page again reads what is.
  const here = new URL(location.href);
  if (here.searchParams.has('notice')) {
    here.searchParams.delete('notice');
    history.replaceState(null, '', here);
  }
  told(document);
  setTimeout(follow, 1000);
})();
`;
