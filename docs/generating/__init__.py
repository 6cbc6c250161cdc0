"""The printed manual: Markdown pages made from the rulebooks, the calendar and the rule language itself.

It reads what the engine loads and adds no rule of its own. Words stand in `words`, expressions become sentences in
`phrases`, each kind of page has a module, and `site` puts the pages together. Nothing here is part of the product.
"""
