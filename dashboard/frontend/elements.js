/* What the scripts of the page's own components share: the page puts it before each of them (dashboard/libraries.py), for
 * a component is one module that can import no other.
 */

/* An element whose words are text, never markup. */
function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}
