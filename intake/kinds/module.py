"""A module of a product."""

from intake.kinds.product import Product


class Module(Product):
    """A module's code in the catalogue; `unknown` is reserved for "I do not know"."""

    name = "module"
