"""Systems that hand over data: owners, contracts on freshness and completeness, tokens, authority."""
