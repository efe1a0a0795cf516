/* Says what Streamlit writes itself in the reader's language (dashboard/widget_words.py).
 *
 * Only whole texts, and names of elements, within the places that the rules name are replaced. A text node keeps being
 * the one that React made: when React writes it anew, it is replaced anew, before it is painted. In another language,
 * and back in English, what was said in the one before is taken back first.
 */
window.caWidgetWords ??= (() => {
  const NAMES = ["aria-label", "title", "placeholder"];
  let said = [];
  let waiting = false;

  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  /* a pattern with {names} as a test of the whole text */
  const test = (pattern) => {
    const parts = pattern.split(/\{([a-z]+)\}/); /* every second one is a name */
    return new RegExp(`^${parts.map((part, at) => (at % 2 ? `(?<${part}>[^]+)` : escaped(part))).join("")}$`);
  };
  const compiled = (from, to) => ({ test: test(from), to });

  function replaced(text, rules) {
    const words = text.trim();
    if (!words) return null;
    for (const rule of rules) {
      const found = rule.test.exec(words);
      if (found) return text.replace(words, () => rule.to.replace(/\{([a-z]+)\}/g, (all, name) => found.groups?.[name] ?? all));
    }
    return null;
  }

  function mend(node, rules) {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = replaced(texts.currentNode.nodeValue, rules);
      if (text !== null) texts.currentNode.nodeValue = text;
    }
    for (const element of [node, ...node.querySelectorAll("[aria-label], [title], [placeholder]")]) {
      for (const name of NAMES) {
        const text = replaced(element.getAttribute(name) ?? "", rules);
        if (text !== null) element.setAttribute(name, text);
      }
    }
  }

  function mendAll(places) {
    for (const [place, rules] of places) for (const node of document.querySelectorAll(place)) mend(node, rules);
  }

  const byPlace = (rules, from, to) => {
    const places = new Map();
    for (const rule of rules) places.set(rule[0], [...(places.get(rule[0]) ?? []), compiled(rule[from], rule[to])]);
    return [...places];
  };

  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mendAll(now);
    });
  });
  let now = [];

  function say(rules) {
    if (JSON.stringify(rules) === JSON.stringify(said)) return;
    observer.disconnect();
    mendAll(byPlace(said, 2, 1));
    said = rules;
    now = byPlace(rules, 1, 2);
    mendAll(now);
    if (rules.length) {
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: NAMES });
    }
  }
  return { say };
})();
