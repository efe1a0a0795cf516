/* The map's own script: the base map, the marks, and the way between a mark and the page.
 *
 * It is loaded inside the map's frame before the map is made. The page calls ClaimAtlas.base once and ClaimAtlas.draw
 * after every change. Names reach the page through textContent alone; no text is ever read as HTML.
 */
(function () {
  "use strict";

  const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (reducedMotion) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
  }
  /* Leaflet moves each mark by a transform, for which the browser keeps a layer or at least a space of its own: with hundreds
   * of marks it is busier with those than with all else. So a mark stands where its left and top say, and is transformed only
   * for as long as a zoom is animated. */
  L.Marker.include({
    _setPos(at) {
      for (const node of [this._icon, this._shadow]) {
        if (!node) continue;
        const from = node._leaflet_pos;
        if (from && this._map._animatingZoom) {
          node.style.transform = `translate(${at.x - from.x}px, ${at.y - from.y}px)`;
          continue;
        }
        node._leaflet_pos = at;
        node.style.transform = "";
        node.style.left = `${at.x}px`;
        node.style.top = `${at.y}px`;
      }
      this._zIndex = at.y + this.options.zIndexOffset;
      this._resetZIndex();
    },
  });
  /* pixels between the edge and what the map is fitted to: labels stand beside and below their places */
  const FRAME = { paddingTopLeft: [56, 36], paddingBottomRight: [56, 60] };
  /* numbered marks have no labels, and stand on small maps */
  const NUMBERED = { paddingTopLeft: [24, 20], paddingBottomRight: [24, 28] };
  const state = { map: null, size: "", home: null, frame: FRAME, framed: false, changing: false, touched: false, moved: false, linked: false, glance: 0, look: null, focus: null, reveal: 0, tiles: null, controls: {}, labels: null, names: new Map(), leaders: null, specks: null, note: null, texts: null, focused: null, said: null, saidRows: [], group: null, numbers: null, marks: new Map(), resting: new Map(), areas: new Map() };

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }

  /* ---- base map ------------------------------------------------------------------------------------------- */

  function base(map) {
    const { lay, pane, Strokes, whenLettered } = window.ClaimAtlasBase;
    state.map = map;
    followTheme();
    whenLettered(() => { window.ClaimAtlasLabels.forgetWidths(); declutter(); });
    lay(map);
    /* a sea lies below the land, whose coast is the finer line */
    map.createPane("seas").style.zIndex = 190;
    pane(map, "names", 450);
    const leaders = pane(map, "leaders", 580);
    pane(map, "said", 420);
    state.said = L.layerGroup().addTo(map);
    state.labels = L.layerGroup().addTo(map);
    state.specks = new Strokes({ ...leaders, className: "speck" }).addTo(map);
    state.leaders = ["leader", "leader-end"].map((className) => new Strokes({ ...leaders, className }).addTo(map));
    state.group = L.featureGroup().addTo(map);
    addHome(map);
    state.note = window.ClaimAtlasCrowd.addNote(map);
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution("Natural Earth · GeoNames");
    map.setMaxBounds([[-80, -230], [86, 230]]);
    map.on("moveend", declutter);
    /* who has moved the map already keeps his view when the first marks come */
    for (const touch of ["wheel", "mousedown", "keydown", "touchstart"]) {
      map.getContainer().addEventListener(touch, () => { state.framed = state.touched = true; }, { capture: true, passive: true });
    }
    map.on("moveend", () => {
      if (state.touched) {
        state.moved = true;
        state.look = null;
      }
      state.touched = false;
      writeGlance();
    });
    state.size = sizeOf(map);
    new ResizeObserver(fit).observe(map.getContainer());
  }

  function sizeOf(map) {
    const { clientWidth, clientHeight } = map.getContainer();
    return `${clientWidth} ${clientHeight}`;
  }

  /* The frame has another size: what was in sight stays in sight, unless the reader looks elsewhere. */
  function fit() {
    const { map } = state;
    /* not the size that the map knows: it may have learned of it by itself, and looks where it did */
    const size = sizeOf(map);
    if (size === state.size) return;
    state.size = size;
    atOnce(() => {
      map.invalidateSize({ animate: false });
      if (state.look) state.look();
    });
  }

  /* The way back from a close look: all marks in sight. */
  function addHome(map) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = element("div", "leaflet-bar home");
      const button = element("a", "", "⤢");
      button.href = "#";
      button.setAttribute("role", "button");
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", (event) => {
        L.DomEvent.preventDefault(event);
        state.moved = state.touched = false;
        if (state.home) lookHome({ animate: !reducedMotion, duration: 0.4 });
      });
      bar.append(button);
      return bar;
    };
    control.addTo(map);
  }

  /* The words of the map itself, in the language of the page. */
  function name(map, texts) {
    state.texts = texts;
    document.documentElement.lang = texts.language;
    state.numbers = new Intl.NumberFormat(texts.language);
    document.title = texts.title;
    try {
      if (window.frameElement) window.frameElement.title = texts.title;
    } catch (error) {
      /* a frame of another origin keeps its own name */
    }
    const box = map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", texts.map);
    for (const [button, words] of [[".home a", texts.home], [".leaflet-control-zoom-in", texts.nearer], [".leaflet-control-zoom-out", texts.farther]]) {
      for (const node of box.querySelectorAll(button)) {
        node.title = words;
        node.setAttribute("aria-label", words);
      }
    }
  }

  function followTheme() {
    const apply = () => {
      const colour = getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
      const rgb = (colour.match(/[0-9a-f]{2}/gi) || ["ff", "ff", "ff"]).slice(0, 3).map((part) => parseInt(part, 16));
      const dark = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] < 128;
      document.documentElement.dataset.theme = dark ? "dark" : "light";
    };
    apply();
    new MutationObserver(apply).observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
    new MutationObserver(apply).observe(document.head, { childList: true, subtree: true, characterData: true });
  }

  /* Marks find their places anew once, however often the map is moved and changed meanwhile. */
  function atOnce(change) {
    state.changing = true;
    try {
      change();
    } finally {
      state.changing = false;
    }
    declutter();
  }

  function declutter() {
    if (state.changing) return;
    window.ClaimAtlasLabels.declutter(state);
    window.ClaimAtlasSaid.draw(state);
  }

  /* ---- marks ------------------------------------------------------------------------------------------------- */

  function ring(sides) {
    if (sides.every(([colour]) => colour === sides[0][0])) return sides.length ? sides[0][0] : "none";
    const total = sides.reduce((sum, [, n]) => sum + n, 0);
    let from = 0;
    const stops = sides.map(([colour, n]) => {
      const to = from + (n / total) * 360;
      const stop = `${colour} ${from}deg ${to}deg`;
      from = to;
      return stop;
    });
    return `conic-gradient(${stops.join(", ")})`;
  }

  /* What a mark looks like. Most filters change the number in a disc and its size, so those are changed in place. */
  function dress(made, mark) {
    const node = made.layer.getElement();
    const wanted = classes(mark.badge === "label" ? "mark label" : "mark", mark);
    if (made.classes !== wanted) {
      if (made.classes) node.classList.remove(...made.classes.split(" "));
      node.classList.add(...wanted.split(" "));
      made.classes = wanted;
    }
    node.setAttribute("aria-label", `${mark.name}: ${mark.words}`);
    made.size = null;
    if (mark.badge === "label") node.replaceChildren(plate(mark));
    else disc(made, node, mark);
  }

  /* The square that can be hit, and in it the disc with its number, and below it the code of its side. */
  function disc(made, node, mark) {
    if (!made.parts) made.parts = discParts(node);
    const { fill, core, code } = made.parts;
    const size = Math.max(mark.radius * 2, 24);
    const isLarge = mark.radius >= 9;
    if (made.radius !== mark.radius) {
      made.radius = mark.radius;
      node.style.width = node.style.height = `${size}px`;
      fill.style.width = fill.style.height = `${mark.radius * 2}px`;
      core.style.inset = `${isLarge ? Math.max(3, mark.radius * 0.22) : 2.5}px`;
      code.style.top = `${size / 2 + mark.radius + 1}px`;
    }
    const background = ring(mark.sides);
    if (made.background !== background) fill.style.background = made.background = background;
    write(core, mark.n && isLarge ? state.numbers.format(mark.n) : "");
    write(code, mark.code || "");
  }

  function discParts(node) {
    const [box, fill, core, code] = ["disc", "fill", "core", "code"].map((name) => element("span", name));
    fill.append(core);
    box.append(fill, code);
    node.replaceChildren(box);
    return { fill, core, code };
  }

  function write(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  function plate(mark) {
    const box = element("span", "plate");
    if (mark.quiet) {
      box.append(element("span", "plate-name", mark.name));
      return box;
    }
    const swatch = element("span", mark.sides.length > 1 ? "swatch pie" : "swatch");
    swatch.style.background = ring(mark.sides);
    if (mark.sides.length > 1) swatch.style.width = swatch.style.height = `${window.ClaimAtlasLabels.countSize(mark)}px`;
    const count = element("b", "", state.numbers.format(mark.n));
    count.style.fontSize = `${window.ClaimAtlasLabels.countSize(mark)}px`;
    box.append(swatch, element("span", "plate-name", mark.name), element("span", "plate-code", mark.code || ""), count);
    return box;
  }

  function classes(start, mark) {
    return [start, mark.quiet && "quiet", mark.derived && "derived", mark.vast && "vast", mark.sea && "sea", mark.bands && "banded", mark.selected && "selected"].filter(Boolean).join(" ");
  }

  function tooltip(mark) {
    const box = element("div", "hover");
    box.append(element("strong", "", mark.name), element("div", "", mark.words));
    if (mark.derived) box.append(element("div", "derived-from", mark.derived));
    return box;
  }

  function makeClickable(layer, key) {
    /* what the page gets back of a click: the key, and a number that makes a second click a new one */
    layer.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: { key, click: Date.now() } });
  }

  /* What a click on the mark of a place does, whether it has one: of very many places only the foremost have. */
  function choose(key, at) {
    const layer = {};
    makeClickable(layer, key);
    state.group.fire("click", { latlng: L.latLng(at), layer });
  }

  const OVER_PLATES = 5000;
  const MOST_RESTING = 400;

  function above(mark) {
    /* discs lie over plates, which have more room to be hit; of discs the small lie on top, of plates those with most claims */
    return mark.badge === "label" ? Math.round(mark.radius * 10) : OVER_PLATES - Math.round(mark.radius * 10);
  }

  function addBadge(mark) {
    const icon = L.divIcon({ className: "", iconSize: [0, 0] });
    const layer = L.marker(mark.at, { icon, keyboard: true, riseOnHover: true, zIndexOffset: above(mark) });
    const made = { mark, layer, layers: [layer] };
    layer.bindTooltip(() => tooltip(made.mark), { direction: "top", offset: [0, -mark.radius], className: "card", opacity: 1 });
    makeClickable(layer, mark.key);
    layer.on("add", () => {
      const node = layer.getElement();
      node.dataset.key = mark.key;
      dress(made, mark);
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        layer.fire("click", { latlng: layer.getLatLng() }, true);
      });
      node.addEventListener("focus", () => layer.openTooltip());
      node.addEventListener("blur", () => layer.closeTooltip());
      for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) {
        node.addEventListener(event, () => pointOut(mark.key, on));
      }
    });
    layer.addTo(state.group);
    return made;
  }

  /* The same place with other claims: the mark stays, with what listens to it, and is dressed anew. */
  function changeBadge(made, mark) {
    if (made.mark.badge !== mark.badge || String(made.mark.at) !== String(mark.at)) return false;
    dress(made, mark);
    made.layer.setZIndexOffset(above(mark));
    made.layer.getTooltip().options.offset = L.point(0, -mark.radius);
    return true;
  }

  /* Bands first, the widest below: where all of them lie on each other the region is surest. */
  function addBands(mark) {
    const look = { interactive: false, className: "band", stroke: false, fillColor: mark.sides[0][0] };
    return (mark.bands || []).map((band) => new window.ClaimAtlasBase.Area(band, look).addTo(state.group));
  }

  function addArea(mark) {
    const bands = addBands(mark);
    const [colour] = mark.sides[0];
    const layer = new window.ClaimAtlasBase.Area(mark.area, {
      pane: mark.sea ? "seas" : "overlayPane", className: classes("area", mark), color: colour, fillColor: colour, bubblingMouseEvents: false,
    });
    makeClickable(layer, mark.key);
    /* the plate is the way in for the keyboard: the area would be a second stop, and one without a name */
    layer.on("add", () => layer.getElement().setAttribute("tabindex", "-1"));
    const made = { mark, layer, layers: [...bands, layer] };
    layer.bindTooltip(() => tooltip(made.mark), { sticky: true, className: "card", opacity: 1 });
    layer.addTo(state.group);
    return made;
  }

  /* The same area in another colour. */
  function changeArea(made, mark) {
    const shape = ({ area, bands, derived, vast, sea, selected }) => [area, bands, derived, vast, sea, selected].join();
    if (shape(made.mark) !== shape(mark)) return false;
    const colour = mark.sides[0][0];
    if (made.mark.sides[0][0] !== colour) for (const layer of made.layers) layer.setStyle({ color: colour, fillColor: colour });
    return true;
  }

  /* Pointing at a plate, or reaching it with the keyboard, makes out the area it stands for. */
  function pointOut(key, on) {
    const area = state.areas.get(key);
    if (area && area.layer.getElement()) area.layer.getElement().classList.toggle("pointed", on);
  }

  /* What was there before stays on the map and is changed where it can be: a filter leaves most areas and many marks as they
   * are, and to make them anew costs most of the time that a reader waits. Calls ``made`` for what had to be made. */
  function bring(kept, wanted, { add, change, made, wake: again = () => undefined, leave = remove }) {
    const gone = new Set(kept.keys());
    for (const mark of wanted) {
      gone.delete(mark.key);
      const old = kept.get(mark.key) || again(mark.key);
      if (old && (old.mark.look === mark.look || change(old, mark))) {
        old.mark = mark;
        kept.set(mark.key, old);
        continue;
      }
      if (old) remove(old);
      kept.set(mark.key, add(mark));
      if (made) made(mark);
    }
    for (const key of gone) {
      leave(kept.get(key));
      kept.delete(key);
    }
  }

  /* A mark that a filter takes away is likely to come back with the next: it leaves the page, and keeps what it is. */
  function rest(made) {
    made.layer.closeTooltip();
    made.layer.getElement().remove();
    state.resting.set(made.mark.key, made);
    if (state.resting.size > MOST_RESTING) {
      const [longest] = state.resting.values();
      state.resting.delete(longest.mark.key);
      remove(longest);
    }
  }

  function wake(key) {
    const made = state.resting.get(key);
    if (made) {
      state.resting.delete(key);
      made.layer.getPane().append(made.layer.getElement());
    }
    return made;
  }

  function remove({ layers }) {
    for (const layer of layers) state.group.removeLayer(layer);
  }

  function draw(group, data) {
    /* the component keeps every group it was ever given: without this line each filter change would cost memory */
    window.feature_group = [];
    const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : null;
    state.focused = focused;
    name(state.map, data.texts);
    atOnce(() => {
      frame(data);
      bringAll(data.rows.map((row) => markOf(data.fields, row)), data.numbered);
      useTiles(data.tiles);
      settle(data);
    });
    state.focused = null;
    const again = focused && state.marks.get(focused);
    if (again && again.layer.getElement()) again.layer.getElement().focus({ preventScroll: true });
    document.documentElement.dataset.drawn = String(Number(document.documentElement.dataset.drawn || 0) + 1);
  }

  /* ``look`` tells it from the mark of the same place before. */
  function markOf(fields, row) {
    const mark = { look: JSON.stringify(row) };
    for (let i = 0; i < fields.length; i += 1) mark[fields[i]] = row[i];
    return mark;
  }

  /* Tab goes from mark to mark as they come, or by their numbers where these are those of a list. */
  function bringAll(marks, numbered) {
    const areas = marks.filter((mark) => mark.area);
    const fresh = new Set();
    bring(state.areas, areas, { add: addArea, change: changeArea, made: ({ key }) => fresh.add(key) });
    /* the widest lie below, whenever they were made */
    const from = areas.findIndex(({ key }) => fresh.has(key));
    if (from >= 0) for (const { key } of areas.slice(from)) state.areas.get(key).layers.forEach((layer) => layer.bringToFront());
    bring(state.marks, numbered ? [...marks].sort((a, b) => a.n - b.n) : marks, { add: addBadge, change: changeBadge, wake, leave: rest });
  }

  /* Where the map looks at first, and where a link says. Before the marks are made: each would be moved by it. */
  function frame(data) {
    state.home = data.home;
    state.frame = data.numbered ? NUMBERED : FRAME;
    if (!state.framed && data.home) {
      lookHome({ animate: false });
      state.framed = true;
    }
    state.linked = Boolean(data.glance);
    if (data.glance && data.glance.call && data.glance.call !== state.glance) {
      state.glance = data.glance.call;
      state.framed = state.moved = true;
      /* the link's own view goes before that of a claim or place it opens */
      if (data.focus) state.focus = data.focus.call;
      /* not moved there but set: moving goes by whole pixels, and the address would say another place */
      state.look = () => state.map.setView(data.glance.at, data.glance.zoom, { animate: false, reset: true });
      state.look();
    }
    /* asked before there is much to lay out */
    window.ClaimAtlasLabels.controlBoxes(state);
  }

  function settle(data) {
    if (data.reveal && data.reveal !== state.reveal) {
      state.reveal = data.reveal;
      window.setTimeout(reveal, 150);
    }
    if (data.focus && data.focus.call !== state.focus) {
      state.focus = data.focus.call;
      state.moved = state.touched = false;
      /* at first at once: a frame that is not laid out yet would end the move elsewhere than it has to */
      lookAt(data.focus, document.documentElement.dataset.drawn ? undefined : { animate: false });
    }
    writeGlance();
    state.saidRows = data.lines || [];
  }

  /* Zoom and centre of the reader's own choice stand in the page's address, so that a link restores them. What the page
   * itself looks at follows from the other parameters. No entry is added to the history, and the page does not run. */
  function writeGlance() {
    if (!state.linked) return;
    try {
      const { location, history } = window.parent;
      const others = location.search.slice(1).split("&").filter((part) => part && !part.startsWith("view="));
      const { lat, lng } = state.map.getCenter();
      const own = `view=${lat.toFixed(3)},${lng.toFixed(3)},${state.map.getZoom()}`;
      const search = (state.moved ? [...others, own] : others).join("&");
      if (search !== location.search.slice(1)) history.replaceState(history.state, "", `${location.pathname}${search ? `?${search}` : ""}${location.hash}`);
    } catch (error) {
      /* a frame of another origin cannot reach its page */
    }
  }

  /* What the reader asked for is shown beside the map, or below it on a phone: bring it into sight. */
  function reveal() {
    try {
      const panel = window.parent.document.querySelector(".st-key-ca-panel");
      const frame = window.frameElement;
      if (!panel || !frame) return;
      panel.scrollTop = 0;
      const beside = panel.getBoundingClientRect().left > frame.getBoundingClientRect().left + 50;
      (beside ? frame : panel).scrollIntoView({ block: beside ? "nearest" : "start", behavior: reducedMotion ? "auto" : "smooth" });
    } catch (error) {
      /* a frame of another origin cannot reach its page */
    }
  }

  function lookHome(options) {
    const home = state.home;
    state.look = () => state.map.fitBounds(home, { animate: false, ...state.frame, maxZoom: 6 });
    state.map.fitBounds(home, { ...options, ...state.frame, maxZoom: 6 });
  }

  function lookAt({ at, bounds }, options = { animate: !reducedMotion, duration: 0.4 }) {
    state.look = () => lookAt({ at, bounds }, { animate: false });
    if (bounds) state.map.fitBounds(bounds, { ...options, ...state.frame, maxZoom: 7 });
    else state.map.setView(at, Math.max(state.map.getZoom(), 6), options);
  }

  /* Tiles from the network: only while the reader has switched them on. */
  function useTiles(tiles) {
    if (!tiles && state.tiles) {
      state.tiles.remove();
      state.tiles = null;
    } else if (tiles && !state.tiles) {
      state.tiles = L.tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 12, zIndex: 1 }).addTo(state.map);
    }
    document.documentElement.classList.toggle("with-tiles", Boolean(tiles));
  }

  window.ClaimAtlas = { base, choose, draw, state };
})();
