/* Where the map's marks and names stand, so that none lies on another and none is cut off at the edge.
 *
 * Discs stay on their place when they can, plates within their area. What finds no room there moves aside, with a line
 * that leads back; a plate gives up its name before that, and at last all but a dot. How far is less the more there is in
 * sight, see crowd.js. Everything is worked out in pixels of the map's frame, anew after each move.
 */
(function () {
  "use strict";

  const GAP = 3;
  /* pixels of the edge that stay free */
  const EDGE = 3;
  const CELL = 64;
  /* half of the square of a disc that can be hit */
  const TARGET = 12;
  const NEAR = 60;
  const crowd = window.ClaimAtlasCrowd;
  const { FAR } = crowd;
  /* what is shown of a plate, and from where to where it may go for it: what was tried once is not tried again */
  const SIZES = [["", 0, NEAR], ["compact", 0, NEAR], ["", NEAR, 130], ["compact", NEAR, 170], ["compact bare", 0, FAR], ["dot", 0, FAR]];
  const SHIFTS = around();

  /* Right, down and how far, in pixels, the nearest first. */
  function around() {
    const found = [[0, 0, -1]];
    for (let ring = 1; ring <= 9; ring += 1) {
      const directions = 8 + ring * 4;
      for (let i = 0; i < directions; i += 1) {
        const turn = Math.PI / 2 + (i * 2 * Math.PI) / directions;
        const [x, y] = [Math.round(Math.cos(turn) * ring * 24), Math.round(Math.sin(turn) * ring * 19)];
        found.push([x, y, Math.hypot(x, y)]);
      }
    }
    return found.sort((a, b) => a[2] - b[2]);
  }

  /* The frame, and the boxes in it that are taken: left, top, right, bottom. It is asked a hundred thousand times for a crowded
   * map, so it makes nothing anew to answer: the boxes of each cell of a grid are numbers in a row. */
  class Room {
    constructor(width, height) {
      this.width = width;
      this.height = height;
      this.columns = Math.max(1, Math.ceil(width / CELL));
      this.rows = Math.max(1, Math.ceil(height / CELL));
      this.cells = Array.from({ length: this.columns * this.rows }, () => []);
    }

    column(x) {
      return Math.max(0, Math.min(this.columns - 1, Math.floor(x / CELL)));
    }

    row(y) {
      return Math.max(0, Math.min(this.rows - 1, Math.floor(y / CELL)));
    }

    take([left, top, right, bottom]) {
      for (let y = this.row(top); y <= this.row(bottom); y += 1) {
        for (let x = this.column(left); x <= this.column(right); x += 1) this.cells[y * this.columns + x].push(left, top, right, bottom);
      }
    }

    isFree(left, top, right, bottom) {
      const [lastX, lastY] = [this.column(right), this.row(bottom)];
      for (let y = this.row(top); y <= lastY; y += 1) {
        for (let x = this.column(left); x <= lastX; x += 1) {
          const taken = this.cells[y * this.columns + x];
          for (let i = 0; i < taken.length; i += 4) {
            if (left < taken[i + 2] && taken[i] < right && top < taken[i + 3] && taken[i + 1] < bottom) return false;
          }
        }
      }
      return true;
    }

    holds(left, top, right, bottom) {
      return left >= EDGE && top >= EDGE && right <= this.width - EDGE && bottom <= this.height - EDGE;
    }

    touches([left, top, right, bottom]) {
      return right > 0 && bottom > 0 && left < this.width && top < this.height;
    }

    /* How far a box must move to lie inside. */
    inward([left, top, right, bottom]) {
      const by = (low, high, size) => Math.max(0, EDGE - low) - Math.max(0, high - size + EDGE);
      return [by(left, right, this.width), by(top, bottom, this.height)];
    }
  }

  const boxAt = (at, [x, y], [halfWidth, halfHeight]) => [at.x + x - halfWidth, at.y + y - halfHeight, at.x + x + halfWidth, at.y + y + halfHeight];

  /* The nearest free place farther than ``from`` and no farther than ``reach``; null when there is none. In a crowd what is
   * moved in from the edge counts, too. */
  function freeShift(room, at, half, reach, from = 0, crowded = false) {
    const box = boxAt(at, [0, 0], half);
    const [inX, inY] = room.inward(box);
    const [left, top, right, bottom] = [box[0] + inX, box[1] + inY, box[2] + inX, box[3] + inY];
    for (const [x, y, far] of SHIFTS) {
      if (far > reach) return null;
      if (from && far <= from) continue;
      if (crowded && Math.hypot(x + inX, y + inY) > reach) continue;
      if (room.holds(left + x, top + y, right + x, bottom + y) && room.isFree(left + x, top + y, right + x, bottom + y)) return [x + inX, y + inY];
    }
    return null;
  }

  /* ---- sizes of plates, by what map.css says of them ------------------------------------------------------------
   * Asking the page for them would lay out the whole map again for each try at a place. */

  const brush = document.createElement("canvas").getContext("2d");
  const widths = new Map();

  function textWidth(text, size, weight, family) {
    const key = `${weight} ${size} ${family} ${text}`;
    if (!widths.has(key)) {
      brush.font = `${weight} ${size}px ${family}`;
      if (widths.size > 5000) widths.clear();
      widths.set(key, brush.measureText(text).width);
    }
    return widths.get(key);
  }

  let known = null;

  /* The typeface of the map, asked for once: each question makes the page work out its styles. */
  function family(map) {
    known = known || getComputedStyle(map.getContainer()).fontFamily;
    return known;
  }

  /* pixels of the letters of a plate's number */
  const countSize = (mark) => 11 + Math.round(mark.radius / 4);

  /* Half of the width and of the height that a plate will take, with the gap around it. */
  function halves(mark, size, { family, numbers }) {
    if (size === "dot") return [12 + GAP, 12 + GAP];
    const [gap, padding] = size ? [4, 12] : [6, 15];
    const middle = size === "compact bare"
      ? textWidth(mark.code || "", 10, 700, family) + 0.3 * (mark.code || "").length
      : Math.min(size ? 62 : 170, textWidth(mark.name, 11.5, 500, family));
    const letters = mark.quiet ? 11.5 : Math.max(11.5, countSize(mark));
    const high = letters * 1.35 + (size ? 6 : 8);
    if (mark.quiet) return [(padding + middle) / 2 + GAP, high / 2 + GAP];
    const swatch = mark.sides.length > 1 ? countSize(mark) : 9;
    const wide = padding + swatch + gap + middle + gap + textWidth(numbers.format(mark.n), countSize(mark), 700, family);
    return [wide / 2 + GAP, high / 2 + GAP];
  }

  /* ---- marks ----------------------------------------------------------------------------------------------------- */

  function move(made, [x, y], box) {
    const { mark, layer } = made;
    made.half = box;
    const half = mark.badge === "disc" ? Math.max(mark.radius, TARGET) : 0;
    const margin = `${y - half}px 0 0 ${x - half}px`;
    if (made.margin !== margin) {
      made.margin = margin;
      layer.getElement().style.margin = margin;
    }
    made.shift = [x, y];
    const tooltip = layer.getTooltip();
    if (tooltip) tooltip.options.offset = L.point(x, y - mark.radius);
  }

  /* From where a mark stands to its place, when that cannot be told otherwise. */
  function lead(leaders, at, [x, y]) {
    leaders.push([at.x, at.y, x, y]);
  }

  /* All that leads back, as one path, and the dots at its ends as another: each by itself would be a layer of the map's. */
  function drawLeaders(map, [lines, ends], leaders) {
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const at = leaders.map((each) => [each[0] + x, each[1] + y, each[2], each[3]]);
    lines.write(at.map(([fromX, fromY, right, down]) => `M${fromX} ${fromY}l${right} ${down}`).join(""));
    ends.write(at.map(([fromX, fromY]) => `M${fromX - 2.5} ${fromY}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0`).join(""));
  }

  const foremost = (a, b) => Number(Boolean(a.mark.quiet)) - Number(Boolean(b.mark.quiet))
    || Number(Boolean(b.mark.selected)) - Number(Boolean(a.mark.selected)) || b.mark.n - a.mark.n;

  function placeDiscs({ room, crowded, leaders, specks, reach }, discs) {
    const placed = [];
    for (const { made, at } of discs) {
      const { mark } = made;
      /* in a crowd all of what can be hit has room of its own */
      const half = Array(2).fill(Math.max(mark.radius + GAP, crowded ? TARGET : 0));
      const seen = room.touches(boxAt(at, [0, 0], half));
      /* what still covers its place has not left it */
      const found = seen ? freeShift(room, at, half, Math.max(reach, mark.radius), 0, reach < FAR) : [0, 0];
      if (isSpeck(made, at, found, { specks, reach })) continue;
      const shift = found || [0, 0];
      move(made, shift, half);
      if (!seen) {
        showCode(made, false);
        continue;
      }
      room.take(boxAt(at, shift, half));
      if (Math.hypot(...shift) > mark.radius) lead(leaders, at, shift);
      placed.push({ made, at, shift });
    }
    placed.forEach((each) => placeCode(room, each));
  }

  /* True when a mark has no place: where there are few it stays on its own all the same, in a crowd it is a dot there. */
  function isSpeck(made, at, place, { specks, reach }) {
    const is = !place && reach < FAR;
    crowd.hide(made, is);
    if (!is) return false;
    made.shift = [0, 0];
    made.half = [crowd.RADIUS, crowd.RADIUS];
    specks.push(at);
    return true;
  }

  /* The code of its side stands below a disc, where there is room for it. */
  function placeCode(room, { made, at, shift }) {
    const { mark } = made;
    if (!mark.code) return;
    const half = mark.code.length * 3.6 + 2;
    const [x, y] = [at.x + shift[0], at.y + shift[1] + mark.radius];
    const box = [x - half, y + 1, x + half, y + 13];
    /* its own disc has a gap around it that the code may lie in; in a crowd it may be so wide that others lie beside it */
    const gap = made.half[1] - mark.radius;
    const [left, right] = [x - made.half[0] - 0.5, x + made.half[0] + 0.5];
    const shown = room.holds(...box) && room.isFree(box[0], y + gap + 0.5, box[2], box[3])
      && (gap === GAP || (room.isFree(Math.min(box[0], left), box[1], left, box[3]) && room.isFree(right, box[1], Math.max(box[2], right), box[3])));
    showCode(made, shown);
    if (shown) room.take(box);
  }

  function showCode(made, shown) {
    if (made.coded !== shown) made.parts.code.classList.toggle("hidden", !shown);
    made.coded = shown;
  }

  function placePlates({ map, room, leaders, specks, reach, areas, style }, plates) {
    for (const { made, at } of plates) {
      const { mark, layer } = made;
      const place = placeOf(room, at, mark, style, reach);
      if (isSpeck(made, at, place, { specks, reach })) continue;
      const { size, shift, half } = place || { size: "dot", shift: [0, 0], half: halves(mark, "dot", style) };
      if (made.size !== size) layer.getElement().querySelector(".plate").className = `plate ${size}`.trim();
      made.size = size;
      move(made, shift, half);
      const box = boxAt(at, shift, half);
      if (!room.touches(box)) continue;
      room.take(box);
      if (!isOver(map, areas.get(mark.key), at, shift, half)) lead(leaders, at, shift);
    }
  }

  /* As much of a plate as finds room, and where; null when nothing does. What is out of sight stays on its place. */
  function placeOf(room, at, mark, style, reach) {
    const whole = halves(mark, "", style);
    if (!room.touches(boxAt(at, [0, 0], whole))) return { size: "", shift: [0, 0], half: whole };
    for (const [size, from, to] of SIZES) {
      if (from >= reach || (mark.quiet && size === "compact bare")) continue;
      if (size === "dot" && reach < FAR) continue;
      const half = halves(mark, size, style);
      const shift = freeShift(room, at, half, Math.min(to, reach), from, reach < FAR);
      if (shift) return { size, shift, half };
    }
    return null;
  }

  /* True when a plate still lies on its place or its area, so that nobody asks where it belongs. */
  function isOver(map, area, at, [x, y], [halfWidth, halfHeight]) {
    if (Math.abs(x) <= halfWidth && Math.abs(y) <= halfHeight) return true;
    const bounds = area && area.layer.getBounds();
    if (!bounds || !bounds.isValid()) return false;
    return bounds.contains(map.containerPointToLatLng([at.x + x, at.y + y]));
  }

  /* ---- names of the base map, which give way to all marks ---------------------------------------------------- */

  function namesInView(map) {
    const zoom = map.getZoom();
    const bounds = map.getBounds().pad(0.02);
    const [south, west, north, east] = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
    const { countries, cities } = window.CLAIM_ATLAS_BASEMAP;
    const shown = ([, lat, lon, first]) => first <= zoom && lat >= south && lat <= north && lon >= west && lon <= east;
    return [
      ...countries.filter((label) => zoom <= 7 && shown(label)).map((label) => ["country", label]),
      ...cities.filter(shown).map((label) => ["city", label]),
    ];
  }

  /* Those that are shown already stay. */
  function placeNames(map, room, { labels, names }) {
    const gone = new Set(names.keys());
    for (const [kind, [name, lat, lon]] of namesInView(map)) {
      const at = map.latLngToContainerPoint([lat, lon]);
      const half = name.length * (kind === "country" ? 3.9 : 3.1) + 4;
      const box = kind === "country"
        ? [at.x - half, at.y - 8, at.x + half, at.y + 8]
        : [at.x - 4, at.y - 7, at.x + half * 2 + 6, at.y + 7];
      if (!room.isFree(...box)) continue;
      room.take(box);
      const key = `${kind} ${lat} ${lon}`;
      if (!gone.delete(key)) names.set(key, nameAt(kind, name, [lat, lon]).addTo(labels));
    }
    for (const key of gone) {
      labels.removeLayer(names.get(key));
      names.delete(key);
    }
  }

  function nameAt(kind, name, at) {
    const words = document.createElement("span");
    words.textContent = name;
    const icon = L.divIcon({ className: `name ${kind}`, html: words, iconSize: [0, 0] });
    return L.marker(at, { icon, pane: "names", interactive: false, keyboard: false });
  }

  /* Where the controls lie, by what they depend on: asking the page lays it out, each time. */
  function controlBoxes(state) {
    const { map } = state;
    const { x, y } = map.getSize();
    const situation = [x, y, map.getZoom(), Boolean(state.tiles), document.documentElement.lang].join(" ");
    if (state.controls.situation !== situation) state.controls = { situation, boxes: measuredControls(map) };
    return state.controls.boxes;
  }

  function measuredControls(map) {
    const from = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control:not(.crowd-note)")].map((control) => {
      const box = control.getBoundingClientRect();
      return [box.left - from.left, box.top - from.top, box.right - from.left, box.bottom - from.top];
    });
  }

  const isIn = ({ x, y }, size) => x >= 0 && y >= 0 && x <= size.x && y <= size.y;

  function declutter(state) {
    const { map, areas, numbers } = state;
    const size = map.getSize();
    const room = new Room(size.x, size.y);
    const all = [...state.marks.values()].filter(({ layer }) => layer.getElement())
      .sort(foremost).map((made) => ({ made, at: map.latLngToContainerPoint(made.layer.getLatLng()) }));
    const seen = all.filter(({ at }) => isIn(at, size)).length;
    const reach = crowd.reach(seen);
    const view = { map, room, reach, crowded: reach < FAR, leaders: [], specks: [], areas, style: { family: family(map), numbers } };
    for (const box of controlBoxes(state)) room.take(box);
    if (view.crowded) room.take(crowd.noteBox(state, seen));
    placeAll(view, all, state.focused || document.activeElement?.dataset?.key);
    drawLeaders(map, state.leaders, view.leaders);
    crowd.drawSpecks(map, state.specks, view.specks);
    if (state.texts) crowd.say(state, view.specks.filter((at) => isIn(at, size)).length);
    placeNames(map, room, state);
  }

  /* In a crowd, first what the reader holds on to: the place that is chosen, and the one that the keyboard is at. */
  function placeAll(view, all, focused) {
    const isHeld = ({ made: { mark } }) => view.crowded && (mark.selected || mark.key === focused);
    const isDisc = ({ made: { mark } }) => mark.badge === "disc";
    const [held, others] = [all.filter(isHeld), all.filter((each) => !isHeld(each))];
    for (const [given, reach] of [[held, FAR], [others, view.reach]]) {
      placeDiscs({ ...view, reach }, given.filter(isDisc));
      placePlates({ ...view, reach }, given.filter((each) => !isDisc(each)));
    }
  }

  window.ClaimAtlasLabels = { declutter, controlBoxes, countSize, forgetWidths: () => widths.clear() };
})();
