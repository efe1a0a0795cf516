/* What becomes of the marks where there are more than can be told apart.
 *
 * The more places are in sight, the less far a mark may stand from its own: a mark that is led across half the map says that
 * something happened where nothing did. What finds no room so near is a small dot at its true place, until a closer look or
 * a filter makes room for it, and a note within the map's frame says how many are.
 */
(function () {
  "use strict";

  /* pixels that a mark may be carried where there are few, and where there are very many */
  const FAR = 210;
  const NEAREST = 12;
  /* as many places have room for marks that are carried so far */
  const FEW = 24;
  /* pixels from the middle of a dot to its edge */
  const RADIUS = 3;

  const reach = (seen) => Math.max(NEAREST, Math.min(FAR, (FAR * FEW) / seen));

  /* A mark that is a dot is out of the page's sight: it cannot be reached by keys nor be pointed at. */
  function hide(made, on) {
    if (Boolean(made.hidden) === on) return;
    made.hidden = on;
    made.layer.getElement().style.display = on ? "none" : "";
    if (on) made.layer.closeTooltip();
  }

  /* All dots as one path, each where its place is. */
  function drawSpecks(map, path, specks) {
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const round = `a${RADIUS} ${RADIUS} 0 1 0 ${RADIUS * 2} 0a${RADIUS} ${RADIUS} 0 1 0 -${RADIUS * 2} 0`;
    path.write(specks.map((at) => `M${at.x + x - RADIUS} ${at.y + y}${round}`).join(""));
  }

  /* ---- the note -------------------------------------------------------------------------------------------------- */

  /* It lets through what is meant for the map, and is there before it says something: only then is it read out. */
  function addNote(map) {
    const words = document.createElement("span");
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const box = document.createElement("div");
      box.className = "crowd-note";
      box.setAttribute("role", "status");
      box.append(words);
      return box;
    };
    control.addTo(map);
    return { words, situation: "", box: null };
  }

  function say({ note, texts, numbers }, count) {
    const { language, dot, dots } = texts;
    const pattern = new Intl.PluralRules(language).select(count) === "one" ? dot : dots;
    const told = count ? pattern.replace("{n}", numbers.format(count)) : "";
    if (note.words.textContent !== told) note.words.textContent = told;
  }

  /* Where the note would lie that says the most it may have to say. It is asked for before it is known what it says. */
  function noteBox(state, most) {
    const { map, note, texts } = state;
    const situation = [map.getSize().x, texts.language, String(most).length].join(" ");
    if (note.situation !== situation) {
      say(state, most);
      const from = map.getContainer().getBoundingClientRect();
      const { left, top, right, bottom } = note.words.getBoundingClientRect();
      note.situation = situation;
      note.box = [left - from.left, top - from.top, right - from.left, bottom - from.top];
    }
    return note.box;
  }

  window.ClaimAtlasCrowd = { FAR, RADIUS, reach, hide, drawSpecks, addNote, noteBox, say };
})();
