/* Lines from where claims were said to what they speak of: curved, with an arrowhead, dashed for a dateline.
 *
 * They lie over areas and under marks, which stay as easy to hit as before. A line is a button: a click, Enter or the
 * space bar chooses the place it speaks of, as its mark does. All lines are one stop of the Tab key; the arrow keys go
 * from one to the next. Where an end lies beyond the frame, its name stands at the edge. Words are set through
 * textContent alone.
 */
(function () {
  "use strict";

  const STEPS = 48;
  /* how far a line swings aside, as a part of its length: there and back are two lines */
  const BEND = 0.16;
  const SHORTEST = 26;
  /* pixels that a name at the edge keeps from it, and from whatever else stands there */
  const EDGE = 6;
  const GAP = 3;
  const ARROWS = ["→", "↘", "↓", "↙", "←", "↖", "↑", "↗"];
  const WAYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /* Points in pixels along a curve, without what the mark at its end covers: ``half`` of its width and height. */
  function curve(from, to, half) {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const long = Math.hypot(dx, dy);
    if (long < SHORTEST) return null;
    const middle = [(from.x + to.x) / 2 + dy * BEND, (from.y + to.y) / 2 - dx * BEND];
    const points = [];
    for (let i = 0; i <= STEPS; i += 1) {
      const [a, b] = [1 - i / STEPS, i / STEPS];
      const x = a * a * from.x + 2 * a * b * middle[0] + b * b * to.x;
      const y = a * a * from.y + 2 * a * b * middle[1] + b * b * to.y;
      if (i && Math.abs(to.x - x) < half[0] && Math.abs(to.y - y) < half[1]) break;
      points.push(L.point(x, y));
    }
    return points.length > 1 ? points : null;
  }

  function element(className, words) {
    const box = document.createElement("div");
    box.className = className;
    box.textContent = words;
    return box;
  }

  function head(points) {
    const end = points[points.length - 1];
    const before = points[points.length - 2];
    const turn = Math.atan2(end.y - before.y, end.x - before.x);
    const corner = (by) => L.point(end.x - 11 * Math.cos(turn + by), end.y - 11 * Math.sin(turn + by));
    return [end, corner(0.42), corner(-0.42)];
  }

  const open = (row) => window.ClaimAtlas.choose(row.about, row.to);

  function add(state, row) {
    const { map, said } = state;
    const mark = state.marks.get(row.about);
    const [shift, half] = mark ? [mark.shift || [0, 0], mark.half || [0, 0]] : [[0, 0], [0, 0]];
    const points = curve(map.project(row.from), map.project(row.to).add(shift), half);
    if (!points) return null;
    const back = (given) => given.map((point) => map.unproject(point));
    const weight = Math.min(3, 1.2 + Math.log2(row.n) * 0.35);
    const className = row.dateline ? "said dateline" : "said";
    /* wider than it is seen, so that it can be hit */
    const reach = { pane: "said", className: "said-reach", weight: 14, smoothFactor: 0, bubblingMouseEvents: false };
    L.polyline(back(points), { pane: "said", className, weight, smoothFactor: 0, interactive: false }).addTo(said);
    const line = L.polyline(back(points), reach).bindTooltip(element("hover", row.words), { sticky: true, className: "card", opacity: 1 });
    line.on("click", () => open(row)).addTo(said);
    L.polygon(back(head(points)), { pane: "said", className: "said-head", weight: 1, smoothFactor: 0, interactive: false }).addTo(said);
    L.circleMarker(row.from, { pane: "said", className: "said-from", radius: 3.5, interactive: false }).addTo(said);
    return { row, line, points };
  }

  /* ---- the keyboard ------------------------------------------------------------------------------------------ */

  function name({ row, line }, state) {
    const node = line.getElement();
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", row.words);
    node.dataset.said = row.key;
    node.addEventListener("focus", () => {
      state.saidAt = row.key;
      turn(state);
      line.openTooltip();
    });
    node.addEventListener("blur", () => line.closeTooltip());
    node.addEventListener("keydown", (event) => key(event, state, row));
  }

  function key(event, state, row) {
    const nodes = [...state.map.getPane("said").querySelectorAll("path.said-reach")];
    const at = nodes.indexOf(event.currentTarget);
    const to = event.key === "Home" ? 0 : event.key === "End" ? nodes.length - 1 : at + (WAYS[event.key] || 0);
    if (event.key === "Enter" || event.key === " ") open(row);
    else if (to === at && !(event.key in WAYS)) return;
    else nodes[(to + nodes.length) % nodes.length].focus({ preventScroll: true });
    /* the map itself moves by these keys */
    event.preventDefault();
    event.stopPropagation();
  }

  /* One line is the stop of the Tab key: the one that was reached last. */
  function turn(state) {
    const nodes = [...state.map.getPane("said").querySelectorAll("path.said-reach")];
    const own = nodes.find((node) => node.dataset.said === state.saidAt) || nodes[0];
    for (const node of nodes) node.setAttribute("tabindex", node === own ? "0" : "-1");
  }

  /* ---- what lies beyond the frame ------------------------------------------------------------------------------ */

  const overlaps = (one, other) =>
    one.left < other.right + GAP && one.right > other.left - GAP && one.top < other.bottom + GAP && one.bottom > other.top - GAP;

  /* Each end beyond the frame once, at the first place along its line where there is room for its name. */
  function nameFarEnds(state, lines) {
    const { map } = state;
    const frame = map.getContainer().getBoundingClientRect();
    const corner = map.getPixelBounds().min;
    const taken = [...map.getContainer().querySelectorAll(".leaflet-control, .mark .plate, .mark .fill, .mark .code:not(.hidden)")]
      .map((node) => node.getBoundingClientRect())
      .map((box) => ({ left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top }));
    const named = new Set();
    for (const { row, points } of lines) {
      const seen = points.map((point) => point.subtract(corner));
      for (const [end, way] of [[0, seen], [1, [...seen].reverse()]]) {
        const words = row.ends[end];
        if (inside(way[0], frame) || named.has(words)) continue;
        const told = `${arrow(way)} ${words}`;
        const at = room(way, told, frame, taken);
        if (!at) continue;
        named.add(words);
        const label = element("said-end", told);
        label.setAttribute("aria-hidden", "true"); /* the line's own name says it */
        L.marker(map.unproject(at.add(corner)), {
          pane: "said", interactive: false, keyboard: false, zIndexOffset: 1000, icon: L.divIcon({ className: "", iconSize: [0, 0], html: label }),
        }).addTo(state.said);
      }
    }
  }

  /* Towards the end that lies beyond, which is the first point of the way in. */
  function arrow(way) {
    const turn = Math.atan2(way[0].y - way[way.length - 1].y, way[0].x - way[way.length - 1].x);
    return ARROWS[(Math.round((turn / Math.PI) * 4) + 8) % 8];
  }

  const inside = (point, frame) => point.x >= 0 && point.y >= 0 && point.x <= frame.width && point.y <= frame.height;

  /* Where the middle of a name may stand, along a line that comes in from beyond; null where there is no room. */
  function room(way, words, frame, taken) {
    const half = [words.length * 3.1 + 7, 9];
    for (const point of way.filter((each) => inside(each, frame)).slice(0, 8)) {
      const x = Math.min(Math.max(point.x, half[0] + EDGE), frame.width - half[0] - EDGE);
      const y = Math.min(Math.max(point.y, half[1] + EDGE), frame.height - half[1] - EDGE);
      const box = { left: x - half[0], right: x + half[0], top: y - half[1], bottom: y + half[1] };
      if (taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      return L.point(x, y);
    }
    return null;
  }

  /* Anew when the rows are others or the map has moved: a head keeps its size in pixels, and its mark may stand elsewhere. */
  function draw(state) {
    /* most readers have no lines on: where the marks stand would be asked for nothing, and the browser lay all of them out */
    if (!state.saidRows.length && !state.said.getLayers().length) return;
    const pane = state.map.getPane("said");
    const focused = pane.contains(document.activeElement) ? document.activeElement.dataset.said : null;
    state.said.clearLayers();
    const lines = state.saidRows.map((row) => add(state, row)).filter(Boolean);
    for (const path of pane.querySelectorAll("path:not(.said-reach)")) path.setAttribute("aria-hidden", "true");
    for (const line of lines) name(line, state);
    nameFarEnds(state, lines);
    turn(state);
    if (focused) pane.querySelector(`path.said-reach[data-said="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  window.ClaimAtlasSaid = { draw };
})();
