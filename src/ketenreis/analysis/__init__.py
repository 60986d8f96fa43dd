"""Questions about measured figures: one module answers one question, from numbers to frozen values.

Nothing here reads events or draws pictures: what comes in was counted in `measure`, what goes out is told by
`reports`. Where an answer cannot be given the value is None, or a value that says what is lacking.
"""
