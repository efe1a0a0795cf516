/* Where the map's marks and names stand, so that none lies on another and none is cut off at the edge.
 *
 * Discs stay on their place when they can, plates within their area. What finds no room there moves aside, with a line
 * that leads back; a plate gives up its name before that, and at last all but a dot. Everything is worked out in pixels
 * of the map's frame, anew after each move.
 */
(function () {
  "use strict";

  const GAP = 3;
  /* pixels of the edge that stay free */
  const EDGE = 3;
  const CELL = 64;
  const ROW = 100000;
  const NEAR = 60;
  const FAR = 210;
  /* what is shown of a plate, and how far it may go for it */
  const SIZES = [["", NEAR], ["compact", NEAR], ["", 130], ["compact", 170], ["compact bare", FAR], ["dot", FAR]];
  const SHIFTS = around();

  /* Right and down in pixels, the nearest first. */
  function around() {
    const found = [[0, 0]];
    for (let ring = 1; ring <= 9; ring += 1) {
      const directions = 8 + ring * 4;
      for (let i = 0; i < directions; i += 1) {
        const turn = Math.PI / 2 + (i * 2 * Math.PI) / directions;
        found.push([Math.round(Math.cos(turn) * ring * 24), Math.round(Math.sin(turn) * ring * 19)]);
      }
    }
    return found.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
  }

  /* The frame, and the boxes in it that are taken: left, top, right, bottom. */
  class Room {
    constructor(width, height) {
      this.width = width;
      this.height = height;
      this.cells = new Map();
    }

    near([left, top, right, bottom]) {
      const cells = [];
      for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
        for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) cells.push(x * ROW + y);
      }
      return cells;
    }

    take(box) {
      for (const cell of this.near(box)) {
        if (!this.cells.has(cell)) this.cells.set(cell, []);
        this.cells.get(cell).push(box);
      }
    }

    isFree(box) {
      for (const cell of this.near(box)) {
        const taken = this.cells.get(cell);
        if (taken && taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return false;
      }
      return true;
    }

    holds(box) {
      return box[0] >= EDGE && box[1] >= EDGE && box[2] <= this.width - EDGE && box[3] <= this.height - EDGE;
    }

    touches(box) {
      return box[2] > 0 && box[3] > 0 && box[0] < this.width && box[1] < this.height;
    }

    /* How far a box must move to lie inside. */
    inward([left, top, right, bottom]) {
      const by = (low, high, size) => Math.max(0, EDGE - low) - Math.max(0, high - size + EDGE);
      return [by(left, right, this.width), by(top, bottom, this.height)];
    }
  }

  const boxAt = (at, [x, y], [halfWidth, halfHeight]) => [at.x + x - halfWidth, at.y + y - halfHeight, at.x + x + halfWidth, at.y + y + halfHeight];

  /* The nearest free place no farther than ``reach``; null when there is none. */
  function freeShift(room, at, half, reach) {
    const inward = room.inward(boxAt(at, [0, 0], half));
    for (const [x, y] of SHIFTS) {
      const shift = [x + inward[0], y + inward[1]];
      if (Math.hypot(x, y) > reach) return null;
      const box = boxAt(at, shift, half);
      if (room.holds(box) && room.isFree(box)) return shift;
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
    const node = layer.getElement();
    const half = mark.badge === "disc" ? Math.max(mark.radius, 12) : 0;
    node.style.marginLeft = `${x - half}px`;
    node.style.marginTop = `${y - half}px`;
    made.shift = [x, y];
    const tooltip = layer.getTooltip();
    if (tooltip) tooltip.options.offset = L.point(x, y - mark.radius);
  }

  /* From where a mark stands to its place, when that cannot be told otherwise. */
  function lead(map, leaders, at, shift) {
    const from = map.containerPointToLatLng(at);
    const to = map.containerPointToLatLng([at.x + shift[0], at.y + shift[1]]);
    L.polyline([from, to], { pane: "leaders", className: "leader", interactive: false }).addTo(leaders);
    L.circleMarker(from, { pane: "leaders", className: "leader-end", radius: 2.5, interactive: false }).addTo(leaders);
  }

  const foremost = (a, b) => Number(Boolean(a.mark.quiet)) - Number(Boolean(b.mark.quiet))
    || Number(Boolean(b.mark.selected)) - Number(Boolean(a.mark.selected)) || b.mark.n - a.mark.n;

  function placeDiscs(map, room, discs, leaders) {
    const placed = [];
    for (const made of discs.sort(foremost)) {
      const { mark, layer } = made;
      const at = map.latLngToContainerPoint(layer.getLatLng());
      const half = [mark.radius + GAP, mark.radius + GAP];
      const seen = room.touches(boxAt(at, [0, 0], half));
      const shift = (seen && freeShift(room, at, half, FAR)) || [0, 0];
      move(made, shift, half);
      if (!seen) continue;
      room.take(boxAt(at, shift, half));
      if (Math.hypot(...shift) > mark.radius) lead(map, leaders, at, shift);
      placed.push({ made, at, shift });
    }
    placed.forEach((each) => placeCode(room, each));
  }

  /* The code of its side stands below a disc, where there is room for it. */
  function placeCode(room, { made: { mark, layer }, at, shift }) {
    const code = layer.getElement().querySelector(".code");
    if (!code) return;
    const half = code.textContent.length * 3.6 + 2;
    const [x, y] = [at.x + shift[0], at.y + shift[1] + mark.radius];
    const box = [x - half, y + 1, x + half, y + 13];
    /* its own disc has a gap around it that the code may lie in */
    const shown = room.holds(box) && room.isFree([box[0], y + GAP + 0.5, box[2], box[3]]);
    code.classList.toggle("hidden", !shown);
    if (shown) room.take(box);
  }

  function placePlates(map, room, plates, { areas, leaders, numbers }) {
    const style = { family: family(map), numbers };
    for (const made of plates.sort(foremost)) {
      const { mark, layer } = made;
      const at = map.latLngToContainerPoint(layer.getLatLng());
      const { size, shift, half } = placeOf(room, at, mark, style);
      layer.getElement().querySelector(".plate").className = `plate ${size}`.trim();
      move(made, shift, half);
      const box = boxAt(at, shift, half);
      if (!room.touches(box)) continue;
      room.take(box);
      if (!isOver(map, areas.get(mark.key), at, shift, half)) lead(map, leaders, at, shift);
    }
  }

  /* As much of a plate as finds room, and where. What is out of sight stays on its place. */
  function placeOf(room, at, mark, style) {
    const whole = halves(mark, "", style);
    if (!room.touches(boxAt(at, [0, 0], whole))) return { size: "", shift: [0, 0], half: whole };
    for (const [size, reach] of SIZES) {
      if (mark.quiet && size === "compact bare") continue;
      const half = halves(mark, size, style);
      const shift = freeShift(room, at, half, reach);
      if (shift) return { size, shift, half };
    }
    return { size: "dot", shift: [0, 0], half: halves(mark, "dot", style) };
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
    const { countries, cities } = window.CLAIM_ATLAS_BASEMAP;
    const shown = ([, lat, lon, first]) => first <= zoom && bounds.contains([lat, lon]);
    return [
      ...countries.filter((label) => zoom <= 7 && shown(label)).map((label) => ["country", label]),
      ...cities.filter(shown).map((label) => ["city", label]),
    ];
  }

  function placeNames(map, room, labels) {
    labels.clearLayers();
    for (const [kind, [name, lat, lon]] of namesInView(map)) {
      const at = map.latLngToContainerPoint([lat, lon]);
      const half = name.length * (kind === "country" ? 3.9 : 3.1) + 4;
      const box = kind === "country"
        ? [at.x - half, at.y - 8, at.x + half, at.y + 8]
        : [at.x - 4, at.y - 7, at.x + half * 2 + 6, at.y + 7];
      if (!room.isFree(box)) continue;
      room.take(box);
      const words = document.createElement("span");
      words.textContent = name;
      const icon = L.divIcon({ className: `name ${kind}`, html: words, iconSize: [0, 0] });
      L.marker([lat, lon], { icon, pane: "names", interactive: false, keyboard: false }).addTo(labels);
    }
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
    return [...map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
      const box = control.getBoundingClientRect();
      return [box.left - from.left, box.top - from.top, box.right - from.left, box.bottom - from.top];
    });
  }

  function declutter(state) {
    const { map, leaders } = state;
    const { x, y } = map.getSize();
    const room = new Room(x, y);
    for (const box of controlBoxes(state)) room.take(box);
    leaders.clearLayers();
    const all = [...state.marks.values()].filter(({ layer }) => layer.getElement());
    placeDiscs(map, room, all.filter(({ mark }) => mark.badge === "disc"), leaders);
    placePlates(map, room, all.filter(({ mark }) => mark.badge === "label"), state);
    placeNames(map, room, state.labels);
  }

  window.ClaimAtlasLabels = { declutter, countSize, forgetWidths: () => widths.clear() };
})();
