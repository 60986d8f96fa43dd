"""A short guided tour: six stops on the visitor's own pages, each with one thing to do."""
