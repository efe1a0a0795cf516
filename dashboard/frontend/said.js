/* Lines from where claims were said to what they speak of: curved, with an arrowhead, dashed for a dateline.
 *
 * They lie over areas and under marks, which stay as easy to hit as before. Words are set through textContent alone.
 */
(function () {
  "use strict";

  const STEPS = 48;
  /* how far a line swings aside, as a part of its length: there and back are two lines */
  const BEND = 0.16;
  const SHORTEST = 26;

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

  function tooltip(words) {
    const box = document.createElement("div");
    box.className = "hover";
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

  function add(state, row) {
    const { map, said } = state;
    const at = (place) => map.project(place);
    const mark = state.marks.get(row.about);
    const [shift, half] = mark ? [mark.shift || [0, 0], mark.half || [0, 0]] : [[0, 0], [0, 0]];
    const points = curve(at(row.from), at(row.to).add(shift), half);
    if (!points) return;
    const back = (given) => given.map((point) => map.unproject(point));
    const weight = Math.min(3, 1.2 + Math.log2(row.n) * 0.35);
    const className = row.dateline ? "said dateline" : "said";
    L.polyline(back(points), { pane: "said", className, weight, smoothFactor: 0 })
      .bindTooltip(tooltip(row.words), { sticky: true, className: "card", opacity: 1 }).addTo(said);
    L.polygon(back(head(points)), { pane: "said", className: "said-head", weight: 1, smoothFactor: 0, interactive: false }).addTo(said);
    L.circleMarker(row.from, { pane: "said", className: "said-from", radius: 3.5, interactive: false }).addTo(said);
  }

  /* Anew when the rows are others or the map has moved: a head keeps its size in pixels, and its mark may stand elsewhere. */
  function draw(state) {
    state.said.clearLayers();
    for (const row of state.saidRows) add(state, row);
    for (const path of state.map.getPane("said").querySelectorAll("path")) {
      path.setAttribute("tabindex", "-1");
      path.setAttribute("aria-hidden", "true");
    }
  }

  window.ClaimAtlasSaid = { draw };
})();
