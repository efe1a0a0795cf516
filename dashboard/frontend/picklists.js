/* Lists to choose from, side by side: comboboxes over listboxes, after the patterns of the ARIA authoring practices.
 *
 * A choice shows at once and goes to the page with all choices that the page has not answered yet, so that none is lost
 * when the next follows quickly; an answer that is older than the reader's last choice does not take it back. A list
 * that is open stays open, and keeps its order, while its counts change. Words are set through textContent alone.
 *
 * Arrows move, Enter chooses or takes back, Backspace in the empty field takes the last choice back, Escape closes.
 */
const groups = new WeakMap();
const MARKS = /\p{M}/gu;
const FEW = 12; /* a list that is read at a glance needs no keyboard on a phone */
const PAGE = 8;
const MARGIN = 8;

const folded = (text) => text.normalize("NFD").replace(MARKS, "").toLowerCase();
const filled = (pattern, name) => pattern.replace("{name}", () => name);

class PickList {
  constructor(group, field) {
    this.group = group;
    this.field = field;
    this.options = new Map(); /* words by value */
    this.chosen = [];
    this.order = [];
    this.shown = [];
    this.active = null;
    const id = `ca-pick-${field}`;
    this.root = element("div", `ca-pick ca-pick-${field}`);
    this.label = element("label", "ca-pick-label");
    this.label.htmlFor = id;
    this.box = element("div", "ca-pick-box");
    this.chips = element("span", "ca-pick-chips");
    this.input = element("input", "ca-pick-input");
    this.popup = element("div", "ca-pick-list");
    this.list = element("div");
    this.notes = element("div", "ca-pick-notes");
    for (const [name, value] of [
      ["id", id], ["type", "text"], ["role", "combobox"], ["autocomplete", "off"], ["spellcheck", "false"], ["maxlength", "100"],
      ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", `${id}-list`],
    ]) this.input.setAttribute(name, value);
    this.list.id = `${id}-list`;
    this.list.setAttribute("role", "listbox");
    this.notes.setAttribute("role", "status");
    this.popup.hidden = true;
    this.popup.append(this.list, this.notes);
    this.box.append(this.chips, this.input);
    this.root.append(this.label, this.box, this.popup);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => {
      this.active = null;
      this.open(true);
      this.fill();
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.open(false));
    /* a press must not take the focus from the field before it is a click */
    for (const node of [this.popup, this.box]) {
      node.addEventListener("mousedown", (event) => event.target !== this.input && event.preventDefault());
    }
    this.box.addEventListener("click", (event) => this.pressed(event));
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.toggle(option.dataset.value);
    });
    this.list.addEventListener("mousemove", (event) => {
      const option = event.target.closest("[role=option]");
      if (option && option.dataset.value !== this.active) this.point(option.dataset.value, false);
    });
  }

  draw(given) {
    const { label, placeholder, options, chosen, most, named, more, words } = given;
    this.words = words;
    this.most = most;
    this.named = named;
    this.more = more;
    this.options = new Map(options);
    this.chosen = chosen;
    this.none = placeholder;
    this.label.textContent = label;
    this.list.setAttribute("aria-label", label);
    if (most === 1) this.list.removeAttribute("aria-multiselectable");
    else this.list.setAttribute("aria-multiselectable", "true");
    this.input.disabled = !options.length && !chosen.length;
    this.input.inputMode = options.length > FEW ? "search" : "none";
    this.box.classList.toggle("ca-pick-off", this.input.disabled);
    this.mark();
    if (!this.isOpen) return;
    const known = new Set(this.order);
    this.order = [...this.order.filter((value) => this.options.has(value)), ...[...this.options.keys()].filter((value) => !known.has(value))];
    this.fill();
  }

  /* the chosen ones: the first by name, how many more, and all of them for who cannot see them */
  mark() {
    const chips = this.chosen.slice(0, this.named).map((value) => this.chip(value));
    const more = this.chosen.slice(this.named);
    if (more.length) {
      const count = element("span", "ca-pick-more", `+${more.length}`);
      count.title = more.map((value) => this.name(value)).join("\n");
      chips.push(count);
    }
    this.chips.replaceChildren(...chips);
    this.input.placeholder = this.chosen.length ? "" : this.none;
    this.box.classList.toggle("ca-pick-some", this.chosen.length > 0);
    const said = this.chosen.map((value) => this.name(value)).join(", ");
    if (said) this.input.setAttribute("aria-description", filled(this.words.chosen, said));
    else this.input.removeAttribute("aria-description");
  }

  chip(value) {
    const chip = element("span", "ca-pick-chip");
    const name = element("span", "ca-pick-name", this.name(value));
    name.title = this.name(value);
    const cross = element("button", "ca-pick-remove");
    cross.type = "button";
    cross.dataset.value = value;
    cross.setAttribute("aria-label", filled(this.words.remove, this.name(value)));
    chip.append(name, cross);
    return chip;
  }

  name(value) {
    return this.options.get(value) ?? value;
  }

  get isOpen() {
    return !this.popup.hidden;
  }

  pressed(event) {
    const cross = event.target.closest(".ca-pick-remove");
    if (cross) {
      this.toggle(cross.dataset.value);
      this.input.focus();
    } else if (!this.input.disabled) {
      this.input.focus();
      this.open(!this.isOpen || (event.target === this.input && this.input.value !== ""));
    }
  }

  open(wanted) {
    if (wanted === this.isOpen || (wanted && this.input.disabled)) return;
    this.popup.hidden = !wanted;
    this.input.setAttribute("aria-expanded", String(wanted));
    if (wanted) {
      /* several that are chosen come first; days stand in their order, whichever is chosen */
      const first = this.most === 1 ? [] : this.chosen.filter((value) => this.options.has(value));
      this.order = [...first, ...[...this.options.keys()].filter((value) => !first.includes(value))];
      this.fill();
      this.place();
      if (this.most === 1 && this.chosen.length) this.point(this.chosen[0], true);
    } else {
      this.active = null;
      this.input.value = "";
      this.input.removeAttribute("aria-activedescendant");
      this.list.replaceChildren();
      this.notes.replaceChildren();
    }
  }

  /* within the window: the list may be wider than its field */
  place() {
    this.popup.style.left = "";
    const { left, right } = this.popup.getBoundingClientRect();
    const over = Math.max(0, right - (document.documentElement.clientWidth - MARGIN));
    this.popup.style.left = `${-Math.min(over, Math.max(0, left - MARGIN))}px`;
  }

  fill() {
    const query = folded(this.input.value.trim());
    this.shown = query ? this.order.filter((value) => folded(this.options.get(value)).includes(query)) : this.order;
    const scrolled = this.popup.scrollTop;
    this.list.replaceChildren(...this.shown.map((value, at) => this.option(value, at)));
    const notes = [this.shown.length ? "" : this.words.none, this.isFull ? this.words.full : "", this.more];
    this.notes.replaceChildren(...notes.filter(Boolean).map((words) => element("p", "", words)));
    this.popup.scrollTop = scrolled;
    if (!this.shown.includes(this.active)) this.active = null;
    this.point(this.active ?? (query ? this.shown[0] : null) ?? null, false);
  }

  option(value, at) {
    const option = element("div", "ca-pick-option", this.options.get(value));
    option.id = `${this.list.id}-${at}`;
    option.dataset.value = value;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(this.chosen.includes(value)));
    if (this.isFull && !this.chosen.includes(value)) option.setAttribute("aria-disabled", "true");
    return option;
  }

  get isFull() {
    return this.most > 1 && this.chosen.length >= this.most;
  }

  point(value, scroll) {
    this.list.querySelector(".ca-pick-active")?.classList.remove("ca-pick-active");
    this.active = value;
    const option = value === null ? null : this.list.children[this.shown.indexOf(value)];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.classList.add("ca-pick-active");
    this.input.setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
    if (event.key in steps) {
      event.preventDefault();
      const wasOpen = this.isOpen;
      this.open(true);
      if (wasOpen || this.active === null) this.move(steps[event.key]);
    } else if (event.key === "Enter" && this.isOpen) {
      event.preventDefault();
      if (this.active !== null) this.toggle(this.active);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.open(true);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.open(false);
    } else if (event.key === "Backspace" && !this.input.value && this.chosen.length) {
      this.toggle(this.chosen.at(-1));
    }
  }

  move(step) {
    const last = this.shown.length - 1;
    if (last < 0) return;
    const at = this.shown.indexOf(this.active);
    let next = at + step;
    if (at < 0) next = step > 0 ? 0 : last;
    else if (Math.abs(step) > 1) next = Math.min(Math.max(next, 0), last);
    this.point(this.shown[(next + last + 1) % (last + 1)], true);
  }

  /* choose a value, or take it back */
  toggle(value) {
    const has = this.chosen.includes(value);
    if (!has && this.isFull) return;
    const others = this.most === 1 ? [] : this.chosen.filter((one) => one !== value);
    this.chosen = has ? this.chosen.filter((one) => one !== value) : [...others, value];
    this.group.tell(this.field, this.chosen); /* first: the page works while the list is drawn */
    this.mark();
    if (this.most === 1) this.open(false);
    else if (this.isOpen) {
      this.input.value = "";
      this.active = value;
      this.fill();
      this.point(value, true);
    }
  }
}

class Group {
  constructor(parent) {
    this.root = element("div", "ca-picks");
    this.lists = new Map();
    this.unanswered = [];
    this.last = 0;
    parent.replaceChildren(this.root);
  }

  draw({ lists, words, answered }, send) {
    this.send = send;
    this.last = Math.max(this.last, answered);
    this.unanswered = this.unanswered.filter(({ call }) => call > answered);
    const waiting = new Map(this.unanswered.map(({ field, values }) => [field, values]));
    const nodes = lists.map((given) => {
      if (!this.lists.has(given.field)) this.lists.set(given.field, new PickList(this, given.field));
      const list = this.lists.get(given.field);
      list.draw({ ...given, words, chosen: waiting.get(given.field) ?? given.chosen });
      return list.root;
    });
    /* a list that stays is not moved: it may have the focus */
    if (nodes.length !== this.root.children.length || nodes.some((node, at) => node !== this.root.children[at])) this.root.replaceChildren(...nodes);
  }

  tell(field, values) {
    this.last = Math.max(Date.now(), this.last + 1);
    this.unanswered = [...this.unanswered.filter((one) => one.field !== field), { call: this.last, field, values }];
    this.send(this.unanswered);
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  let group = groups.get(parentElement);
  if (!group) {
    group = new Group(parentElement);
    groups.set(parentElement, group);
  }
  group.draw(data, (changes) => setTriggerValue("changes", changes));
  return undefined;
}
