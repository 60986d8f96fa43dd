// What the drawing board says in Dutch. Events are put together of a trigger and a place, as their English names are.

const whole = {
  'Activate hand tool': 'Verschuif het tekenvlak', 'Activate lasso tool': 'Kies meer onderdelen tegelijk',
  'Activate create/remove space tool': 'Maak of verwijder ruimte', 'Activate global connect tool': 'Verbind onderdelen',
  'Create start event': 'Nieuw begin', 'Create intermediate/boundary event': 'Nieuwe tussengebeurtenis', 'Create end event': 'Nieuw einde',
  'Create gateway': 'Nieuwe splitsing', 'Create task': 'Nieuwe activiteit', 'Create data object reference': 'Nieuw gegeven',
  'Create data store reference': 'Nieuwe gegevensopslag', 'Create expanded sub-process': 'Nieuw deelproces',
  'Create pool/participant': 'Nieuwe partij', 'Create group': 'Nieuwe groep',
  'Append task': 'Activiteit erachter', 'Append gateway': 'Splitsing erachter', 'Append end event': 'Einde erachter',
  'Append intermediate/boundary event': 'Tussengebeurtenis erachter', 'Append receive task': 'Ontvangende activiteit erachter',
  'Append message intermediate catch event': 'Wachten op een bericht erachter', 'Append timer intermediate catch event': 'Wachten op een tijd erachter',
  'Append signal intermediate catch event': 'Wachten op een signaal erachter', 'Append conditional intermediate catch event': 'Wachten op een voorwaarde erachter',
  'Append compensation activity': 'Herstellende activiteit erachter', 'Add text annotation': 'Opmerking toevoegen',
  'Add lane above': 'Baan erboven', 'Add lane below': 'Baan eronder', 'Divide into two lanes': 'Verdeel in twee banen', 'Divide into three lanes': 'Verdeel in drie banen',
  'Change element': 'Verander de soort', 'Change type': 'Verander de soort', 'Connect to other element': 'Verbind met een ander onderdeel',
  'Connect using association': 'Verbind met een stippellijn', 'Connect using data input association': 'Verbind als invoer', 'Delete': 'Verwijder', 'Remove': 'Verwijder',
  'Set color': 'Kies een kleur', 'Align elements': 'Lijn uit', 'Align elements left': 'Lijn links uit', 'Align elements right': 'Lijn rechts uit',
  'Align elements center': 'Lijn in het midden uit', 'Align elements top': 'Lijn boven uit', 'Align elements bottom': 'Lijn onder uit', 'Align elements middle': 'Lijn op hoogte uit',
  'Distribute elements horizontally': 'Verdeel naast elkaar', 'Distribute elements vertically': 'Verdeel onder elkaar',
  'Loop': 'Herhalend', 'Parallel multi-instance': 'Meermaals tegelijk', 'Sequential multi-instance': 'Meermaals na elkaar',
  'Collection': 'Verzameling', 'Participant multiplicity': 'Meer van zulke partijen', 'Toggle non-interrupting': 'Onderbreekt wel of niet', 'Open {element}': 'Open {element}',
  'Task': 'Activiteit', 'User task': 'Activiteit door een mens', 'Service task': 'Activiteit door een systeem', 'Manual task': 'Activiteit met de hand', 'Script task': 'Activiteit door een script',
  'Send task': 'Versturende activiteit', 'Receive task': 'Ontvangende activiteit', 'Business rule task': 'Activiteit volgens een beslisregel', 'Call activity': 'Ander proces',
  'Sub-process': 'Deelproces', 'Sub-process (collapsed)': 'Deelproces (dicht)', 'Sub-process (expanded)': 'Deelproces (open)', 'Event sub-process': 'Deelproces bij een gebeurtenis',
  'Ad-hoc sub-process': 'Deelproces in vrije volgorde', 'Ad-hoc sub-process (collapsed)': 'Deelproces in vrije volgorde (dicht)', 'Ad-hoc sub-process (expanded)': 'Deelproces in vrije volgorde (open)', 'Transaction': 'Transactie',
  'Exclusive gateway': 'Splitsing: één weg', 'Parallel gateway': 'Splitsing: alle wegen', 'Inclusive gateway': 'Splitsing: de wegen die gelden', 'Event-based gateway': 'Splitsing: wat het eerst gebeurt', 'Complex gateway': 'Splitsing: eigen regel',
  'Sequence flow': 'Pijl', 'Conditional flow': 'Pijl met een voorwaarde', 'Default flow': 'Gewone weg',
  'Empty pool/participant': 'Partij zonder stappen', 'Empty pool/participant (removes content)': 'Partij zonder stappen (de inhoud gaat weg)', 'Expanded pool/participant': 'Partij met stappen',
  'Data object reference': 'Gegeven', 'Data store reference': 'Gegevensopslag', 'Search': 'Zoek', 'Search in diagram': 'Zoek in de tekening', 'No matching entries': 'Niets gevonden', 'Create element': 'Nieuw onderdeel', 'Append element': 'Onderdeel erachter',
  'Data object must be placed within a pool/participant.': 'Een gegeven hoort in een partij te staan.',
}
const triggers = {Message: 'bericht', Timer: 'tijd', Conditional: 'voorwaarde', Signal: 'signaal', Error: 'fout', Escalation: 'opschaling', Compensation: 'herstel', Cancel: 'afbreken', Link: 'sprong', Terminate: 'alles stopt'}
const places = {
  'start event': 'Begin', 'end event': 'Einde', 'boundary event': 'Onderbreking', 'intermediate throw event': 'Doorgeven', 'intermediate catch event': 'Wachten',
}

const event = text => {
  const [, name, gentle] = text.match(/^(.*?)( \(non-interrupting\))?$/)
  for (const [place, said] of Object.entries(places)) {
    if (!name.toLowerCase().endsWith(place)) continue
    const trigger = triggers[name.slice(0, -place.length).trim()]
    return said + (trigger ? `: ${trigger}` : '') + (gentle ? ' (loopt door)' : '')
  }
}

export const dutch = (text, holes = {}) => (whole[text] ?? event(text) ?? text).replace(/{([^}]+)}/g, (hole, name) => holes[name] ?? hole)
