// A thread lights up at once, without a page: cards are links to the same board with that thread.
// Arrow keys walk the cards as they stand on the board.

const cards = () => [...document.querySelectorAll('.blueprint .main a[href]')]

document.addEventListener('click', async event => {
  const link = event.target.closest('.blueprint a[href^="?"]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  const id = link.closest('[data-id]')?.dataset.id
  await htmx.ajax('GET', location.pathname + link.getAttribute('href'), {target: '#content', select: '#content', swap: 'outerMorph'})
  history.replaceState(null, '', location.pathname + link.getAttribute('href'))
  if (id) document.querySelector(`.blueprint [data-id="${CSS.escape(id)}"] a, .blueprint a[data-id="${CSS.escape(id)}"]`)?.focus()
})

document.addEventListener('keydown', event => {
  const here = event.target.closest?.('.blueprint .main a[href]')
  if (!here || event.altKey) return
  const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key]
  if (!way) return
  const from = here.getBoundingClientRect()
  let best = null, least = Infinity
  for (const card of cards()) {
    if (card === here) continue
    const to = card.getBoundingClientRect()
    const dx = to.left - from.left, dy = to.top - from.top
    const along = way[0] ? dx * way[0] : dy * way[1], across = Math.abs(way[0] ? dy : dx)
    if (along <= 4) continue
    const far = along + 3 * across
    if (far < least) { least = far; best = card }
  }
  if (best) { event.preventDefault(); best.focus() }
})

// On a narrow screen the board folds to one column per step; where the browser cannot walk what it shows, Tab does so here.
if (!CSS.supports('reading-flow', 'flex-visual')) document.addEventListener('keydown', event => {
  const here = event.target.closest?.('.blueprint .lanes a[href]')
  if (!here || event.key !== 'Tab' || getComputedStyle(here.closest('.lanes')).display !== 'flex') return
  const top = card => card.getBoundingClientRect().top
  const seen = cards().filter(card => card.closest('.lanes')).sort((one, other) => top(one) - top(other))
  const next = seen[seen.indexOf(here) + (event.shiftKey ? -1 : 1)]
  if (next) { event.preventDefault(); next.focus() }
})
