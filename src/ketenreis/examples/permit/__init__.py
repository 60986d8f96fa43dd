"""The real case: the receipt phase of an environmental permit in a Dutch municipality, as model and mapping.

The log itself may not be shipped: Buijs, J. (2014), Receipt phase of an environmental permit application process
(WABO), CoSeLoG project, 4TU.ResearchData. Import it from where you have it, with `mappings/receipt.yaml`.
"""
