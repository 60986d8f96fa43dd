"""Coverage both ways, and relations that are proposed and accepted."""


def test_the_matrix_says_who_serves_what_and_who_serves_nothing(client, workspace):
    client.post(f"/{workspace.id}/e/bomen/", {"do": "add", "kind": "activity", "title": "Archief bijwerken"})
    page = client.get(f"/{workspace.id}/coverage/").content.decode()
    assert "draagt bij via Oordeel" in page
    assert page.count("draagt nergens aan bij") == 1
    client.post(f"/{workspace.id}/e/inspectie/", {"do": "remove"})
    assert "niemand maakt dit waar" in client.get(f"/{workspace.id}/coverage/").content.decode()


def test_a_proposal_is_accepted_and_taken_back(client, workspace):
    from ketenreis.web.changes import keeping

    client.post(
        f"/{workspace.id}/e/oordeel/",
        {"do": "unrelate", "relation": "serves", "target": "kijken-binnen-een-week"},
    )
    page = client.get(f"/{workspace.id}/coverage/").content.decode()
    assert "Voorgestelde koppelingen (1)" in page
    key = "serves|oordeel|kijken-binnen-een-week"
    assert key in page
    before = keeping.now(workspace).change
    client.post(f"/{workspace.id}/coverage/accept", {"link": [key, "serves|verzonnen|onzin"]})
    assert [one.id for one in keeping.now(workspace).model.sources("kijken-binnen-een-week", "serves")] == [
        "oordeel"
    ]
    client.post(f"/{workspace.id}/history/{keeping.now(workspace).change}/undo")
    assert keeping.now(workspace).model == keeping.at(workspace, before).model
    client.post(f"/{workspace.id}/coverage/accept", {"all": "1"})
    assert "Er zijn geen voorstellen" in client.get(f"/{workspace.id}/coverage/").content.decode()
