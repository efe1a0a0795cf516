/* The exported page: a map over the list that is in the page already. Report text enters through textContent only. */
(function () {
  "use strict";
  const places = JSON.parse(document.getElementById("places").textContent);
  const items = [...document.querySelectorAll("#claims li")].map((node) => ({
    node,
    at: new Set((node.dataset.places || "").split(" ").filter(Boolean)),
    words: node.textContent.toLowerCase(),
  }));
  const find = document.getElementById("find");
  const all = document.getElementById("all");
  const shown = document.getElementById("shown");
  let chosen = null;

  function refresh() {
    const wanted = find.value.trim().toLowerCase();
    let n = 0;
    for (const item of items) {
      const fits = (chosen === null || item.at.has(chosen)) && item.words.includes(wanted);
      item.node.hidden = !fits;
      n += fits ? 1 : 0;
    }
    const where = chosen === null ? "" : ` at ${places[Number(chosen)].name}`;
    shown.textContent = `${n.toLocaleString("en")} of ${items.length.toLocaleString("en")} claims${where}`;
    all.hidden = chosen === null;
  }

  function unpack(flat) {
    const points = [];
    let x = 0, y = 0;
    for (let i = 0; i < flat.length; i += 2) {
      x += flat[i];
      y += flat[i + 1];
      points.push([y / 100, x / 100]);
    }
    return points;
  }

  function drawBase(map) {
    const base = window.CLAIM_ATLAS_BASEMAP;
    const quiet = { interactive: false, smoothFactor: 1 };
    const land = { ...quiet, color: "#b4bec7", weight: 0.7, fillColor: "#fafaf7", fillOpacity: 1 };
    L.polygon(base.land.map((rings) => rings.map(unpack)), land).addTo(map);
    L.polyline(base.borders.map(unpack), { ...quiet, color: "#b4bec7", weight: 1 }).addTo(map);
    L.polyline(base.disputed.map(unpack), { ...quiet, color: "#b4bec7", weight: 1, dashArray: "4 4" }).addTo(map);
  }

  function drawPlace(map, place, index) {
    const style = { color: place.colour, weight: 1.5, fillColor: place.colour, fillOpacity: 0.25 };
    const name = document.createElement("span");
    name.textContent = `${place.name}: ${place.n}`;
    if (place.geometry) {
      L.geoJSON(place.geometry, { style: { ...style, weight: 1, fillOpacity: 0.06, interactive: false } }).addTo(map);
    }
    const radius = 5 + 2.2 * Math.log2(1 + place.n);
    return L.circleMarker([place.lat, place.lon], { ...style, radius, fillOpacity: 0.6 })
      .bindTooltip(name)
      .on("click", () => { chosen = String(index); refresh(); })
      .addTo(map);
  }

  function draw() {
    const map = L.map("map", { worldCopyJump: true, minZoom: 1, maxZoom: 12, preferCanvas: true });
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution("Natural Earth · GeoNames · Leaflet");
    map.setView([30, 20], 2);
    drawBase(map);
    const marks = places.map((place, index) => drawPlace(map, place, index));
    if (marks.length) map.fitBounds(L.featureGroup(marks).getBounds().pad(0.2), { maxZoom: 7 });
  }

  find.addEventListener("input", refresh);
  all.addEventListener("click", () => { chosen = null; refresh(); });
  document.getElementById("tools").hidden = false;
  draw();
  refresh();
})();
