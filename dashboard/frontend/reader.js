/* The reader: a report's text with what was read in it made out.
 *
 * The page hands over runs of text and, for each, what covers it. Words are set through textContent alone. What a run
 * means is told on hover and on keyboard focus; a click or Enter tells the page which claim or place was chosen.
 */
const readers = new WeakMap();

class Reader {
  constructor(parent) {
    this.text = element("div", "ca-text");
    this.readings = element("div", "ca-text-readings");
    this.readings.hidden = true;
    this.card = element("div", "ca-text-card");
    this.card.setAttribute("role", "tooltip");
    this.card.hidden = true;
    parent.replaceChildren(this.text, this.readings, this.card);
    this.look = 0;
    for (const [event, act] of [["mouseover", this.show], ["focusin", this.show], ["mouseout", this.hide], ["focusout", this.hide]]) {
      this.text.addEventListener(event, act.bind(this));
    }
    this.text.addEventListener("click", (event) => this.choose(event.target));
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.card.hidden = true;
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(event.target);
    });
  }

  draw(data, tell) {
    const same = this.data && this.data.report === data.report && JSON.stringify(this.data.runs) === JSON.stringify(data.runs);
    this.data = data;
    this.tell = tell;
    this.hidden = new Set(data.hidden);
    this.text.lang = data.language;
    if (!same) this.build();
    this.restyle();
    if (data.look !== this.look) {
      this.look = data.look;
      window.setTimeout(() => this.bringIntoSight(), 60);
    }
  }

  build() {
    const began = new Set();
    this.runs = this.data.runs.map(([words, over, grey]) => {
      const node = element("span", "", words);
      const first = over.filter((item) => !began.has(item));
      first.forEach((item) => began.add(item));
      return { node, over, first, grey };
    });
    this.text.replaceChildren(...this.runs.map((run) => run.node));
    this.runs.forEach((run, index) => { run.node.dataset.run = index; });
    this.readings.replaceChildren(...this.data.items.map((item, index) => {
      const node = element("span", "", `${item.title}: ${item.reading}`);
      node.id = `ca-reading-${index}`;
      return node;
    }));
  }

  /* What the reader has not switched off. */
  shown(over) {
    return over.filter((item) => !this.hidden.has(this.data.items[item].switch));
  }

  restyle() {
    for (const { node, over, first, grey } of this.runs) {
      const shown = this.shown(over);
      const kinds = new Set(shown.map((item) => `ca-is-${this.data.items[item].kind}`));
      const chosen = shown.some((item) => this.data.items[item].on);
      node.className = [...kinds, shown.length && "ca-run", grey && "ca-boilerplate", chosen && "ca-chosen"].filter(Boolean).join(" ");
      const begins = this.shown(first);
      if (begins.length) {
        node.tabIndex = 0;
        node.setAttribute("role", "button");
        node.setAttribute("aria-pressed", String(chosen));
        node.setAttribute("aria-describedby", shown.map((item) => `ca-reading-${item}`).join(" "));
      } else {
        for (const name of ["tabindex", "role", "aria-pressed", "aria-describedby"]) node.removeAttribute(name);
      }
    }
  }

  run(target) {
    return target instanceof HTMLElement && target.dataset.run ? this.runs[Number(target.dataset.run)] : null;
  }

  show(event) {
    const run = this.run(event.target);
    const shown = run ? this.shown(run.over) : [];
    if (!shown.length) return;
    this.card.replaceChildren(...[...shown].reverse().map((item) => {
      const { kind, title, reading } = this.data.items[item];
      const line = element("p", `ca-card-${kind}`);
      line.append(element("strong", "", title), element("span", "", reading));
      return line;
    }));
    this.card.hidden = false;
    const box = run.node.getClientRects()[0] || run.node.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const left = Math.min(Math.max(box.left, 8), window.innerWidth - width - 8);
    const below = box.bottom + 6 + height < window.innerHeight;
    this.card.style.left = `${left}px`;
    this.card.style.top = `${below ? box.bottom + 6 : box.top - height - 6}px`;
  }

  hide() {
    this.card.hidden = true;
  }

  /* The narrowest claim that covers the words, and the place that they name. */
  choose(target) {
    const run = this.run(target);
    const items = run ? this.shown(run.over).map((item) => this.data.items[item]) : [];
    if (!items.length) return;
    const narrowest = [...items].reverse();
    const claim = narrowest.find((item) => item.kind === "number" || item.kind === "statement") || narrowest.find((item) => item.claim);
    const place = narrowest.find((item) => item.place);
    this.tell({ claim: claim ? claim.claim : null, place: place ? place.place : null, click: Date.now() });
  }

  bringIntoSight() {
    const run = this.runs.find(({ node }) => node.classList.contains("ca-chosen"));
    if (!run) return;
    const box = run.node.getBoundingClientRect();
    if (box.top > 90 && box.bottom < window.innerHeight - 40) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    run.node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  let reader = readers.get(parentElement);
  if (!reader) {
    reader = new Reader(parentElement);
    readers.set(parentElement, reader);
  }
  reader.draw(data, (chosen) => setTriggerValue("chosen", chosen));
  return undefined;
}
