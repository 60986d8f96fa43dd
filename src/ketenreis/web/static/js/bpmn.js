// The drawing board: shows the process as it stands, and sends back what was drawn when somebody saves it.
import {dutch} from './bpmn-nl.js'

const form = document.getElementById('drawing'), container = document.getElementById('canvas')
const saving = form.querySelectorAll('button:not([type])'), unsaved = form.querySelector('.unsaved'), status = document.getElementById('status')
const tell = text => { status.textContent = ''; requestAnimationFrame(() => { status.textContent = text }) }
const translation = {translate: ['value', (text, holes = {}) => document.documentElement.lang === 'nl' ? dutch(text, holes) : text.replace(/{([^}]+)}/g, (hole, name) => holes[name] ?? hole)]}
const modeler = new window.BpmnJS({container, additionalModules: [translation]})
let changed = false

const wait = now => { for (const button of saving) button.disabled = now }
const mark = now => { changed = now; wait(!now); unsaved.hidden = !now }
const fit = () => modeler.get('canvas').zoom('fit-viewport', 'auto')

const load = async () => {
  try {
    const drawn = form.elements.xml.value  // what somebody comes back to from the page that tells what it would touch
    await modeler.importXML(drawn || await (await fetch(form.dataset.file)).text())
    if (drawn) mark(true)
    fit()
    container.querySelector('svg')?.setAttribute('aria-label', container.getAttribute('aria-label'))
    for (const entry of container.querySelectorAll('.djs-palette .entry')) entry.title = entry.getAttribute('aria-label') ?? ''
    container.dataset.ready = 'true'
  } catch { tell(form.dataset.unread) }
}

modeler.on('commandStack.changed', () => mark(true))
form.querySelector('[data-fit]').addEventListener('click', fit)
addEventListener('beforeunload', event => { if (changed) event.preventDefault() })

form.addEventListener('submit', async event => {
  event.preventDefault()
  const asks = event.submitter?.name  // before it is disabled: then a form no longer sends it
  wait(true)
  try {
    const {xml} = await modeler.saveXML({format: true})
    form.elements.xml.value = xml
    const body = new FormData(form)
    if (asks) body.append(asks, '1')
    const answer = await fetch(location.pathname, {method: 'POST', headers: {Accept: 'application/json'}, body})
    const {said, seen, goes} = await answer.json()
    if (goes) {
      changed = false
      location.assign(goes)
      return
    }
    if (answer.ok) {
      form.elements.seen.value = seen
      mark(false)
      const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), 'text/html')
      document.getElementById('beside').replaceWith(page.getElementById('beside'))
    } else wait(false)
    tell(said)
  } catch { wait(false); tell(form.dataset.failed) }
  form.elements.xml.value = ''
})

load()
