"""Any element of any kind: its fields, what stands in it, what it is related to. Forms come from the metamodel, and nowhere else."""
