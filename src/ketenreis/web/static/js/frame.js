// What every page can do: the palette, the panel, and telling what happened. Without script all of it still works as pages.

const status = text => { const box = document.getElementById('status'); box.textContent = ''; requestAnimationFrame(() => { box.textContent = text }) }

// Dialogs open from any control that names one.
document.addEventListener('click', event => {
  const opener = event.target.closest('[data-open]')
  if (opener) document.getElementById(opener.dataset.open).showModal()
  if (event.target.matches('dialog')) event.target.close() // a click beside it
})

// A line that adds something is empty as soon as it is sent, so that the next can be typed while the answer is on its way;
// what could not be added stands there again.
const sent = new WeakMap()
const giveBack = form => { for (const [box, said] of sent.get(form) ?? []) if (box.isConnected && !box.value) box.value = said }
document.addEventListener('htmx:before:request', event => {
  const form = event.detail.ctx?.sourceElement
  if (!form?.matches?.('form:is(.adding, [data-empties]):not([data-trial])')) return
  sent.set(form, [...form.elements].filter(box => box.type !== 'hidden' && box.value).map(box => [box, box.value]))
  form.reset()
})
document.addEventListener('htmx:response:error', event => giveBack(event.detail.ctx?.sourceElement))

// The panel opens once its content has arrived.
document.addEventListener('htmx:after:swap', event => {
  const {ctx} = event.detail
  const source = ctx?.sourceElement
  if (source?.matches?.('[data-panel]')) {
    const panel = document.getElementById('panel')
    if (!panel.open) panel.showModal()
    const at = source.dataset.panel && panel.querySelector(`#${CSS.escape(source.dataset.panel)}`)
    ;(at || panel.querySelector('input:not([type=hidden]), textarea, select'))?.focus()
  }
  // A form that only tries something out has saved nothing, and keeps what was typed.
  if (source?.matches?.('form:not([data-trial])')) {
    document.querySelector('[data-focus]')?.focus()
    if (document.querySelector('[data-focus]')) giveBack(source)
    else {
      document.getElementById('panel')?.close()
      status(document.body.dataset.saved)
    }
  }
})

// Moving with Alt and an arrow is pressing the button that says the same.
document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    document.getElementById('palette')?.showModal()
  }
  if (!event.altKey) return
  const movable = event.target.closest('[data-movable]')
  const way = {ArrowUp: 'earlier', ArrowLeft: 'earlier', ArrowDown: 'later', ArrowRight: 'later'}[event.key]
  if (!movable || !way) return
  event.preventDefault()
  movable.querySelector(`:scope > * button[data-by="${way}"], :scope > button[data-by="${way}"]`)?.click()
})

// Dragging: what is dropped on another of its kind takes its place; dropped beside them, it comes last.
let dragged = null
const kin = () => `[data-movable="${dragged.dataset.movable}"]`
const holder = () => `[data-holds~="${dragged.dataset.movable}"]`
const aim = event => dragged && event.target.closest ? event.target.closest(kin()) ?? event.target.closest(holder()) : null
const home = one => (one.matches(kin()) ? one.parentElement : one).closest(holder())?.dataset.into ?? ''
const light = over => { for (const one of document.querySelectorAll('.aimed-at')) one.classList.remove('aimed-at'); over?.classList.add('aimed-at') }
document.addEventListener('dragstart', event => { dragged = event.target.closest?.('[data-movable]'); if (dragged) event.dataTransfer.setData('text/plain', dragged.id) })
document.addEventListener('dragend', () => { dragged = null; light(null) })
document.addEventListener('dragover', event => { const over = aim(event); light(over === dragged ? null : over); if (over) event.preventDefault() })
document.addEventListener('drop', event => {
  const over = aim(event), form = dragged?.querySelector('form[data-move]')
  if (!over || over === dragged || !form) return
  event.preventDefault()
  const there = [...document.querySelectorAll(kin())].filter(one => home(one) === home(over)), at = there.indexOf(over)
  const goesOn = there.includes(dragged) && there.indexOf(dragged) < at
  const kind = dragged.dataset.movable, next = `next${kind[0].toUpperCase()}${kind.slice(1)}`
  const below = over.closest(holder())?.dataset[next] ?? '' // the first line of the next page
  const before = at < 0 ? below : (goesOn ? there[at + 1]?.id ?? below : over.id)
  for (const [name, value] of Object.entries({before, to: home(over)})) form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}))
  form.requestSubmit()
})

// The palette: type, choose with the arrows, go with Enter.
const palette = document.getElementById('palette')
if (palette) {
  const box = palette.querySelector('input'), list = palette.querySelector('ul')
  let asked = 0
  const show = async () => {
    const turn = ++asked
    const answer = await fetch(`${document.body.dataset.palette}?q=${encodeURIComponent(box.value)}`, {headers: {Accept: 'application/json'}})
    const {found, none} = await answer.json()
    if (turn !== asked) return // an older question
    list.replaceChildren(...found.map((row, at) => {
      const item = document.createElement('li'), kind = document.createElement('small')
      Object.assign(item, {id: `found-${at}`, role: 'option', textContent: row.name}); item.dataset.url = row.url; item.setAttribute('aria-selected', String(at === 0))
      kind.textContent = [row.kind, row.where, row.says && `“${row.says}”`].filter(Boolean).join(' · ')
      item.append(kind)
      return item
    }))
    if (!found.length) { const item = document.createElement('li'); Object.assign(item, {role: 'option', textContent: none, ariaDisabled: 'true'}); list.append(item) }
    box.setAttribute('aria-activedescendant', found.length ? 'found-0' : '')
  }
  const choose = step => {
    const items = [...list.querySelectorAll('[data-url]')], at = items.findIndex(item => item.getAttribute('aria-selected') === 'true')
    const next = items[Math.max(0, Math.min(items.length - 1, at + step))]
    if (!next) return
    items[at]?.setAttribute('aria-selected', 'false'); next.setAttribute('aria-selected', 'true')
    box.setAttribute('aria-activedescendant', next.id); next.scrollIntoView({block: 'nearest'})
  }
  box.addEventListener('input', show)
  list.addEventListener('click', event => { const item = event.target.closest('[data-url]'); if (item) location.assign(item.dataset.url) })
  palette.addEventListener('toggle', event => { if (event.newState === 'open') { box.select(); show() } })
  box.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); choose(event.key === 'ArrowDown' ? 1 : -1) }
    if (event.key === 'Enter') { const item = list.querySelector('[aria-selected=true]'); if (item) { event.preventDefault(); location.assign(item.dataset.url) } }
  })
}
