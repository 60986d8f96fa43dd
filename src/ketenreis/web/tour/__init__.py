"""A short guided tour: a few stops on the visitor's own pages, each with one thing to do."""
