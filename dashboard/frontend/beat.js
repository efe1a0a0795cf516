/* The pauses of playing through time: after each of them the page is asked for the next step.
 *
 * This is drawn after everything that a step shows, so a step is asked for only when the one before has come whole. The
 * page may draw it anew within a pause; the pause goes on. A question that is lost on its way is asked again, less and
 * less often; the page answers each once. One page has one of these, so its clock stands here.
 */
const REST = 150;
const PATIENCE = 3000;
let timer;
let began = null;

export default function ({ data, setTriggerValue }) {
  window.clearTimeout(timer);
  const now = performance.now();
  began = data.seconds === null ? null : (began ?? now);
  if (began === null) return undefined;
  let own;
  const after = (pause, patience) => {
    own = timer = window.setTimeout(() => {
      began = performance.now();
      setTriggerValue("beat", data.step);
      after(patience, patience * 2);
    }, pause);
  };
  after(Math.max(REST, began + data.seconds * 1000 - now), PATIENCE);
  return () => window.clearTimeout(own);
}
