/* The search box: a combobox after the pattern of the ARIA authoring practices.
 *
 * What is typed goes to the page after a short pause; what was found comes back as data and is set through textContent.
 * Arrow keys move, Enter chooses, Escape closes, and a second Escape empties the box.
 */
const boxes = new WeakMap();
const PAUSE = 180;

class SearchBox {
  constructor(parent) {
    this.root = element("div", "ca-search");
    this.input = element("input", "ca-search-input");
    this.list = element("div", "ca-search-list");
    this.status = element("div", "ca-search-status");
    this.input.type = "search";
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    this.input.maxLength = 200;
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "ca-search-list"]]) {
      this.input.setAttribute(name, value);
    }
    this.list.id = "ca-search-list";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.status.setAttribute("role", "status");
    this.root.append(this.input, this.list, this.status);
    parent.replaceChildren(this.root);
    this.options = [];
    this.active = -1;
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.open(this.options.length > 0));
    this.input.addEventListener("blur", () => this.open(false));
    /* a press on an option must not take the focus from the box before it is a click */
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  draw(data, { ask, tell }) {
    this.ask = ask;
    this.tell = tell;
    this.input.placeholder = data.placeholder;
    this.input.setAttribute("aria-label", data.label);
    this.list.setAttribute("aria-label", data.label);
    /* an answer to what is no longer in the box is late */
    if (data.query !== this.input.value.trim()) return;
    this.options = [];
    this.active = -1;
    this.list.replaceChildren(...data.groups.map((group) => this.group(group)));
    if (!data.groups.length && data.status) this.list.append(element("p", "ca-search-none", data.status));
    this.status.textContent = data.status;
    this.open(document.activeElement === this.input && Boolean(data.status));
  }

  group({ title, items }) {
    const box = element("div", "ca-search-group");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", title);
    box.append(element("div", "ca-search-title", title));
    for (const item of items) {
      const option = element("div", `ca-search-option ca-search-${item.kind}`);
      option.id = `ca-search-option-${this.options.length}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(element("span", "ca-search-label", item.label), element("span", "ca-search-note", item.note));
      const index = this.options.length;
      option.addEventListener("click", () => this.choose(index));
      option.addEventListener("mousemove", () => this.point(index, false));
      this.options.push({ option, item });
      box.append(option);
    }
    return box;
  }

  typed() {
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => this.ask(this.input.value.trim()), PAUSE);
  }

  open(wanted) {
    this.list.hidden = !wanted;
    this.input.setAttribute("aria-expanded", String(wanted));
    if (!wanted) this.point(-1, false);
  }

  point(index, scroll) {
    this.active = index;
    this.options.forEach(({ option }, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = this.options[index];
    if (!chosen) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", chosen.option.id);
    if (scroll) chosen.option.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const last = this.options.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (last < 0) return;
      event.preventDefault();
      if (this.list.hidden) this.open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.point(this.active < 0 ? (step > 0 ? 0 : last) : (this.active + step + last + 1) % (last + 1), true);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!this.list.hidden && last >= 0) this.choose(Math.max(this.active, 0));
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.list.hidden) this.empty();
      else this.open(false);
    }
  }

  choose(index) {
    const { kind, value } = this.options[index].item;
    this.empty();
    this.tell({ kind, value, click: Date.now() });
  }

  empty() {
    window.clearTimeout(this.later);
    this.input.value = "";
    this.options = [];
    this.list.replaceChildren();
    this.status.textContent = "";
    this.open(false);
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let box = boxes.get(parentElement);
  if (!box) {
    box = new SearchBox(parentElement);
    boxes.set(parentElement, box);
  }
  box.draw(data, { ask: (query) => setStateValue("query", query), tell: (chosen) => setTriggerValue("chosen", chosen) });
  return undefined;
}
