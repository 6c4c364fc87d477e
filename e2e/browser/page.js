// What the verbs ask of a page. Evaluated anew for each question; leaves nothing behind
// but one note on window while a press is under way. Must work where the page's own
// scripts are switched off: no timer, no promise, no listener is relied on.
((question, ...args) => {
  // People don't see which space or apostrophe was typed, nor what CSS did to the case.
  const fold = s => (s ?? "").replace(/[’ʼ]/g, "'").replace(/[\s\u00a0\u202f\u2009]+/g, " ").trim().toLowerCase();
  const shown = el => el.checkVisibility({ visibilityProperty: true }) &&
    [...el.getClientRects()].some(r => r.width > 0 && r.height > 0);

  const textOf = el => {
    const copy = el.cloneNode(true);
    copy.querySelectorAll("input,select,textarea,button,script,style").forEach(x => x.remove());
    return copy.textContent;
  };
  const referred = (el, attribute) => (el.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean)
    .map(id => document.getElementById(id)?.textContent ?? "").join(" ");

  const names = {
    field: el => [referred(el, "aria-labelledby"), el.getAttribute("aria-label"),
      ...[...(el.labels ?? [])].map(textOf), el.placeholder, el.title, el.name],
    button: el => [referred(el, "aria-labelledby"), el.getAttribute("aria-label"), el.innerText,
      el.tagName === "INPUT" ? el.value || el.alt : "", el.title, ...[...el.querySelectorAll("img[alt]")].map(i => i.alt)],
    link: el => [referred(el, "aria-labelledby"), el.getAttribute("aria-label"), el.innerText,
      el.title, ...[...el.querySelectorAll("img[alt]")].map(i => i.alt)],
    group: el => [referred(el, "aria-labelledby"), el.getAttribute("aria-label"),
      el.querySelector(":scope > legend")?.textContent],
    option: el => [el.label, el.textContent, el.value],
    element: () => [],
  };
  const kinds = {
    field: "input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]),textarea,select," +
      "[contenteditable=''],[contenteditable=true],[contenteditable=plaintext-only]",
    button: "button,input[type=submit],input[type=button],input[type=reset],input[type=image],[role=button],summary",
    link: "a[href],area[href]",
    group: "fieldset,[role=group],[role=radiogroup]",
    option: "option",
    element: "*",
  };

  const select = (root, selector) => {
    try { return [...root.querySelectorAll(selector)]; } catch { return []; }
  };

  // All of a kind that answer to a name, best matches first: the same name, then a
  // name that begins so, then one that contains it, then the name read as a selector.
  const find = (kind, key, root = document) => {
    const all = select(root, kinds[kind]);
    const wanted = fold(key).replace(/\s*[:*]$/, "");
    const named = test => all.filter(el => names[kind](el).some(n => {
      n = fold(n).replace(/\s*[:*]$/, "");
      return n !== "" && test(n);
    }));
    const chosen = () => select(root, key).filter(el => el.matches(kinds[kind]));
    const tries = /^[#.[:*]/.test(key) ? [chosen] : [
      () => named(n => n === wanted), () => named(n => n.startsWith(wanted)),
      () => named(n => n.includes(wanted)), chosen];
    for (const attempt of tries) {
      const found = wanted === "" ? [] : attempt();
      if (found.length) return found.sort((a, b) => shown(b) - shown(a));
    }
    return [];
  };
  const listed = (kind, root = document) => select(root, kinds[kind]).filter(el => kind === "option" || shown(el))
    .map(el => "“" + (names[kind](el).map(n => (n ?? "").replace(/\s+/g, " ").trim()).find(Boolean) ?? el.id ?? "") + "”")
    .slice(0, 30).join(", ") || "none";
  const absent = (kind, key, root) => ({ why: `no ${kind} “${key}”; there are: ${listed(kind, root)}` });

  // Where to click el, once it is in view and nothing lies over it.
  const aim = (el, what) => {
    if (el.matches(":disabled") || el.getAttribute("aria-disabled") === "true") return { why: `${what} is disabled` };
    if (!shown(el)) return { why: `${what} is not visible` };
    el.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = [...el.getClientRects()].find(r => r.width > 0 && r.height > 0);
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const top = document.elementFromPoint(x, y);
    if (!top || !(el.contains(top) || top.closest("label")?.control === el))
      return { why: `${what} lies under ${top ? top.cloneNode(false).outerHTML.slice(0, 120) : "nothing: it is outside the viewport"}` };
    return { ok: true, x, y };
  };

  // Whether a click on el should bring another page.
  const leads = el => {
    const link = el.closest("a[href],area[href]");
    if (link) {
      const to = new URL(link.href, document.baseURI);
      if (!/^https?:$/.test(to.protocol) || link.hasAttribute("download")) return false;
      if (link.target && link.target !== "_self") return false;
      return !(to.href.includes("#") && to.href.split("#")[0] === location.href.split("#")[0]);
    }
    const form = el.form;
    return Boolean(form && (el.type === "submit" || el.type === "image") &&
      (el.formMethod || form.method) !== "dialog" &&
      (el.formNoValidate || form.noValidate || form.matches(":valid")));
  };

  const questions = {
    see: text => ({ ok: fold(document.body?.innerText).includes(fold(text)) }),
    count: selector => ({ ok: true, n: select(document, selector).length }),
    visible: selector => ({ ok: true, n: select(document, selector).filter(shown).length }),
    node: key => find("field", key).find(e => e.type === "file") ?? null,
    has: selector => ({ ok: select(document, selector).some(shown) }),
    text: selector => {
      const el = select(document, selector)[0];
      return el ? { ok: true, text: el.innerText ?? el.textContent } : { why: `nothing matches ${selector}` };
    },
    attribute: (selector, name) => {
      const el = select(document, selector)[0];
      if (!el) return { why: `nothing matches ${selector}` };
      return el.hasAttribute(name) ? { ok: true, text: el.getAttribute(name) } : { why: `${selector} has no ${name}` };
    },
    value: key => {
      const el = find("field", key)[0];
      if (!el) return absent("field", key);
      return { ok: true, text: el.isContentEditable ? el.innerText : el.type === "checkbox" || el.type === "radio" ? String(el.checked) : el.value };
    },
    press: (kind, key) => {
      const el = find(kind, key)[0];
      if (!el) return absent(kind, key);
      const at = aim(el, `${kind} “${key}”`);
      return at.ok ? { ...at, leads: leads(el) } : at;
    },
    arm: () => {
      const note = window.pressed = { prevented: false };
      for (const kind of ["click", "submit"])
        window.addEventListener(kind, e => { note.prevented ||= e.defaultPrevented; }, { once: true });
      return { ok: true };
    },
    prevented: () => ({ ok: Boolean(window.pressed?.prevented) }),
    ready: key => {
      const el = find("field", key)[0];
      if (!el) return absent("field", key);
      if (el.readOnly) return { why: `field “${key}” is read-only` };
      const at = aim(el, `field “${key}”`);
      if (!at.ok) return at;
      el.focus();
      if (el.isContentEditable) getSelection().selectAllChildren(el);
      else if (el.select && !/^(date|time|datetime-local|month|week|color|range)$/.test(el.type)) el.select();
      return { ok: true, picker: /^(date|time|datetime-local|month|week|color|range)$/.test(el.type) };
    },
    assign: (key, value) => {
      const el = find("field", key)[0];
      if (!el) return absent("field", key);
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(el), "value").set.call(el, value);
      for (const kind of ["input", "change"]) el.dispatchEvent(new Event(kind, { bubbles: true }));
      return el.value === value ? { ok: true } : { why: `field “${key}” refused “${value}”` };
    },
    choose: (key, option) => {
      const el = find("field", key).find(e => e.tagName === "SELECT");
      if (!el) return absent("field", key);
      if (el.matches(":disabled")) return { why: `field “${key}” is disabled` };
      const pick = find("option", option, el)[0];
      if (!pick) return absent("option", option, el);
      if (!el.multiple) el.value = pick.value;
      pick.selected = true;
      for (const kind of ["input", "change"]) el.dispatchEvent(new Event(kind, { bubbles: true }));
      return { ok: true };
    },
    kind: key => {
      const el = find("field", key)[0];
      if (el?.tagName === "SELECT") return { ok: true, text: "select" };
      return find("group", key)[0] ? { ok: true, text: "group" } : absent("field", key);
    },
    // A box or a radio button may be hidden behind its drawn label: then the label is clicked.
    check: (key, on, group) => {
      const root = group ? find("group", group)[0] : document;
      if (!root) return absent("group", group);
      const el = find("field", key, root).find(e => e.type === "checkbox" || e.type === "radio");
      if (!el) return absent("field", key, root);
      if (el.checked === on) return { ok: true, done: true };
      if (el.matches(":disabled")) return { why: `field “${key}” is disabled` };
      const at = aim(el, `field “${key}”`);
      const label = [...(el.labels ?? [])].find(shown);
      return at.ok || !label ? at : aim(label, `the label of “${key}”`);
    },
    page: () => ({ ok: true, title: document.title, url: location.href, text: (document.body?.innerText ?? "").replace(/\n{2,}/g, "\n") }),
  };
  return questions[question](...args);
})
