/* Land and lines of the base map: packed numbers, and the path that shows them.
 *
 * Leaflet would make several objects of each of 90,000 points, anew with each zoom. Here they stay numbers: they are projected
 * once, and a path has no more of them than lie in sight and a step apart.
 */
(function () {
  "use strict";

  /* pixels from point to point, across and down together: what is finer cannot be seen */
  const STEP = 1.6;
  const TILE = 256;
  const OUTERMOST = L.Projection.SphericalMercator.MAX_LATITUDE;
  const BASE = 32;
  const VALUES = [];
  [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-."].forEach((sign, value) => { VALUES[sign.charCodeAt(0)] = value; });
  const [LEFT, RIGHT, ABOVE, BELOW] = [1, 2, 4, 8];

  /* From steps in hundredths of a degree, longitude first, to the world as a square of one by one, north above; with its box. */
  function projected(flat) {
    const points = new Float64Array(flat.length);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    let lon = 0, lat = 0;
    for (let i = 0; i < flat.length; i += 2) {
      lon += flat[i];
      lat += flat[i + 1];
      const sine = Math.sin((Math.max(-OUTERMOST, Math.min(OUTERMOST, lat / 100)) * Math.PI) / 180);
      const x = lon / 36000 + 0.5;
      const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      points[i] = x;
      points[i + 1] = y;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
    return { points, box };
  }

  /* The rings of an outline that was packed by dashboard/packing.py, each as steps. */
  function unpacked(text) {
    return text.split(" ").map((ring) => {
      const steps = [];
      for (let i = 0; i < ring.length; i += 1) {
        let number = 0, worth = 1, digit = VALUES[ring.charCodeAt(i)];
        for (; digit >= BASE; i += 1, digit = VALUES[ring.charCodeAt(i)]) {
          number += (digit - BASE) * worth;
          worth *= BASE;
        }
        number += digit * worth;
        steps.push(number % 2 ? -(number + 1) / 2 : number / 2);
      }
      return steps;
    });
  }

  function side(x, y, [left, top, right, bottom]) {
    return (x < left ? LEFT : x > right ? RIGHT : 0) | (y < top ? ABOVE : y > bottom ? BELOW : 0);
  }

  /* The commands of one ring or line. What goes along beyond one edge of the view is cut short: nothing of it is in sight. */
  function written({ points, box }, view, { scale, x: across, y: down }) {
    if (box[0] > view[2] || box[2] < view[0] || box[1] > view[3] || box[3] < view[1]) return "";
    const step = STEP / scale;
    let commands = "", command = "M", lastX = Infinity, lastY = Infinity, lastSide = 0, held = -1;
    const put = (x, y) => {
      commands += `${command}${Math.round((x * scale - across) * 2) / 2} ${Math.round((y * scale - down) * 2) / 2}`;
      command = "L";
    };
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i], y = points[i + 1];
      const isLast = i === points.length - 2;
      if (!isLast && Math.abs(x - lastX) + Math.abs(y - lastY) < step) continue;
      const here = side(x, y, view);
      if (!isLast && here & lastSide) {
        held = i;
        continue;
      }
      if (held >= 0) put(points[held], points[held + 1]);
      held = -1;
      put(x, y);
      lastX = x;
      lastY = y;
      lastSide = here;
    }
    return commands;
  }

  /* One path of many rings or lines; ``end`` is what each of them ends with. */
  const Outline = L.Path.extend({
    options: { end: "" },

    initialize(parts, options) {
      L.setOptions(this, options);
      this._parts = parts.map(projected);
    },

    /* the renderer asks for both after a zoom, and for the second after a move */
    _project() {},

    _update() {
      const { min, max } = this._renderer._bounds;
      const scale = TILE * 2 ** this._map.getZoom();
      const { x, y } = this._map.getPixelOrigin();
      const view = [(min.x + x) / scale, (min.y + y) / scale, (max.x + x) / scale, (max.y + y) / scale];
      const commands = this._parts.map((part) => written(part, view, { scale, x, y })).filter(Boolean);
      this._renderer._setPath(this, commands.map((each) => each + this.options.end).join("") || "M0 0");
    },
  });

  /* An outline that can be pointed at. */
  const Area = Outline.extend({
    options: { end: "Z", fill: true },

    initialize(text, options) {
      Outline.prototype.initialize.call(this, unpacked(text), options);
    },

    getBounds() {
      const bounds = L.latLngBounds([]);
      const { projection } = L.CRS.EPSG3857;
      const world = 2 * Math.PI * L.Projection.SphericalMercator.R;
      for (const { box: [west, north, east, south] } of this._parts) {
        for (const [x, y] of [[west, north], [east, south]]) bounds.extend(projection.unproject(L.point((x - 0.5) * world, (0.5 - y) * world)));
      }
      return bounds;
    },
  });

  /* One path of commands in pixels of the map's layers, which whoever wrote them writes anew when the map has moved. */
  const Strokes = L.Path.extend({
    initialize(options) {
      L.setOptions(this, options);
    },

    _project() {},

    _update() {
      this._renderer._setPath(this, this._commands || "M0 0");
    },

    write(commands) {
      if (commands === this._commands) return;
      this._commands = commands;
      this._update();
    },
  });

  function pane(map, name, zIndex) {
    const made = map.createPane(name);
    made.style.zIndex = zIndex;
    made.style.pointerEvents = "none";
    return { pane: name, renderer: L.svg({ pane: name, padding: 0.6 }), interactive: false };
  }

  /* Land lies below the boundaries; a ring within a ring is a lake. */
  function lay(map) {
    const { land, borders, disputed } = window.CLAIM_ATLAS_BASEMAP;
    const [ground, lines] = [pane(map, "land", 200), pane(map, "lines", 260)];
    new Outline(land.flat(), { ...ground, className: "land", end: "Z" }).addTo(map);
    new Outline(borders, { ...lines, className: "border" }).addTo(map);
    new Outline(disputed, { ...lines, className: "border disputed" }).addTo(map);
  }

  /* The page's own typeface, which the browser has already: a frame does not inherit faces. It is asked for as early as this, so
   * that it is there before the first label is measured. */
  async function borrowFonts() {
    try {
      for (const sheet of window.parent.document.styleSheets) {
        for (const rule of sheet.cssRules) {
          if (!(rule instanceof window.parent.CSSFontFaceRule) || !/Source Sans/.test(rule.style.fontFamily)) continue;
          const [, source] = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src")) || [];
          if (!source || rule.style.fontStyle === "italic") continue;
          const address = new URL(source, sheet.href || window.parent.location.href);
          if (address.origin !== window.location.origin) continue;
          const face = new FontFace("Source Sans", `url(${JSON.stringify(address.href)})`, { weight: "200 900" });
          document.fonts.add(face);
          await face.load();
          return;
        }
      }
    } catch (error) {
      /* without it the system's typeface serves */
    }
  }

  let lettered = false;
  const typeface = borrowFonts().then(() => { lettered = true; });

  /* Calls when the typeface comes, unless it is there already. */
  function whenLettered(call) {
    if (!lettered) typeface.then(call);
  }

  window.ClaimAtlasBase = { lay, pane, Area, Strokes, whenLettered };
})();
