// The few ways in which this page changes its document. Text is set as text: nothing of an answer becomes markup.

function element(id) {
  return document.getElementById(id);
}

function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text; // only where it differs: a selection survives, and screen readers hear changes only
  }
}

function show(id, shown) {
  element(id).hidden = !shown;
}

/** Lets a node have as many children as there are items; `make` creates one, `fill` brings it up to date. */
function list(parent, items, make, fill) {
  while (parent.children.length > items.length) {
    parent.lastElementChild.remove();
  }
  items.forEach((item, place) => {
    if (place >= parent.children.length) {
      parent.append(make(item));
    }
    fill(parent.children[place], item, place);
  });
}

/** An element with text or children. */
function make(tag, ...children) {
  const node = document.createElement(tag);
  node.append(...children);
  return node;
}

/** The colour of the type at a place of the declaration, as the style has it for dark and light. */
function typeColour(place) {
  return styleColour(`--type-${place % 6}`);
}

function styleColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function swatch(place) {
  const node = make("i");
  node.className = "swatch";
  node.style.background = `var(--type-${place % 6})`;
  return node;
}
