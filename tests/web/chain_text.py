"""A chain of three links, two of them with an agreement, for the tests of chains and processes; it stands beside the text of `conftest`."""

CHAIN = """
departments:
- {id: meldpunt, name: Meldpunt, roles: [{id: telefonist, name: Telefonist}]}
- {id: hoveniers, name: Hoveniers, type: partner, roles: [{id: hovenier, name: Hovenier}]}
internal_requirements: [{id: veilig-werken, name: Veilig werken, origin: law}]
systems: [{id: zaaksysteem, name: Zaaksysteem}]
goals: [{id: rust, name: Rust in de wijk}]
processes:
- id: aannemen
  name: Melding aannemen
  activities:
  - id: noteren
    name: Melding noteren
    performed_by: [telefonist]
    uses: [zaaksysteem]
    stage: onstage
    minutes: 4
    then: [compleet]
    outputs: [{id: melding-klaar, name: Melding klaar, serves: [kijken-binnen-een-week]}]
  - {id: doorzetten, name: Melding doorzetten, performed_by: [telefonist], takes: [melding-klaar]}
  - {id: navragen, name: Navragen, performed_by: [telefonist], then: [noteren]}
  gateways: [{id: compleet, name: Compleet, type: exclusive, then: [{to: doorzetten, condition: ja}, {to: navragen, condition: nee}]}]
- id: snoeien
  name: Snoeien
  activities: [{id: zagen, name: Zagen, performed_by: [hovenier], serves: [veilig-werken]}]
chains:
- id: bomen-veilig
  name: Bomen veilig
  need: Ik wil dat de gevaarlijke boom weg is
  fulfilment: De boom is veilig
  tactic: Eerst kijken, dan zagen
  success_criteria: [Geen boom valt om na een melding]
  for: [buurt]
  pursues: [rust]
  chain_links:
  - {id: schakel-melden, department: meldpunt, realised_by: [aannemen]}
  - {id: schakel-kijken, department: wijk, realised_by: [bomen], owned_by: wijkmeester}
  - {id: schakel-zagen, department: hoveniers, realised_by: [snoeien]}
  handovers:
  - id: melding-wijk
    name: Melding naar wijk
    from: schakel-melden
    to: schakel-kijken
    complete_when: {giver: Adres bekend, receiver: Adres en foto bekend}
    within: {giver: 1 day, receiver: 24 hours}
    hands: [melding-klaar]
    serves: [kijken-binnen-een-week]
  - id: wijk-hoveniers
    name: Wijk naar hoveniers
    from: schakel-kijken
    to: schakel-zagen
    complete_when: Opdracht getekend
    within: 2 days
    confirmed: {giver: 2026-04-02}
  expectations:
  - {id: snel-zicht, text: Er komt snel iemand, for: [buurt]}
  - {id: een-rit, text: Wij rijden een keer}
  kpis:
  - {id: kpi-kosten, name: Ritten per boom, side: internal}
  - {id: kpi-op-tijd, name: Op tijd gekeken, side: customer, definition: Deel binnen een week, target: 95%, points_at: [kijken-binnen-een-week], owned_by: wijkmeester}
  ideas:
  - {id: later-idee, name: Drone, text: Kijken met een drone, quarter: 2027-Q3}
  - {id: eerder-idee, name: Foto bij melding, quarter: 2026-Q4}
"""


def beside(workspace):
    """Puts the chain beside the text of a workspace that was not opened yet."""
    (workspace.folder / "model" / "keten.yaml").write_text(CHAIN, encoding="utf-8")
    return workspace
